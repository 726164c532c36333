import { operations } from '../../src/contract/operations';
import type { Database } from '../../src/records/database';
import { transitionOrder } from '../../src/work-orders/transition-order';
import { createTestOrders, openTestDatabase } from '../support/orders';
import { shippedPolicies } from '../support/policies';

const DAY_MS = 24 * 3600_000;
const OWN = { conversationId: 'own', asker: { userId: 'u', phone: null, accounts: [] } };
const STRANGER = { conversationId: 'stranger', asker: { userId: 's', phone: null, accounts: [] } };

describe('what a customer says of an order that is reported as done', () => {
  let db: Database;
  let orders: ReturnType<typeof createTestOrders>;
  beforeAll(async () => {
    db = await openTestDatabase();
    orders = createTestOrders(db);
  });
  afterAll(() => db.destroy());

  async function resolve(number: string): Promise<void> {
    const { version } = await db
      .selectFrom('work_orders')
      .select('version')
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    const act = { number, version, to: 'resolved' as const, by: 'agent:a', at: orders.time.now };
    const moved = await transitionOrder({ db, policies: shippedPolicies }, act);
    if (moved.status !== 'changed') throw new Error(JSON.stringify(moved));
  }
  async function done(): Promise<string> {
    const { number } = await orders.create({}, OWN);
    await resolve(number);
    return number;
  }
  async function confirm(number: string, isSolved: boolean, who = OWN, id = `c-${Math.random()}`) {
    const outcome = await orders.run('work-order.confirm', { ...who, id, args: { number, isSolved } });
    if (outcome.type !== 'ok') throw new Error(JSON.stringify(outcome));
    return operations['work-order.confirm'].value.parse(outcome.value);
  }
  const historyOf = (number: string) =>
    db
      .selectFrom('work_order_history')
      .select(['status', 'by', 'reason'])
      .where('number', '=', number)
      .orderBy('version')
      .execute();

  it('closes it by a yes, in the name of the customer', async () => {
    const number = await done();
    expect(await confirm(number, true)).toMatchObject({ status: 'closed', order: { status: 'closed' } });
    expect((await historyOf(number)).at(-1)).toMatchObject({
      status: 'closed',
      by: 'customer',
      reason: 'confirmed',
    });
  });

  it('opens it again by a no, with its history', async () => {
    const number = await done();
    expect(await confirm(number, false)).toMatchObject({
      status: 'reopened',
      order: { status: 'in-progress' },
    });
    expect((await historyOf(number)).at(-1)).toMatchObject({ status: 'in-progress', by: 'customer' });
  });

  it('opens a closed one again within seven days, and not after them', async () => {
    const number = await done();
    await confirm(number, true);
    orders.time.now += 6 * DAY_MS;
    expect(await confirm(number, false)).toMatchObject({ status: 'reopened' });
    await resolve(number);
    await confirm(number, true);
    orders.time.now += 8 * DAY_MS;
    expect(await confirm(number, false)).toMatchObject({ status: 'too-late' });
  });

  it('is the same when it is made again after a crash', async () => {
    const number = await done();
    await confirm(number, true, OWN, 'once');
    expect(await confirm(number, true, OWN, 'once')).toMatchObject({ status: 'closed' });
    expect((await historyOf(number)).filter(({ status }) => status === 'closed')).toHaveLength(1);
  });

  it('changes nothing of an order that is still worked on', async () => {
    const { number } = await orders.create({}, OWN);
    expect(await confirm(number, true)).toMatchObject({
      status: 'unchanged',
      order: { status: 'registered' },
    });
  });

  it('is nobody else’s to say, whether there is such an order or not', async () => {
    const number = await done();
    const nobody = { status: 'not-found', order: null };
    expect(await confirm(number, true, STRANGER)).toEqual(nobody);
    expect(await confirm('F26112405KG2M8QX', true)).toEqual(nobody);
    expect(await confirm('what', true)).toEqual(nobody);
  });

  it('wins once when two say it at the same moment', async () => {
    const number = await done();
    await Promise.all([confirm(number, true), confirm(number, true)]);
    expect((await historyOf(number)).filter(({ status }) => status === 'closed')).toHaveLength(1);
  });
});
