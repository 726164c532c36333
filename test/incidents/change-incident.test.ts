import { createFindForOrder } from '../../src/incidents/find-for-order';
import { createIncidentDesk } from '../../src/incidents/incident-desk';
import { judgeReports } from '../../src/incidents/judge-reports';
import { carryNotices, STAGGER_MS } from '../../src/incidents/notices';
import { listIncidents, readIncident } from '../../src/incidents/read-incidents';
import { CLOSE_AFTER_MS, tendIncidents } from '../../src/incidents/tend-incidents';
import { readAlarms } from '../../src/records/alarms';
import type { Database } from '../../src/records/database';
import { createForgetConversation } from '../../src/records/forget-conversation';
import { readOrder } from '../../src/work-orders/read-orders';
import { addSupervisor, createTestIncidents, newJudge } from '../support/incidents';
import { createTestOrders, openTestDatabase } from '../support/orders';
import { shippedPolicies } from '../support/policies';
import { silent } from '../support/turns';

const HOUR = 3600_000;
/** Only one area has a name. */
const nameOf = (area: string) => (area === 'a-named-1' ? { zh: '中山路', en: 'Zhongshan Road' } : null);
const text = { zh: '光缆被施工挖断', en: 'Roadworks have cut a cable' };

describe('the life of an incident', () => {
  let db: Database;
  let accountId: string;
  beforeAll(async () => {
    db = await openTestDatabase();
    accountId = await addSupervisor(db);
  });
  afterAll(() => db.destroy());

  function open() {
    const incidents = createTestIncidents(db);
    const desk = createIncidentDesk({ db, onChange: () => undefined, nameArea: nameOf });
    const orders = createTestOrders(db, { findIncident: createFindForOrder(db) });
    const { time } = incidents;
    const expectedAt = time.now + 6 * HOUR;
    const by = (id: string, version: number) => ({ id, version, accountId, at: time.now });
    const confirm = async (area: string) => {
      const { id, version } = await incidents.suspicion(area);
      const result = await desk.confirm(by(id, version), { text, expectedAt });
      if (result.status !== 'changed') throw new Error(result.status);
      return result.incident;
    };
    const carry = (at = time.now + HOUR) => carryNotices({ db, policies: shippedPolicies, log: silent }, at);
    const details = { intent: 'fault-no-internet' };
    const order = (area: string, conversationId: string) =>
      orders.create({ area, details, phone: '13912345678' }, { conversationId, at: time.now });
    return { incidents, desk, orders, time, expectedAt, by, confirm, carry, order };
  }
  const eventsOf = async (conversationId: string) =>
    (
      await db
        .selectFrom('events_out')
        .select(['name', 'value'])
        .where('conversation_id', '=', conversationId)
        .orderBy('id')
        .execute()
    ).map(({ name, value }) => ({ name, value: value as { news?: string; order?: { promiseAt: number } } }));
  const newsOf = async (conversationId: string) =>
    (await eventsOf(conversationId)).flatMap(({ value }) => (value.news ? [value.news] : []));

  it('lets one of two supervisors win, whatever they decide, and audits it', async () => {
    const { incidents, desk, by, expectedAt } = open();
    const { id, version } = await incidents.suspicion('a-one-1');
    const results = await Promise.all([
      desk.confirm(by(id, version), { text, expectedAt }),
      desk.dismiss(by(id, version), '演练'),
      desk.confirm(by(id, version), { text, expectedAt }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['changed', 'stale', 'stale']);
    const audited = await db
      .selectFrom('audit')
      .select('action')
      .where('subject', '=', `incident:${id}`)
      .execute();
    expect(audited).toHaveLength(1);
    expect(await desk.recover(by('none', 1))).toEqual({ status: 'not-found' });
  });

  it('is shown with the name of its area, or without where nobody has named it', async () => {
    const { incidents, desk } = open();
    for (const area of ['a-named-1', 'a-unnamed-1']) {
      const { id } = await incidents.suspicion(area);
      expect((await desk.read(id))?.areaName ?? null).toEqual(nameOf(area));
      expect((await desk.list({ isAll: false, limit: 50 })).find((one) => one.id === id)?.areaName).toEqual(
        nameOf(area),
      );
    }
  });

  it('is not suspected again of what was dismissed, and is of what comes afterwards', async () => {
    const { incidents, desk, by } = open();
    const { id, version } = await incidents.suspicion('a-two-1');
    expect(await desk.recover(by(id, version))).toEqual({ status: 'not-allowed' });
    expect(await desk.dismiss(by(id, version), '同一小区演练')).toMatchObject({ status: 'changed' });
    const openHere = async () =>
      (await listIncidents(db, { isAll: false, limit: 200 })).filter(({ area }) => area === 'a-two-1').length;
    await incidents.report('a-two-1');
    await judgeReports(db, newJudge);
    expect(await openHere()).toBe(0);
    for (let n = 0; n < 8; n += 1) await incidents.report('a-two-1');
    await judgeReports(db, newJudge);
    expect(await openHere()).toBe(1);
  });

  it('moves the promise of orders under it to the later time, and nothing of the legal limit', async () => {
    const { incidents, desk, orders, by, confirm, carry, order, expectedAt, time } = open();
    await incidents.report('a-three-1');
    const before = await order('a-three-1', 'a-three-1-1');
    const legalOf = async (number: string) =>
      (await db.selectFrom('order_clocks').select('state').where('number', '=', number).execute())
        .map(({ state }) => JSON.stringify(state))
        .filter((state) => state.includes('"clock":"legal"'));
    const legal = await legalOf(before.number);
    expect(before.promiseAt).toBeLessThan(expectedAt);
    const incident = await confirm('a-three-1');
    const after = await order('a-three-1', 'a-three-1-new');
    expect(after.promiseAt).toBe(expectedAt);
    const other = await orders.create(
      { area: 'a-three-1', details: { intent: 'fault-tv' } },
      { conversationId: 'tv' },
    );
    expect((await readOrder(db, other.number))?.order.incident).toBeNull();
    await carry();
    const moved = await readOrder(db, before.number);
    expect(moved?.order).toMatchObject({
      incident: incident.id,
      promiseAt: expectedAt,
      status: 'registered',
    });
    expect(await legalOf(before.number)).toEqual(legal);
    const earlier = time.now + HOUR;
    const { version } = (await readIncident(db, incident.id)) ?? { version: 0 };
    await desk.update(by(incident.id, version), { text, expectedAt: earlier });
    await carry();
    // What the policy promises stands, however soon the incident is over.
    expect((await readOrder(db, before.number))?.order.promiseAt).toBe(before.promiseAt);
  });

  it('tells each conversation once, its order first, one after another', async () => {
    const { incidents, desk, by, confirm, carry, order, time } = open();
    await incidents.report('a-four-1');
    const { number } = await order('a-four-1', 'a-four-1-1');
    const { id } = await confirm('a-four-1');
    const due = await db.selectFrom('incident_notices').select('due_at').where('incident', '=', id).execute();
    const times = due.map(({ due_at }) => Number(due_at)).sort((a, b) => a - b);
    expect(times.length).toBeGreaterThanOrEqual(8);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBe((times.length - 1) * STAGGER_MS);
    expect(await carry(time.now - 1)).toBe(0);
    const carried = await Promise.all([carry(), carry(), carry()]);
    expect(carried.reduce((a, b) => a + b, 0)).toBe(times.length);
    expect(await newsOf('a-four-1-2')).toEqual(['confirmed']);
    expect((await desk.recover(by(id, 2))).status).toBe('changed');
    await carry();
    await carry();
    expect(await newsOf('a-four-1-2')).toEqual(['confirmed', 'recovered']);
    const names = (await eventsOf('a-four-1-1')).slice(-2).map(({ name }) => name);
    expect(names).toEqual(['order.changed', 'incident.changed']);
    expect((await readOrder(db, number))?.order.status).toBe('resolved');
  });

  it('tells only the newest when there was more news than time', async () => {
    const { desk, by, confirm, carry, expectedAt } = open();
    const { id } = await confirm('a-five-1');
    await desk.update(by(id, 2), { text, expectedAt: expectedAt + HOUR });
    await desk.recover(by(id, 3));
    await carry();
    expect(await newsOf('a-five-1-1')).toEqual(['recovered']);
  });

  it('carries nothing when it fails on the way, and tries again', async () => {
    const { incidents, confirm, carry, order, time } = open();
    await incidents.report('a-six-1');
    const { number } = await order('a-six-1', 'a-six-1-1');
    const { id } = await confirm('a-six-1');
    const state = await db.selectFrom('order_clocks').selectAll().where('number', '=', number).execute();
    await db.updateTable('order_clocks').set({ state: '{}' }).where('number', '=', number).execute();
    await carry();
    expect(await newsOf('a-six-1-1')).toEqual([]);
    expect(await newsOf('a-six-1-2')).toEqual(['confirmed']);
    for (const row of state)
      await db
        .updateTable('order_clocks')
        .set({ state: JSON.stringify(row.state) })
        .where('number', '=', number)
        .where('clock', '=', row.clock)
        .execute();
    await carry(time.now + 2 * HOUR);
    expect(await newsOf('a-six-1-1')).toEqual(['confirmed']);
    expect(await db.selectFrom('incident_notices').selectAll().where('incident', '=', id).execute()).toEqual(
      [],
    );
  });

  it('hangs orders that came in beside the confirmation, tells of a late repair, and ends after a day', async () => {
    const { desk, by, confirm, carry, expectedAt, time } = open();
    const { id } = await confirm('a-seven-1');
    await carry();
    const blind = createTestOrders(db);
    const late = await blind.create(
      { area: 'a-seven-1', details: { intent: 'fault-no-internet' } },
      { conversationId: 'beside', at: time.now },
    );
    await tendIncidents(db, time.now);
    await tendIncidents(db, time.now);
    await carry();
    expect((await readOrder(db, late.number))?.order.incident).toBe(id);
    expect(await newsOf('beside')).toEqual(['confirmed']);
    await tendIncidents(db, expectedAt);
    await tendIncidents(db, expectedAt + HOUR);
    const alarms = (await readAlarms(db, { isAll: false, limit: 500 })).filter(
      ({ incident }) => incident === id,
    );
    expect(alarms.map(({ reason }) => reason)).toEqual(['incident-overdue']);
    await desk.recover({ ...by(id, 2), at: expectedAt + HOUR });
    await tendIncidents(db, expectedAt + HOUR + CLOSE_AFTER_MS);
    expect(await readIncident(db, id)).toMatchObject({ status: 'closed' });
  });

  it('counts a customer anew after a recovery, and forgets who wants to be forgotten', async () => {
    const { incidents, desk, by, confirm } = open();
    const asker = { userId: 'u', phone: '13800138001', accounts: [] };
    await incidents.report('a-eight-1', { asker, conversationId: 'again' });
    const { id } = await confirm('a-eight-1');
    await desk.recover(by(id, 2));
    await incidents.report('a-eight-1', { asker, conversationId: 'again' });
    await incidents.report('a-eight-1', { asker, conversationId: 'again' });
    const counted = async () =>
      (
        await db
          .selectFrom('incident_reports')
          .select('is_counted')
          .where('conversation_id', '=', 'again')
          .orderBy('at')
          .execute()
      ).map(({ is_counted }) => is_counted);
    expect(await counted()).toEqual([true, true, false]);
    expect(await createForgetConversation(db)('again')).toBe(true);
    expect(await counted()).toEqual([]);
    const rows = await db
      .selectFrom('incident_subscriptions')
      .selectAll()
      .where('conversation_id', '=', 'again')
      .execute();
    expect(rows).toEqual([]);
  });

  it('subscribes to what is open only', async () => {
    const { incidents, desk, by, confirm } = open();
    const { id } = await confirm('a-nine-1');
    const subscribe = async () => {
      const outcome = await incidents.run('incident.subscribe', { args: { id }, conversationId: 'late' });
      return outcome.type === 'ok' ? outcome.value : outcome;
    };
    const found = async () =>
      incidents.run('incident.find', { args: { area: 'a-nine-1' }, conversationId: 'late' });
    expect(await found()).toMatchObject({ value: { incident: { id, isLate: false, isSubscribed: false } } });
    expect(await subscribe()).toEqual({ isSubscribed: true });
    expect(await found()).toMatchObject({ value: { incident: { isSubscribed: true } } });
    incidents.time.now += 7 * HOUR;
    expect(await found()).toMatchObject({ value: { incident: { isLate: true } } });
    await desk.recover(by(id, 2));
    expect(await subscribe()).toEqual({ isSubscribed: false });
    expect(await found()).toMatchObject({ value: { incident: null } });
  });
});
