import { judgeReports } from '../../src/incidents/judge-reports';
import { readHistory } from '../../src/incidents/learn-history';
import { countsOf, listIncidents } from '../../src/incidents/read-incidents';
import { readAlarms } from '../../src/records/alarms';
import type { Database } from '../../src/records/database';
import { createTestIncidents, newJudge } from '../support/incidents';
import { openTestDatabase } from '../support/orders';

describe('reports and the suspicions that they raise', () => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestDatabase();
  });
  afterAll(() => db.destroy());
  const openIn = async (area: string) =>
    (await listIncidents(db, { isAll: false, limit: 100 })).filter((each) => each.area === area);

  it('raises one suspicion and one alarm for eight customers, and says why', async () => {
    const incidents = createTestIncidents(db);
    const found = await incidents.suspicion('nj-gl-01');
    expect(found).toMatchObject({ symptoms: ['no-internet'], status: 'suspected', version: 1, revision: 0 });
    expect(found.finding?.customers).toBeGreaterThanOrEqual(4);
    expect(found.finding?.customers).toBeLessThanOrEqual(8);
    expect(found.finding?.chance).toBeLessThan(found.finding?.limit ?? 0);
    expect(await countsOf(db, found.id)).toMatchObject({ reports: 8, customers: 8 });
    await incidents.report('nj-gl-01');
    await judgeReports(db, newJudge);
    expect(await openIn('nj-gl-01')).toHaveLength(1);
    expect(await countsOf(db, found.id)).toMatchObject({ reports: 9 });
    const alarms = (await readAlarms(db, { isAll: false, limit: 100 })).filter(
      (each) => each.incident === found.id,
    );
    expect(alarms.map(({ reason }) => reason)).toEqual(['incident-suspected']);
  });

  it('takes one customer ten times for one, by phone over all conversations', async () => {
    const incidents = createTestIncidents(db);
    const asker = { userId: 'u', phone: '13800138000', accounts: [] };
    for (let n = 0; n < 10; n += 1) await incidents.report('nj-gl-02', { asker });
    expect(await judgeReports(db, newJudge)).toBe(10);
    expect(await openIn('nj-gl-02')).toEqual([]);
  });

  it('counts the same command once', async () => {
    const incidents = createTestIncidents(db);
    for (let n = 0; n < 10; n += 1) await incidents.report('nj-gl-03', { id: 'turn-x:step:1' });
    expect(await judgeReports(db, newJudge)).toBe(1);
  });

  it('tells customers nothing of a suspicion, and other symptoms nothing at all', async () => {
    const incidents = createTestIncidents(db);
    await incidents.suspicion('nj-gl-04');
    expect(await incidents.report('nj-gl-04')).toBeNull();
    expect(await incidents.report('nj-gl-04', {}, 'fault-tv')).toBeNull();
    await judgeReports(db, newJudge);
    expect(await incidents.run('incident.report', { args: { area: "x'; --", intent: 'fault-tv' } })).toEqual({
      type: 'error',
      code: 'bad-arguments',
    });
    expect(await incidents.run('incident.report', { args: { area: 'nj-gl-04', intent: 'praise' } })).toEqual({
      type: 'error',
      code: 'bad-arguments',
    });
  });

  it('judges a report once, whoever else judges at the same time', async () => {
    const incidents = createTestIncidents(db);
    for (let n = 0; n < 8; n += 1) await incidents.report('nj-gl-05');
    const judged = await Promise.all([1, 2, 3].map(() => judgeReports(db, newJudge)));
    expect(judged.reduce((a, b) => a + b, 0)).toBe(8);
    expect(await openIn('nj-gl-05')).toHaveLength(1);
  });

  it('learns from counted reports by the hour of the operator’s week', async () => {
    const incidents = createTestIncidents(db);
    // Tuesday 24 November 2026, 10:01 in Shanghai.
    await incidents.report('nj-gl-06', {}, 'fault-tv');
    const { counts, weeksOf } = await readHistory(
      db,
      incidents.time.now + 7 * 24 * 3600_000,
      'Asia/Shanghai',
    );
    expect(counts.filter(({ area }) => area === 'nj-gl-06')).toEqual([
      { area: 'nj-gl-06', symptom: 'tv', hour: 34, count: 1 },
    ]);
    expect(weeksOf.get('nj-gl-06')).toBeCloseTo(1, 3);
  });
});
