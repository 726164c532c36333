import { Pool } from 'pg';
import { versionOf } from '../../src/content/content';
import { firstState, makeCurrent } from '../../src/content/serving/serving-state';
import { createServingStore } from '../../src/content/serving/serving-store';
import { createPostgresVersionStore } from '../../src/content/version-store';
import { connectDatabase } from '../../src/records/database';
import { callJson, openCustomer, signInFirstAdmin, startTestApp, type TestApp } from '../support/app';
import { until, untilHolds } from '../support/turns';

const HOUR = 3600_000;
const NUMBER = /C\d{6}[0-9A-Z]{9}/;
/** 24 November 2026, 10:00 in Shanghai: no quiet hours, whenever the test runs. */
const TEN = Date.UTC(2026, 10, 24, 2);

describe('a promise on the whole server, with a clock that is moved', () => {
  let app: TestApp;
  let pool: Pool;
  let cookie: string;
  let ahead = TEN - Date.now();
  const now = () => Date.now() + ahead;
  beforeAll(async () => {
    app = await startTestApp({}, now);
    pool = new Pool({ connectionString: app.databaseUrl });
    cookie = await signInFirstAdmin(app);
  }, 60_000);
  afterAll(async () => {
    await pool.end();
    await app.stop();
  });
  /** Signing in lasts twelve hours, of which a moved clock makes little. */
  const signInAgain = async () => {
    const body = { login: 'admin@operator.example', password: 'correct horse battery' };
    cookie = (await callJson('POST', `${app.url}/accounts/sign-in`, { body })).cookie ?? '';
  };
  const get = (path: string) => callJson('GET', `${app.url}${path}`, { cookie });
  const post = (path: string, body: unknown) => callJson('POST', `${app.url}${path}`, { cookie, body });
  const said = async (conversationId: string) => {
    const { rows } = await pool.query(
      `SELECT activity->>'text' AS text FROM transcript WHERE conversation_id = $1 ORDER BY position`,
      [conversationId],
    );
    return rows.map(({ text }) => String(text)).join('\n');
  };
  /** A call-back, which is the shortest way to an order. */
  async function order(): Promise<{ number: string; conversationId: string }> {
    const customer = await openCustomer(app.url);
    await customer.ask('转人工', /登记一个回电/);
    await customer.ask('登记', /哪个号码/);
    const done = await customer.ask('13800138000', NUMBER);
    const number = NUMBER.exec(done.join(' '))?.[0] ?? '';
    return { number, conversationId: customer.conversationId };
  }
  const lapsesOf = async (number: string) => {
    const { rows } = await pool.query(
      `SELECT reason FROM work_order_history WHERE number = $1 AND reason LIKE '%\\%' ORDER BY version`,
      [number],
    );
    return rows.map(({ reason }) => reason);
  };

  it('is told to people at three quarters, and broken at its end with the truth and a new time', async () => {
    const { number, conversationId } = await order();
    ahead += 18 * HOUR + 60_000;
    await until(async () => (await lapsesOf(number)).length === 1, 15_000);
    ahead += 6 * HOUR;
    await until(async () => /没做到.*最晚.*前办好/.test(await said(conversationId)), 15_000);
    expect(await lapsesOf(number)).toEqual(['complaint-promise:75%', 'complaint-promise:100%']);
    await signInAgain();
    const ownAlarms = async () => {
      const alarms = (await get('/agent/alarms')).body.alarms as {
        id: string;
        number: string;
        percent: number;
      }[];
      return alarms.filter((alarm) => alarm.number === number);
    };
    await until(async () => (await ownAlarms()).length === 2);
    const own = await ownAlarms();
    expect(own.map(({ percent }) => percent)).toEqual([100, 75]);
    expect((await post(`/agent/alarms/${encodeURIComponent(own[0]?.id ?? '')}/seen`, {})).status).toBe(200);
    expect((await post('/agent/alarms/none/seen', {})).status).toBe(404);
    const left = (await get('/agent/alarms')).body.alarms as { number: string }[];
    expect(left.filter((alarm) => alarm.number === number)).toHaveLength(1);
    await untilHolds(async () => {
      const { body } = await get(`/agent/conversations/${conversationId}`);
      expect(body.ownership).toMatchObject({ owner: 'queued', priority: 'high' });
    });
  }, 60_000);

  it('explains its deadline to agents, who pause and resume it', async () => {
    const { number, conversationId } = await order();
    const read = async () =>
      (await get(`/agent/orders/${number}`)).body.order as { order: { version: number } };
    const act = async (path: string, more: object = {}) =>
      post(`/agent/orders/${number}/${path}`, { version: (await read()).order.version, ...more });
    expect((await act('pause', { reason: 'boredom' })).status).toBe(400);
    expect((await act('resume')).status).toBe(409);
    expect(await act('pause', { reason: 'customer-unreachable', note: '打了三次' })).toMatchObject({
      status: 200,
      body: { order: { pause: { reason: 'customer-unreachable' } } },
    });
    expect((await act('pause-ruling', { isUpheld: true })).status).toBe(409);
    const { body } = await get(`/agent/orders/${number}/deadline`);
    const clocks = body.clocks as { clock: string; status: string; lines: { cause: string; zh: string }[] }[];
    expect(clocks.map(({ clock, status }) => [clock, status])).toEqual([
      ['legal', 'running'],
      ['promise', 'paused'],
    ]);
    expect(clocks[1]?.lines.map(({ zh }) => zh).join()).toMatch(/登记暂停：联系不上客户.*暂停中/);
    expect((await act('resume')).status).toBe(200);
    expect((await get(`/agent/conversations/${conversationId}/deadlines`)).body).toMatchObject({
      conversationId,
      clocks: expect.arrayContaining([expect.objectContaining({ subject: 'queue-wait' })]),
      orders: [{ number, clocks: [{ clock: 'legal' }, { clock: 'promise' }] }],
    });
    expect((await get('/agent/orders/F0/deadline')).status).toBe(404);
  }, 60_000);

  it('reports what was kept, with the formula, as JSON and as a table', async () => {
    await until(async () => {
      const { rows } = await pool.query(`SELECT 1 FROM sla_outcomes WHERE policy = 'first-reply'`);
      return rows.length >= 2;
    });
    const { body } = await get('/admin/reports/sla?from=2026-11-01&to=2026-12-31');
    expect(body.formula).toMatch(/kept \/ promises due/);
    const rows = body.rows as { policy: string; due: number; kept: number; compliance: number }[];
    expect(rows.find(({ policy }) => policy === 'complaint-promise')).toMatchObject({
      due: 1,
      kept: 0,
      compliance: 0,
    });
    expect(rows.find(({ policy }) => policy === 'first-reply')).toMatchObject({ compliance: 1 });
    const csv = await fetch(`${app.url}/admin/reports/sla?from=2026-11-01&to=2026-12-31&format=csv`, {
      headers: { Cookie: cookie },
    });
    expect(await csv.text()).toMatch(/"complaint-promise","promise","","2026-W48","1","0","0"/);
    expect((await get('/admin/reports/sla?from=yesterday&to=2026-12-31')).status).toBe(400);
  }, 30_000);

  it('is another for open orders once it is published, with what has elapsed', async () => {
    const { number } = await order();
    const db = connectDatabase(app.databaseUrl, () => undefined);
    const [versions, serving] = [createPostgresVersionStore(db), createServingStore(db)];
    const current = (await serving.read())?.state.current ?? '';
    const before = (await versions.get(current)) ?? {};
    const path = 'dialogs/policies/complaint-promise.yaml';
    const files = { ...before, [path]: (before[path] ?? '').replace('{ hours: 24 }', '{ hours: 30 }') };
    const note = { authorId: null, message: '30 小时', parent: current, changedCount: 1 };
    await versions.put(versionOf(files), files, now(), note);
    await serving.change(async (state) => makeCurrent(state ?? firstState(current), versionOf(files), now()));
    await db.destroy();
    await until(async () => {
      const { clocks } = (await get(`/agent/orders/${number}/deadline`)).body;
      const promise = (clocks as { clock: string; targetMs: number; lines: { zh: string }[] }[]).find(
        ({ clock }) => clock === 'promise',
      );
      return promise?.targetMs === 30 * HOUR && promise.lines.some(({ zh }) => zh.includes('已计时间照旧'));
    }, 10_000);
  }, 30_000);

  it('fires what was overdue once and in order after the server was down for hours', async () => {
    const { number, conversationId } = await order();
    const { close } = app;
    await close();
    ahead += 30 * HOUR;
    await app.restart();
    await until(async () => (await lapsesOf(number)).length === 2, 20_000);
    await until(async () => /没做到.*最晚.*前办好/.test(await said(conversationId)), 15_000);
    expect(await lapsesOf(number)).toEqual(['complaint-promise:75%', 'complaint-promise:100%']);
  }, 90_000);
});
