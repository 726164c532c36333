import { Pool } from 'pg';
import {
  APP_SECRET,
  type Customer,
  callJson,
  openCustomer,
  signInFirstAdmin,
  startTestApp,
  type TestApp,
  talkIn,
} from '../support/app';
import { until } from '../support/turns';

const NUMBER = /[FIC]\d{6}[0-9A-Z]{9}/;

/** A fault report from the first words to the number of the work order. */
async function reportFault(customer: Customer, phone = '13800138000'): Promise<string> {
  await customer.ask('家里宽带断网了，光猫红灯一直闪', /小区|路名/);
  await customer.ask('鼓楼区中山路18号3栋2单元501', /光纤/);
  const tested = await customer.ask('没有', /哪个方便|哪个电话/);
  if (tested.some((line) => /哪个方便/.test(line))) await customer.ask('第一个', /电话/);
  const done = await customer.ask(phone, NUMBER);
  return NUMBER.exec(done.join(' '))?.[0] ?? '';
}

describe('the main job', () => {
  let app: TestApp;
  let pool: Pool;
  let cookie: string;
  beforeAll(async () => {
    app = await startTestApp();
    pool = new Pool({ connectionString: app.databaseUrl });
    cookie = await signInFirstAdmin(app);
  }, 60_000);
  afterAll(async () => {
    await pool.end();
    await app.stop();
  });
  const agent = (method: string, path: string, body?: unknown) =>
    callJson(method, `${app.url}/agent${path}`, { cookie, body });

  it('takes a fault from the first words to a work order that stands in the database', async () => {
    const customer = await openCustomer(app.url);
    const number = await reportFault(customer);
    const { rows } = await pool.query('SELECT * FROM work_orders WHERE number = $1', [number]);
    expect(rows).toMatchObject([
      { kind: 'fault', status: 'registered', conversation_id: customer.conversationId, phone: '13800138000' },
    ]);
    expect(Number(rows[0]?.promise_at)).toBeGreaterThan(Date.now());
    // The transcript follows in batches.
    const lines = (await customer.all()).length;
    await until(async () => {
      const found = await pool.query('SELECT count(*)::int AS n FROM transcript WHERE conversation_id = $1', [
        customer.conversationId,
      ]);
      return found.rows[0]?.n === lines;
    });
  }, 60_000);

  it('tells progress in the same conversation, and from the app to who proves the contact phone', async () => {
    const web = await openCustomer(app.url);
    const number = await reportFault(web, '13900139000');
    await web.ask('我的报修到哪一步了', new RegExp(number));
    const customer = { phone: '13900139000', accounts: [] };
    const own = await openCustomer(app.url, { secret: APP_SECRET, user: { id: 'app-1' }, customer });
    await own.ask(`查一下单号 ${number}`, /已登记|派/);
    const other = { phone: '13700137000', accounts: [] };
    const stranger = await openCustomer(app.url, {
      secret: APP_SECRET,
      user: { id: 'app-2' },
      customer: other,
    });
    const said = await stranger.ask(`查一下单号 ${number}`, /不能|没有查到|没查到|核对|验证/);
    expect(said.join(' ')).not.toMatch(/已登记|派给/);
  }, 90_000);

  it('says so when nobody is on duty, and puts an agent in once there is one', async () => {
    const customer = await openCustomer(app.url);
    await customer.ask('转人工', /没有|不在/);
    await agent('POST', '/presence', { status: 'online' });
    await until(async () => {
      const { body } = await agent('GET', '/queue');
      const items = body.items as { conversationId: string }[];
      return items.some(({ conversationId }) => conversationId === customer.conversationId);
    });
    const claimed = await agent('POST', `/conversations/${customer.conversationId}/claim`, {});
    expect(claimed).toMatchObject({ status: 200, body: { status: 'changed' } });
    await customer.hear(/管理员/);
    await agent('POST', `/conversations/${customer.conversationId}/messages`, { text: '您好，我来看一下' });
    await customer.hear(/我来看一下/);
    const view = await agent('GET', `/conversations/${customer.conversationId}`);
    expect(JSON.stringify(view.body)).toContain('转人工');
    const released = await agent('POST', `/conversations/${customer.conversationId}/release`, {});
    expect(released.status).toBe(200);
    await customer.ask('你好', /./);
    await agent('POST', '/presence', { status: 'away' });
  }, 60_000);

  it('goes on at the same step after the server was ended and started again', async () => {
    const customer = await openCustomer(app.url);
    await customer.ask('家里宽带断网了，光猫红灯一直闪', /小区|路名/);
    await customer.ask('鼓楼区中山路18号3栋2单元501', /光纤/);
    await app.restart();
    const same = talkIn(app.url, customer.conversationId, customer.token);
    expect((await same.ask('没有', /哪个方便|哪个电话/)).join(' ')).toMatch(/测/);
  }, 60_000);

  it('serves its pages under a policy that lets nothing of others in', async () => {
    const root = await fetch(app.url, { redirect: 'manual' });
    expect([root.status, root.headers.get('Location')]).toEqual([302, '/chat']);
    const page = await fetch(`${app.url}/chat`);
    expect(page.headers.get('Content-Security-Policy')).toMatch(/default-src 'none'; script-src 'self'/);
    expect(page.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect((await fetch(`${app.url}/chat/../../package.json`)).status).toBe(404);
  });

  it('refuses agents routes to everybody who is not signed in', async () => {
    for (const [method, path] of [
      ['GET', '/queue'],
      ['POST', '/presence'],
      ['GET', '/conversations/x'],
      ['POST', '/conversations/x/claim'],
    ] as const) {
      expect(
        (await callJson(method, `${app.url}/agent${path}`, { body: method === 'POST' ? {} : undefined }))
          .status,
      ).toBe(401);
    }
  });
});

describe('promises that lapse', () => {
  let app: TestApp;
  let cookie: string;
  beforeAll(async () => {
    app = await startTestApp({ QUEUE_WAIT_SECONDS: '1' });
    cookie = await signInFirstAdmin(app);
  }, 60_000);
  afterAll(() => app.stop());

  it('raise a wait in the queue and tell the customer', async () => {
    await callJson('POST', `${app.url}/agent/presence`, { cookie, body: { status: 'online' } });
    const customer = await openCustomer(app.url);
    await customer.send('转人工');
    await customer.hear(/久等|对不起/);
    await until(async () => {
      const { body } = await callJson('GET', `${app.url}/agent/queue`, { cookie });
      const items = body.items as { conversationId: string; priority: string }[];
      return items.some(
        ({ conversationId, priority }) => conversationId === customer.conversationId && priority === 'high',
      );
    });
  }, 30_000);

  it('offer the next one to who is online, and tell the customer of the place in line', async () => {
    const agent = (method: string, path: string, body?: object) =>
      callJson(method, `${app.url}/agent/${path}`, { cookie, body });
    // Busy, so that a line forms.
    await agent('POST', 'presence', { status: 'busy' });
    const customer = await openCustomer(app.url);
    await customer.send('转人工');
    await customer.hear(/前面还有 1 位/);
    await agent('POST', 'presence', { status: 'online' });
    const id = customer.conversationId;
    await until(async () => {
      const { body } = await agent('GET', 'offers');
      return (body.offers as { conversationId: string }[]).some(
        ({ conversationId }) => conversationId === id,
      );
    });
    expect((await agent('POST', `conversations/${id}/claim`, {})).body).toMatchObject({ status: 'changed' });
    await customer.hear(/客服 .* 来了/);
    const { body } = await agent('GET', 'me');
    expect(body).toMatchObject({ presence: { status: 'online' } });
    expect(body.openCount).toBeGreaterThanOrEqual(1);
  }, 30_000);
});
