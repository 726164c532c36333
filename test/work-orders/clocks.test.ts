import { orderEventSchema } from '../../src/contract/orders';
import { readAlarms } from '../../src/records/alarms';
import type { Database } from '../../src/records/database';
import { readCompliance } from '../../src/records/sla-outcomes';
import type { PolicySet } from '../../src/sla/policy/policies';
import { applyPolicies } from '../../src/work-orders/clocks/apply-policies';
import { checkOrder, sweepOrders } from '../../src/work-orders/clocks/check-order';
import { nextAtOf, readClocks } from '../../src/work-orders/clocks/order-clocks';
import { createOrderDesk } from '../../src/work-orders/order-desk';
import { readOrder } from '../../src/work-orders/read-orders';
import { createTestOrders, openTestDatabase, testNumbers } from '../support/orders';
import { shippedPolicies } from '../support/policies';

const AT = Date.UTC(2026, 10, 24, 2);
const HOUR = 3600_000;

describe('the clocks of a work order', () => {
  let db: Database;
  let orders: ReturnType<typeof createTestOrders>;
  let now = AT;
  let serial = 0;
  beforeAll(async () => {
    db = await openTestDatabase();
    orders = createTestOrders(db);
  });
  beforeEach(() => {
    now = AT;
  });
  afterAll(() => db.destroy());

  const deskOf = (policies: PolicySet = shippedPolicies) =>
    createOrderDesk({ db, policies, numbers: testNumbers, clock: () => now, onEvent: () => undefined });
  const act = (number: string, version: number) => ({ number, version, by: 'agent:1', note: null });
  const check = (number: string) => checkOrder({ db, policies: shippedPolicies }, number, now);
  const create = async (args: Record<string, unknown> = {}) => {
    serial += 1;
    const view = await orders.create(args, { conversationId: `c${serial}`, at: AT });
    return view.number;
  };
  const eventsOf = async (number: string) =>
    (await db.selectFrom('events_out').selectAll().orderBy('id').execute()).flatMap(({ name, value }) => {
      const event = orderEventSchema.parse(value);
      return event.order.number === number ? [{ name, ...event }] : [];
    });
  const versionOf = async (number: string) => (await readOrder(db, number))?.order.version ?? 0;
  const orderOf = async (number: string) => (await readOrder(db, number))?.order;
  const alarmsOf = async (number: string) =>
    (await readAlarms(db, { isAll: true, limit: 500 })).filter((alarm) => alarm.number === number);

  it('fire every overdue threshold once and in order, after hours of nothing', async () => {
    const number = await create();
    now = AT + 9 * HOUR;
    const both = await Promise.all([check(number), check(number), check(number)]);
    expect(both.filter(Boolean)).toHaveLength(1);
    const lapses = (await eventsOf(number)).flatMap(({ lapse }) => (lapse ? [lapse] : []));
    expect(lapses).toMatchObject([
      { policy: 'fault-promise', percent: 75, newAt: null },
      { policy: 'fault-promise', percent: 100, wasDueAt: AT + 4 * HOUR, newAt: AT + 13 * HOUR },
    ]);
    expect(await orderOf(number)).toMatchObject({ priority: 'high', promiseAt: AT + 13 * HOUR });
    expect((await alarmsOf(number)).map(({ percent }) => percent).sort()).toEqual([100, 75]);
    expect((await eventsOf(number)).at(-1)).toMatchObject({ nextAt: AT + 12 * HOUR });
  });

  it('give a new promise not before somebody can come, and tell the supervisor when the law forbids it', async () => {
    const number = await create();
    now = AT + 4 * HOUR;
    const visit = { id: 'v', startAt: AT + 58 * HOUR, endAt: AT + 60 * HOUR };
    await checkOrder({ db, policies: shippedPolicies, earliestVisit: async () => visit }, number, now);
    expect((await orderOf(number))?.promiseAt).toBe(AT + 60 * HOUR);
    expect((await alarmsOf(number)).map(({ reason }) => reason)).toContain('legal-limit');
  });

  it('promise the end of the earliest free visit when it is later', async () => {
    const visit = { id: 'v', startAt: AT + 20 * HOUR, endAt: AT + 22 * HOUR };
    const slow = createTestOrders(db, { earliestVisit: async () => visit });
    await expect(slow.create({}, { conversationId: 'slow', at: AT })).resolves.toMatchObject({
      promiseAt: AT + 22 * HOUR,
    });
  });

  it('stand still in a pause, which the customer sees, and move the promise by it', async () => {
    const number = await create();
    now = AT + HOUR;
    const paused = await deskOf().pauseOrder({ ...act(number, 1), reason: 'customer-unreachable' });
    expect(paused).toMatchObject({ order: { pause: { reason: 'customer-unreachable', isDisputed: false } } });
    expect((await eventsOf(number)).at(-1)).toMatchObject({
      change: 'paused',
      order: { pause: { since: now } },
    });
    await expect(deskOf().pauseOrder({ ...act(number, 2), reason: 'weather' })).resolves.toEqual({
      status: 'not-allowed',
    });
    now = AT + 3 * HOUR;
    await deskOf().resumeOrder(act(number, 2));
    expect(await orderOf(number)).toMatchObject({ promiseAt: AT + 6 * HOUR });
    expect((await orderOf(number))?.pause).toBeUndefined();
  });

  it('run on while the customer disputes a pause, until a supervisor rules', async () => {
    const number = await create({ phone: '13800138000' });
    const { order } = (await readOrder(db, number)) ?? {};
    now = AT + HOUR;
    await deskOf().pauseOrder({ ...act(number, 1), reason: 'customer-unreachable' });
    const dispute = (conversationId: string) =>
      orders.run('work-order.dispute', { args: { number }, conversationId, at: AT + 2 * HOUR });
    await expect(dispute('a stranger')).resolves.toMatchObject({ value: { isDisputed: false } });
    await expect(dispute(order?.conversationId ?? '')).resolves.toMatchObject({
      value: { isDisputed: true },
    });
    await expect(dispute(order?.conversationId ?? '')).resolves.toMatchObject({
      value: { isDisputed: false },
    });
    expect(await orderOf(number)).toMatchObject({ promiseAt: AT + 4 * HOUR, pause: { isDisputed: true } });
    expect((await alarmsOf(number)).map(({ reason }) => reason)).toContain('pause-disputed');
    now = AT + 3 * HOUR;
    await deskOf().resumeOrder(act(number, await versionOf(number)));
    await deskOf().ruleOnPause({ ...act(number, await versionOf(number)), isUpheld: true });
    expect((await orderOf(number))?.promiseAt).toBe(AT + 6 * HOUR);
    const again = { ...act(number, await versionOf(number)), isUpheld: true };
    await expect(deskOf().ruleOnPause(again)).resolves.toEqual({ status: 'not-allowed' });
  });

  it('count an order that is opened again within seven days as a repeat, with a clock of its own', async () => {
    const number = await create();
    now = AT + HOUR;
    await deskOf().transitionOrder({ ...act(number, 1), to: 'resolved' });
    now = AT + 7 * 24 * HOUR;
    await deskOf().transitionOrder({ ...act(number, 2), to: 'in-progress' });
    expect(await orderOf(number)).toMatchObject({ repeats: 1, priority: 'high', promiseAt: now + 4 * HOUR });
    await deskOf().transitionOrder({ ...act(number, 3), to: 'resolved' });
    await deskOf().transitionOrder({ ...act(number, 4), to: 'closed' });
    now += 8 * 24 * HOUR;
    await expect(deskOf().transitionOrder({ ...act(number, 5), to: 'in-progress' })).resolves.toEqual({
      status: 'too-late',
    });
  });

  it('end with the order', async () => {
    const number = await create();
    now = AT + HOUR;
    await deskOf().transitionOrder({ ...act(number, 1), to: 'cancelled' });
    expect(nextAtOf(await readClocks(db, number))).toBeNull();
    now = AT + 99 * HOUR;
    await expect(check(number)).resolves.toBe(false);
  });

  it('that nobody asked about are found by the sweep', async () => {
    const number = await create();
    now = AT + 3 * HOUR;
    await sweepOrders({ db, policies: shippedPolicies }, now, now);
    expect((await eventsOf(number)).at(-1)).toMatchObject({ lapse: { percent: 75 } });
  });

  it('explain themselves line by line', async () => {
    const number = await create();
    now = AT + HOUR;
    const clocks = await deskOf().explainClocks(number);
    expect(clocks.map(({ clock }) => clock)).toEqual(['legal', 'promise']);
    expect(clocks[1]).toMatchObject({ policy: 'fault-promise', dueAt: AT + 4 * HOUR, elapsedMs: HOUR });
    expect(clocks[1]?.lines.map(({ cause }) => cause)).toEqual(['started', 'counted', 'due']);
    await expect(deskOf().explainClocks('F0')).resolves.toEqual([]);
  });

  it('carry what has elapsed over when policies change, once, and begin for orders that had none', async () => {
    const [number, old] = [await create(), await create()];
    await db.deleteFrom('order_clocks').where('number', '=', old).execute();
    const longer: PolicySet = {
      ...shippedPolicies,
      hash: 'another',
      policies: shippedPolicies.policies.map((policy) =>
        policy.id === 'fault-promise' ? { ...policy, target: { hours: 10 } } : policy,
      ),
    };
    now = AT + 2 * HOUR;
    const apply = () => applyPolicies({ db, policies: longer }, now);
    const changed = await Promise.all([apply(), apply()]);
    expect(Math.max(...changed)).toBeGreaterThanOrEqual(2);
    await expect(apply()).resolves.toBe(0);
    expect(await orderOf(number)).toMatchObject({ promiseAt: AT + 10 * HOUR, version: 2 });
    expect(await orderOf(old)).toMatchObject({ promiseAt: AT + 10 * HOUR, version: 2 });
    expect((await eventsOf(number)).at(-1)).toMatchObject({ change: 'clock', nextAt: AT + 7.5 * HOUR });
    await applyPolicies({ db, policies: shippedPolicies }, now);
  });

  it('leave behind what the report counts: promises kept ÷ promises due, by policy, area and week', async () => {
    const range = { from: Date.UTC(2027, 0, 1), to: Date.UTC(2027, 1, 1), timeZone: 'Asia/Shanghai' };
    const begun = Date.UTC(2027, 0, 5, 2);
    const make = (area: string, n: number) =>
      orders.create({ area }, { conversationId: `report-${area}-${n}`, at: begun });
    const [kept, late, other] = [await make('a1', 1), await make('a1', 2), await make('a2', 1)];
    const solve = async (number: string, hours: number) => {
      now = begun + hours * HOUR;
      const version = await versionOf(number);
      await deskOf().transitionOrder({ ...act(number, version), to: 'resolved' });
    };
    await solve(kept.number, 2);
    await solve(late.number, 5);
    await solve(other.number, 3);
    const rows = (await readCompliance(db, range)).filter(({ policy }) => policy === 'fault-promise');
    expect(rows).toEqual([
      expect.objectContaining({
        area: 'a1',
        week: '2027-W01',
        due: 2,
        kept: 1,
        compliance: 0.5,
        renewedDue: 1,
      }),
      expect.objectContaining({ area: 'a2', week: '2027-W01', due: 1, kept: 1, compliance: 1 }),
    ]);
  });
});
