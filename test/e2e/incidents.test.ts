import { Pool } from 'pg';
import { callJson, openCustomer, signInFirstAdmin, startTestApp, type TestApp } from '../support/app';
import { until, untilHolds } from '../support/turns';

const HOUR = 3600_000;
const NUMBER = /F\d{6}[0-9A-Z]{9}/;
/** 24 November 2026, 10:00 in Shanghai: no quiet hours, whenever the test runs. */
const TEN = Date.UTC(2026, 10, 24, 2);
const FAULT = '家里断网了，我在鼓楼区汉中路18号3栋2单元501';
const text = { zh: '光缆被施工挖断', en: 'Roadworks have cut a cable' };

interface Incident {
  id: string;
  version: number;
  status: string;
  why: { zh: string };
  counts: Record<string, number>;
}

describe('a mass outage on the whole server', () => {
  let app: TestApp;
  let pool: Pool;
  let cookie: string;
  const now = () => Date.now() + TEN - startedAt;
  const startedAt = Date.now();
  beforeAll(async () => {
    app = await startTestApp({}, now);
    pool = new Pool({ connectionString: app.databaseUrl });
    cookie = await signInFirstAdmin(app);
  }, 60_000);
  afterAll(async () => {
    await pool.end();
    await app.stop();
  });
  const get = (path: string) => callJson('GET', `${app.url}${path}`, { cookie });
  const post = (path: string, body: unknown) => callJson('POST', `${app.url}${path}`, { cookie, body });
  const read = async (id: string) => (await get(`/agent/incidents/${id}`)).body.incident as Incident;
  const act = async (id: string, what: string, body: object = {}) =>
    post(`/agent/incidents/${id}/${what}`, { version: (await read(id)).version, ...body });
  const orderOf = async (number: string) => {
    const { rows } = await pool.query('SELECT * FROM work_orders WHERE number = $1', [number]);
    return rows[0] as { status: string; incident: string | null; promise_at: string; repeats: number };
  };

  it('is suspected by its eighth report, told to the ninth at once, and asked about when it is over', async () => {
    const reporters = await Promise.all(Array.from({ length: 8 }, () => openCustomer(app.url)));
    for (const reporter of reporters) await reporter.ask(FAULT, /电源灯/);

    let found: Incident | undefined;
    await until(async () => {
      [found] = (await get('/agent/incidents')).body.incidents as Incident[];
      return found?.counts.reports === 8;
    });
    if (!found) throw new Error('nothing was suspected');
    const { id } = found;
    expect(found).toMatchObject({ status: 'suspected', area: 'nj-gl-02', symptoms: ['no-internet'] });
    expect(found.why.zh).toMatch(/位客户报“断网”.*平时约/);
    const alarms = (await get('/agent/alarms')).body.alarms as { reason: string; incident: string }[];
    expect(alarms).toMatchObject([{ reason: 'incident-suspected', incident: id }]);

    const expectedAt = TEN + 6 * HOUR;
    expect((await act(id, 'confirm', { text, expectedAt: TEN - HOUR })).status).toBe(400);
    expect((await post(`/agent/incidents/${id}/recover`, { version: 1 })).status).toBe(409);
    expect((await act(id, 'confirm', { text, expectedAt })).status).toBe(200);
    expect((await post(`/agent/incidents/${id}/dismiss`, { version: 1, reason: '误报' })).status).toBe(409);
    expect((await get('/agent/alarms')).body.alarms).toEqual([]);
    for (const reporter of reporters) {
      await reporter.hear(/您报的是片区故障：光缆被施工挖断.*今天 16:00 前恢复/);
      await untilHolds(async () => expect((await reporter.all()).at(-1)?.text).toMatch(/检查就不用做了/));
    }

    const ninth = await openCustomer(app.url);
    const told = await ninth.ask(FAULT, /恢复了要我通知您吗/);
    expect(told.join()).not.toMatch(/电源灯|大面积/);
    await ninth.ask('通知我', /恢复了我在这里告诉您/);

    const tenth = await openCustomer(app.url);
    await tenth.ask(FAULT, /恢复了要我通知您吗/);
    await tenth.ask('还要报修', /电话/);
    const done = (await tenth.ask('13912345678', NUMBER)).join();
    expect(done).toMatch(/最晚今天 16:00 前修好/);
    const number = NUMBER.exec(done)?.[0] ?? '';
    expect(await orderOf(number)).toMatchObject({ incident: id, promise_at: String(expectedAt) });

    const later = TEN + 8 * HOUR;
    expect((await act(id, 'update', { text, expectedAt: later })).status).toBe(200);
    for (const customer of [...reporters, ninth, tenth]) await customer.hear(/新的预计恢复时间是今天 18:00/);
    expect((await orderOf(number)).promise_at).toBe(String(later));

    expect((await act(id, 'recover')).status).toBe(200);
    for (const customer of [...reporters, ninth]) await customer.hear(/修好了。您家里现在正常了吗/);
    await tenth.hear(new RegExp(`修好了，单号 ${number} 等您确认`));
    expect(await orderOf(number)).toMatchObject({ status: 'resolved', incident: id });
    await ninth.ask('好了', /那就好/);
    // The report that was under way is over with it: nobody goes back to the checks.
    await reporters[0]?.ask('好了', /那就好/);
    expect((await reporters[0]?.all())?.at(-1)?.text).toMatch(/那就好/);
    await tenth.ask('还不行', /单独的问题，这单我不结/);
    await until(async () => (await orderOf(number)).status === 'in-progress');
    expect(await orderOf(number)).toMatchObject({ incident: null, repeats: 1 });

    for (const customer of [...reporters, ninth, tenth]) {
      const all = (await customer.all()).map((said) => said.text).join('\n');
      expect(all.match(/修好了.*您家里现在正常了吗/g)).toHaveLength(1);
      expect(all.match(/新的预计恢复时间/g)).toHaveLength(1);
    }
    expect(await read(id)).toMatchObject({ status: 'recovered', counts: { reports: 10, subscribers: 9 } });
  }, 90_000);

  it('is declared by hand once, by supervisors only, and found by who asks about the area', async () => {
    const body = { area: 'nj-qh-03', symptoms: ['no-internet', 'tv'], text, expectedAt: now() + 2 * HOUR };
    expect((await callJson('POST', `${app.url}/agent/incidents`, { body })).status).toBe(401);
    expect((await post('/agent/incidents', { ...body, area: 'x; DROP' })).status).toBe(400);
    expect((await post('/agent/incidents', { ...body, text: { zh: '一\n二', en: 'x' } })).status).toBe(400);
    expect((await post('/agent/incidents', body)).status).toBe(200);
    expect((await post('/agent/incidents', { ...body, symptoms: ['tv'] })).status).toBe(409);
    const customer = await openCustomer(app.url);
    await customer.ask('和平路那片是不是都断网了', /光缆被施工挖断/);
    expect((await get('/agent/incidents/none')).status).toBe(404);
    expect((await get('/agent/incidents?limit=x')).status).toBe(400);
  }, 30_000);
});
