import { type OperationValue, operations } from '../../src/contract/operations';
import type { Database } from '../../src/records/database';
import { transitionOrder } from '../../src/work-orders/transition-order';
import { createTestOrders, openTestDatabase } from '../support/orders';
import { shippedPolicies } from '../support/policies';

const HOUR_MS = 3600_000;
const TEN = Date.UTC(2026, 10, 24, 2);
const OWN = { conversationId: 'own', asker: { userId: 'u', phone: null, accounts: [] } };
const STRANGER = { conversationId: 'stranger', asker: { userId: 's', phone: null, accounts: [] } };
const visit = (id: string, hours: number) => ({
  id,
  startAt: TEN + hours * HOUR_MS,
  endAt: TEN + (hours + 2) * HOUR_MS,
});
type Own = 'work-order.withdraw' | 'work-order.add' | 'work-order.reschedule' | 'work-order.visits';

describe('what customers change of their own orders', () => {
  let db: Database;
  let orders: ReturnType<typeof createTestOrders>;
  beforeAll(async () => {
    db = await openTestDatabase();
    orders = createTestOrders(db, {
      listVisits: async ({ kind, address }) => [visit(`${kind}@${address}`, 4)],
    });
  });
  afterAll(() => db.destroy());

  async function ask<N extends Own>(
    operation: N,
    args: Record<string, unknown>,
    who = OWN,
    id = `c-${Math.random()}`,
  ) {
    const outcome = await orders.run(operation, { ...who, id, args, at: orders.time.now });
    if (outcome.type !== 'ok') throw new Error(JSON.stringify(outcome));
    // What parses is the value of N; TypeScript loses this on the way through the union.
    return operations[operation].value.parse(outcome.value) as OperationValue<N>;
  }
  const historyOf = (number: string) =>
    db
      .selectFrom('work_order_history')
      .select(['status', 'by', 'reason', 'note'])
      .where('number', '=', number)
      .orderBy('version')
      .execute();
  const booked = (id: string) => orders.create({ appointment: visit(id, 4), address: '中山路18号' }, OWN);

  describe('withdrawing', () => {
    it('cancels an open order in the customer’s name', async () => {
      const { number } = await booked('w1');
      const done = await ask('work-order.withdraw', { number, note: '网好了' }, OWN, 'c1');
      expect(done).toMatchObject({
        status: 'withdrawn',
        order: { status: 'cancelled', promiseAt: expect.any(Number) },
      });
      expect((await historyOf(number)).at(-1)).toEqual({
        status: 'cancelled',
        by: 'customer',
        reason: 'withdrawn',
        note: '网好了',
      });
    });

    it('is the same when it is made again', async () => {
      const { number } = await booked('w2');
      expect(await ask('work-order.withdraw', { number }, OWN, 'c2')).toMatchObject({ status: 'withdrawn' });
      expect(await ask('work-order.withdraw', { number }, OWN, 'c2')).toMatchObject({ status: 'withdrawn' });
      expect((await historyOf(number)).filter(({ status }) => status === 'cancelled')).toHaveLength(1);
    });

    it('changes nothing of what is done', async () => {
      const { number } = await booked('w3');
      const { version } = await db
        .selectFrom('work_orders')
        .select('version')
        .where('number', '=', number)
        .executeTakeFirstOrThrow();
      const act = { number, version, to: 'resolved' as const, by: 'agent:a', at: orders.time.now };
      await transitionOrder({ db, policies: shippedPolicies }, act);
      expect(await ask('work-order.withdraw', { number })).toMatchObject({
        status: 'unchanged',
        order: { status: 'resolved' },
      });
    });

    it('does not take back what somebody else cancelled', async () => {
      const { number } = await booked('w4');
      const act = { number, version: 1, to: 'cancelled' as const, by: 'agent:a', at: orders.time.now };
      await transitionOrder({ db, policies: shippedPolicies }, act);
      expect(await ask('work-order.withdraw', { number })).toMatchObject({ status: 'unchanged' });
    });
  });

  describe('a remark', () => {
    it('stands in the history of the order, once however often it is made', async () => {
      const { number } = await booked('r1');
      const args = { number, text: '门禁密码问保安\u0000' };
      expect(await ask('work-order.add', args, OWN, 'once')).toMatchObject({ status: 'added' });
      expect(await ask('work-order.add', args, OWN, 'once')).toMatchObject({ status: 'added' });
      const remarks = (await historyOf(number)).filter(({ reason }) => reason === 'remark');
      expect(remarks).toEqual([
        { status: 'registered', by: 'customer', reason: 'remark', note: '门禁密码问保安\ufffd' },
      ]);
    });

    it('is refused on an order that is over', async () => {
      const { number } = await booked('r2');
      await ask('work-order.withdraw', { number });
      expect(await ask('work-order.add', { number, text: '还有' })).toMatchObject({ status: 'unchanged' });
    });
  });

  describe('moving the visit', () => {
    it('moves it and the promise with it', async () => {
      const { number } = await booked('m1');
      const later = visit('m2', 48);
      const moved = await ask('work-order.reschedule', { number, appointment: later }, OWN, 'c3');
      expect(moved).toMatchObject({
        status: 'rescheduled',
        order: { appointment: later, promiseAt: later.endAt },
      });
      expect((await historyOf(number)).at(-1)).toMatchObject({ by: 'customer', reason: 'visit-moved' });
    });

    it('takes the promise back to its target when the visit is earlier', async () => {
      const { number, promiseAt } = await orders.create({ address: '中山路18号' }, OWN);
      await ask('work-order.reschedule', { number, appointment: visit('e1', 48) });
      const { order } = await ask('work-order.reschedule', { number, appointment: visit('e2', 1) });
      expect(order?.promiseAt).toBe(promiseAt);
    });

    it('gives the visit up and leaves the order open', async () => {
      const { number } = await booked('m3');
      expect(await ask('work-order.reschedule', { number, appointment: null })).toMatchObject({
        status: 'rescheduled',
        order: { status: 'registered', appointment: null },
      });
    });

    it('moves once when it is made again after a crash', async () => {
      const { number } = await booked('m4');
      const args = { number, appointment: visit('m5', 48) };
      expect(await ask('work-order.reschedule', args, OWN, 'c4')).toMatchObject({ status: 'rescheduled' });
      expect(await ask('work-order.reschedule', args, OWN, 'c4')).toMatchObject({ status: 'rescheduled' });
      expect((await historyOf(number)).filter(({ reason }) => reason === 'visit-moved')).toHaveLength(1);
    });

    it('is refused for an order that is over', async () => {
      const { number } = await booked('m6');
      await ask('work-order.withdraw', { number });
      const args = { number, appointment: visit('m7', 48) };
      expect(await ask('work-order.reschedule', args)).toMatchObject({ status: 'unchanged' });
    });
  });

  it('free visits are those where the order is to be done', async () => {
    const { number } = await booked('v1');
    const { slots } = await ask('work-order.visits', { number });
    expect(slots).toEqual([visit('fault@中山路18号', 4)]);
    const complaint = await orders.create({ kind: 'complaint', address: '中山路18号' }, OWN);
    expect(await ask('work-order.visits', { number: complaint.number })).toEqual({ slots: [] });
  });

  it('are nobody else’s, whether there is such an order or not', async () => {
    const { number } = await booked('s1');
    for (const each of [number, 'F26112405KG2M8QX', 'what']) {
      const nobody = { status: 'not-found', order: null };
      expect(await ask('work-order.withdraw', { number: each }, STRANGER)).toEqual(nobody);
      expect(await ask('work-order.add', { number: each, text: 'x' }, STRANGER)).toEqual(nobody);
      const moved = { number: each, appointment: null };
      expect(await ask('work-order.reschedule', moved, STRANGER)).toEqual(nobody);
      expect(await ask('work-order.visits', { number: each }, STRANGER)).toEqual({ slots: [] });
    }
    expect((await historyOf(number)).length).toBe(1);
  });

  it('win once when two are made at the same moment', async () => {
    const { number } = await booked('t1');
    const both = await Promise.all([
      ask('work-order.withdraw', { number }, OWN, 'a'),
      ask('work-order.add', { number, text: '不急' }, OWN, 'b'),
    ]);
    expect(both[0].status).toBe('withdrawn');
    expect((await historyOf(number)).filter(({ status }) => status === 'cancelled')).toHaveLength(1);
  });
});
