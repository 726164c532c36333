import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Transformer } from '@napi-rs/image';
import { Pool } from 'pg';
import { createFieldLinks } from '../../src/field/links';
import { callJson, openCustomer, signInFirstAdmin, startTestApp, type TestApp } from '../support/app';
import { until } from '../support/turns';

const HOUR = 3600_000;
/** 24 November 2026, 10:00 in Shanghai: no quiet hours, whenever the test runs. */
const TEN = Date.UTC(2026, 10, 24, 2);
const NUMBER = /F\d{6}[0-9A-Z]{9}/;
const li = { id: '0518', name: '李强', phone: '13900000518' };
const good = { type: 'optical', dbm: -19.5 };

describe('the API of technicians', () => {
  let app: TestApp;
  let cookie: string;
  let pool: Pool;
  let ahead = TEN - Date.now();
  let serial = 0;
  beforeAll(async () => {
    app = await startTestApp({}, () => Date.now() + ahead);
    pool = new Pool({ connectionString: app.databaseUrl });
    cookie = await signInFirstAdmin(app);
  }, 60_000);
  afterAll(async () => {
    await pool.end();
    await app.stop();
  });

  async function report() {
    const customer = await openCustomer(app.url);
    await customer.ask('家里宽带断网了,光猫红灯闪', /小区|路名/);
    await customer.ask('鼓楼区中山路18号3栋2单元501', /光纤/);
    await customer.ask('没有', /哪个方便/);
    await customer.ask('第一个', /电话/);
    const said = await customer.ask('13800138000', NUMBER);
    return { customer, number: NUMBER.exec(said.join(' '))?.[0] ?? '' };
  }
  const versionOf = async (number: string) => {
    const { body } = await callJson('GET', `${app.url}/agent/orders/${number}`, { cookie });
    const { order } = body as { order: { order: { version: number } } };
    return order.order.version;
  };
  const send = async (number: string, technician: object = li) =>
    callJson('POST', `${app.url}/agent/orders/${number}/technician`, {
      cookie,
      body: { version: await versionOf(number), technician },
    });
  const tokenOf = ({ body }: { body: Record<string, unknown> }) => String(body.url).split('#')[1] ?? '';
  const nextKey = () => {
    serial += 1;
    return `test-key-${serial}`;
  };
  const get = (token: string) => callJson('GET', `${app.url}/field/job`, { token });
  const act = (token: string, told: object, key = nextKey()) =>
    callJson('POST', `${app.url}/field/acts`, { token, body: { key, act: told } });
  const codeOf = ({ body }: { body: Record<string, unknown> }) =>
    (body.error as { code: string } | undefined)?.code;
  const photo = async (token: string, bytes: Buffer, type = 'image/png') => {
    const response = await fetch(`${app.url}/field/photos`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': type },
      body: new Uint8Array(bytes),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const png = () =>
    new Transformer(readFileSync(join(__dirname, '../../docs/images/chat-phone.png'))).resize(40, 80).png();

  it("takes a repair from the link to the customer's yes, and says each step in the chat", async () => {
    const { customer, number } = await report();
    const sent = await send(number);
    expect(sent).toMatchObject({ status: 200, body: { isTexted: true } });
    const token = tokenOf(sent);
    const { body } = await get(token);
    expect(body.job).toMatchObject({
      number,
      address: expect.stringContaining('中山路18号'),
      isCallable: true,
      test: { verdict: 'low-light', rxPowerDbm: -31 },
      field: { technician: { id: '0518' }, hasAccepted: false },
    });
    // Nothing by which the customer could be called past us.
    expect(JSON.stringify(body)).not.toContain('13800138000');
    await act(token, { type: 'accept' });
    await customer.hear(/已派给李强师傅（工号 0518）/);
    const call = await callJson('POST', `${app.url}/field/calls`, { token, body: { key: 'call-key-1' } });
    expect(call.body.phone).toMatch(/^0251\d{7}$/);
    const startAt = Date.now() + ahead + HOUR;
    await act(token, { type: 'appoint', startAt, endAt: startAt + HOUR });
    await customer.hear(/约好今天 1[12]:\d\d–1[23]:\d\d 上门，来的是李强师傅/);
    await act(token, { type: 'arrive' });
    await customer.hear(/李强师傅到了/);
    await act(token, { type: 'finish', cause: 'connector', reading: good });
    await customer.hear(/登记为已修好.*正常了吗/);
    // What belongs to the customer is gone with the work.
    const done = await get(token);
    expect(done.body.job).toMatchObject({
      status: 'resolved',
      address: null,
      summary: null,
      isCallable: false,
    });
    await customer.ask('好了', /这单结了/);
  }, 60_000);

  it('shows a pause to the customer, who can dispute it', async () => {
    const { customer, number } = await report();
    const token = tokenOf(await send(number));
    await act(token, { type: 'accept' });
    const suspend = { type: 'suspend', reason: 'customer-unreachable' };
    const bare = await act(token, suspend);
    expect(bare.status).toBe(400);
    const { body } = await photo(token, await png());
    const seen = { ...suspend, photo: body.photo };
    expect(codeOf(await act(token, seen))).toBe('no-call');
    await callJson('POST', `${app.url}/field/calls`, { token, body: { key: 'call-key-2' } });
    expect((await act(token, seen)).status).toBe(200);
    await customer.hear(/先停了.*联系不上客户.*异议/);
    const job = (await get(token)).body.job as { photos: string[] };
    expect((await fetch(job.photos[0] ?? '')).headers.get('content-type')).toBe('image/png');
    await customer.ask('进度', /联系不上您。是这样吗/);
    await customer.ask('不是', /班长/);
    expect((await get(token)).body.job).toMatchObject({ pause: { isDisputed: true } });
  }, 60_000);

  it('keeps one act of many that were sent again', async () => {
    const { number } = await report();
    const token = tokenOf(await send(number));
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => act(token, { type: 'arrive' }, 'one-and-only')),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect((await get(token)).body.job).toMatchObject({ field: { visits: 1 } });
    expect(codeOf(await act(token, { type: 'arrive' }))).toBe('not-allowed');
    expect(
      codeOf(await act(token, { type: 'finish', cause: 'ont', reading: { type: 'optical', dbm: -31 } })),
    ).toBe('bad-reading');
    expect(await versionOf(number)).toBe(3);
  }, 60_000);

  it('ends a link when the order is given to somebody else, and by its age', async () => {
    const { number } = await report();
    const first = tokenOf(await send(number));
    const second = tokenOf(await send(number, { id: '0519', name: '王磊', phone: null }));
    for (const refused of [
      await get(first),
      await act(first, { type: 'accept' }),
      await photo(first, await png()),
    ]) {
      expect([refused.status, codeOf(refused)]).toEqual([403, 'reassigned']);
    }
    expect((await get(second)).status).toBe(200);
    ahead += 15 * 24 * HOUR;
    try {
      expect(await get(second)).toMatchObject({ status: 401, body: { error: { message: /expired/ } } });
    } finally {
      ahead -= 15 * 24 * HOUR;
    }
  }, 60_000);

  it('takes no token that was not made for it', async () => {
    const customer = await openCustomer(app.url);
    const foreign = createFieldLinks({ tokenKey: 'x'.repeat(40), baseUrl: () => '', clock: Date.now });
    const forged = await foreign.create({ number: 'F261124', technician: '0518', assignment: 1 });
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`;
    for (const token of ['', 'nonsense', none, customer.token, forged.url.split('#')[1] ?? '']) {
      expect((await get(token)).status).toBe(401);
      expect((await act(token, { type: 'accept' })).status).toBe(401);
      expect((await photo(token, await png())).status).toBe(401);
    }
    // Nor does a technician's token open a conversation.
    const { number } = await report();
    const token = tokenOf(await send(number));
    const chat = await callJson('GET', `${app.url}/v3/directline/conversations/${customer.conversationId}`, {
      token,
    });
    expect(chat.status).toBeGreaterThanOrEqual(401);
  }, 60_000);

  it.each([
    ['an act that is none', { type: 'explode' }],
    ['a cause that is none', { type: 'finish', cause: '鬼', reading: good }],
    ['a visit without an end', { type: 'appoint', startAt: 1 }],
    ['a photo of a foreign name', { type: 'suspend', reason: 'parts', photo: '../../../etc/passwd' }],
    ['a long note', { type: 'resume', note: 'x'.repeat(501) }],
  ])(
    'refuses %s with what to do',
    async (_name, told) => {
      const { number } = await report();
      const token = tokenOf(await send(number));
      expect(await act(token, told)).toMatchObject({ status: 400, body: { error: { code: 'bad-request' } } });
      expect(await versionOf(number)).toBe(2);
    },
    60_000,
  );

  it('keeps photos only, and nothing of where they were taken', async () => {
    const { number } = await report();
    const token = tokenOf(await send(number));
    expect((await photo(token, Buffer.from('%PDF-1.4 nothing'))).status).toBe(415);
    expect((await photo(token, Buffer.from('<svg onload="alert(1)"/>'))).status).toBe(415);
    expect((await photo(token, Buffer.alloc(11 * 1024 * 1024, 1))).status).toBe(413);
  }, 60_000);

  it('is for agents to hand out, with a trace', async () => {
    const { number } = await report();
    const body = { version: await versionOf(number), technician: li };
    const path = `${app.url}/agent/orders/${number}/technician`;
    expect((await callJson('POST', path, { body })).status).toBe(401);
    expect((await callJson('POST', path, { cookie, body: { ...body, version: 9 } })).status).toBe(409);
    expect((await callJson('POST', path, { cookie, body: { ...body, technician: { id: '' } } })).status).toBe(
      400,
    );
    expect((await send(number)).status).toBe(200);
    await until(async () => {
      const { rows } = await pool.query(
        `SELECT note FROM audit WHERE action = 'work-order.technician' AND subject = $1`,
        [`work-order:${number}`],
      );
      return rows.length === 1 && rows[0].note === '0518';
    });
  }, 60_000);
});
