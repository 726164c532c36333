import { registerRosters } from '../../src/rosters/routes';
import { createShiftEnd } from '../../src/rosters/shift-end';
import { type AccountsHost, startAccountsHost } from '../accounts/host';
import { silent } from '../support/turns';

const HOUR = 3600_000;

describe('the import of a roster', () => {
  let host: AccountsHost;
  let lead: Record<string, string>;
  let agent: Awaited<ReturnType<AccountsHost['enter']>>;
  const told: string[][] = [];
  beforeAll(async () => {
    host = await startAccountsHost();
    registerRosters(host.server, {
      db: host.db,
      timeZone: 'Asia/Shanghai',
      clock: () => host.time.now,
      onShifts: async (ids) => void told.push(ids),
      requirePermission: host.requirePermission,
      log: silent,
    });
    const admin = (await host.makeAdmin()).cookie;
    lead = (await host.enter(admin, 'lead', 'supervisor')).cookie;
    agent = await host.enter(admin, '0421', 'agent');
  });
  afterAll(() => host.stop());

  /** Tuesday, ten in the morning in Shanghai. */
  const file = (rows: string[]) => Buffer.from(['login,date,from,to', ...rows].join('\n')).toString('base64');
  const preview = async (rows: string[]) =>
    (await host.call('POST', '/rosters/preview', { file: file(rows) }, lead)).body;
  const bring = (rows: string[], digest: string, cookie = lead) =>
    host.call('POST', '/rosters/import', { file: file(rows), digest }, cookie);

  it('shows what it will change, does that, and replaces the days that it names only', async () => {
    const first = ['0421,2026-11-24,09:00,18:00', '0421,2026-11-25,09:00,18:00'];
    const seen = await preview(first);
    expect(seen).toMatchObject({ same: 0, removed: [], problems: [] });
    expect(seen.added).toHaveLength(2);
    expect((await bring(first, seen.digest, agent.cookie)).status).toBe(403);
    expect((await bring(first, seen.digest)).status).toBe(200);
    expect(told).toEqual([[agent.id]]);
    const second = ['0421,2026-11-25,12:00,20:00'];
    const changed = await preview(second);
    expect(changed).toMatchObject({ added: [{ date: '2026-11-25' }], removed: [{ date: '2026-11-25' }] });
    await bring(second, changed.digest);
    const { shifts } = (await host.call('GET', '/rosters/week', undefined, agent.cookie)).body;
    expect(shifts).toMatchObject([
      { date: '2026-11-24', toAt: host.time.now + 8 * HOUR },
      { date: '2026-11-25', toAt: host.time.now + 34 * HOUR },
    ]);
    expect((await preview(second)).same).toBe(1);
  });

  it('does nothing where anything is wrong, or is not what was seen', async () => {
    const rows = ['0421,2026-11-26,09:00,18:00'];
    const seen = await preview(rows);
    expect((await bring(rows, 'another')).status).toBe(409);
    const bad = [...rows, 'nobody,2026-11-26,09:00,18:00'];
    expect((await preview(bad)).problems).toMatchObject([{ line: 3 }]);
    expect((await bring(bad, seen.digest)).status).toBe(400);
    // What lies over a shift of a day that the file does not name is a problem as well.
    expect((await preview(['0421,2026-11-23,23:00,11:00'])).problems).toHaveLength(1);
    expect((await host.call('GET', '/rosters/week', undefined, lead)).body.shifts).toHaveLength(2);
  });

  it('says who is on shift, and when they go', async () => {
    const now = (await host.call('GET', '/rosters/now', undefined, lead)).body;
    expect(now.shifts).toMatchObject([{ login: '0421' }]);
    const end = createShiftEnd(host.db);
    expect(await end(agent.id, host.time.now)).toBe(host.time.now + 8 * HOUR);
    expect(await end(agent.id, host.time.now + 9 * HOUR)).toBeNull();
  });
});
