import { type OperationValue, operations } from '../../../src/contract/operations';
import type { Database } from '../../../src/records/database';
import { transitionOrder } from '../../../src/work-orders/transition-order';
import { createTestOrders, openTestDatabase } from '../../support/orders';
import { shippedPolicies } from '../../support/policies';

const DAY_MS = 24 * 3600_000;
const asker = { userId: 'u', phone: null, accounts: [] };

describe('a complaint that comes back', () => {
  let db: Database;
  let orders: ReturnType<typeof createTestOrders>;
  let who: { conversationId: string; asker: typeof asker };
  beforeAll(async () => {
    db = await openTestDatabase();
    orders = createTestOrders(db);
  });
  afterAll(() => db.destroy());
  beforeEach(() => {
    who = { conversationId: `c-${Math.random()}`, asker };
  });

  async function ask<N extends 'complaint.earlier' | 'complaint.continue'>(
    operation: N,
    args: Record<string, unknown>,
    changed: Record<string, unknown> = {},
  ) {
    const command = { ...who, id: `k-${Math.random()}`, at: orders.time.now, args, ...changed };
    const outcome = await orders.run(operation, command);
    if (outcome.type !== 'ok') throw new Error(JSON.stringify(outcome));
    // What parses is the value of N; TypeScript loses this on the way through the union.
    return operations[operation].value.parse(outcome.value) as OperationValue<N>;
  }
  const complain = (cause: string | null) =>
    orders.create({ kind: 'complaint', details: cause ? { cause } : {} }, { ...who, at: orders.time.now });
  const alarms = (number: string) =>
    db.selectFrom('supervisor_alarms').select('reason').where('number', '=', number).execute();
  const rowOf = (number: string) =>
    db
      .selectFrom('work_orders')
      .select(['status', 'priority', 'version', 'promise_at'])
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
  async function resolve(number: string): Promise<void> {
    const { version } = await rowOf(number);
    const act = { number, version, to: 'resolved' as const, by: 'agent:a', at: orders.time.now };
    await transitionOrder({ db, policies: shippedPolicies }, act);
  }

  it('is the first case of the same cause, within 30 days', async () => {
    const { number } = await complain('charges');
    expect(await ask('complaint.earlier', { cause: 'charges' })).toMatchObject({
      order: { number },
      times: 1,
      since: orders.time.now,
    });
    expect(await ask('complaint.earlier', { cause: 'network' })).toEqual({
      order: null,
      times: 0,
      since: null,
    });
    expect(await ask('complaint.earlier', {})).toMatchObject({ order: { number } });
    orders.time.now += 31 * DAY_MS;
    expect(await ask('complaint.earlier', { cause: 'charges' })).toMatchObject({ order: null });
    expect(await ask('complaint.continue', { number, text: '又扣' })).toMatchObject({ status: 'unchanged' });
  });

  it('is none of a call-back, a withdrawn one, or somebody else’s', async () => {
    await complain(null);
    const { number } = await complain('charges');
    await orders.run('work-order.withdraw', { ...who, id: 'w', at: orders.time.now, args: { number } });
    expect(await ask('complaint.earlier', {})).toMatchObject({ order: null });
    expect(await ask('complaint.continue', { number, text: '又扣' })).toMatchObject({ status: 'unchanged' });
    const other = await complain('charges');
    const stranger = { conversationId: 'stranger' };
    expect(await ask('complaint.earlier', {}, stranger)).toMatchObject({ order: null });
    expect(await ask('complaint.continue', { number: other.number, text: '又扣' }, stranger)).toEqual({
      status: 'not-found',
      order: null,
      times: 0,
    });
  });

  it('goes on with its own clock and a higher priority, and counts', async () => {
    const { number, promiseAt } = await complain('charges');
    orders.time.now += 3600_000;
    expect(await ask('complaint.continue', { number, text: '又扣了' })).toMatchObject({
      status: 'continued',
      order: { promiseAt },
      times: 2,
    });
    expect(await rowOf(number)).toMatchObject({ status: 'registered', priority: 'high' });
    expect(await alarms(number)).toEqual([]);
  });

  it('is told to a supervisor the third time, and at once with a threat of appeal', async () => {
    const { number } = await complain('charges');
    await ask('complaint.continue', { number, text: '第二次' });
    expect(await ask('complaint.continue', { number, text: '第三次' })).toMatchObject({ times: 3 });
    expect(await alarms(number)).toEqual([{ reason: 'complaint-repeated' }]);
    const threatened = await complain('network');
    await ask('complaint.continue', { number: threatened.number, text: '我打12300', isThreat: true });
    expect(await alarms(threatened.number)).toEqual([{ reason: 'appeal-threatened' }]);
  });

  it('is open again when it was answered', async () => {
    const { number } = await complain('service');
    await resolve(number);
    orders.time.now += 20 * DAY_MS;
    expect(await ask('complaint.continue', { number, text: '不满意' })).toMatchObject({
      status: 'continued',
      order: { status: 'in-progress' },
    });
  });

  it('counts once when the command is made again', async () => {
    const { number } = await complain('charges');
    const again = { id: 'once' };
    await ask('complaint.continue', { number, text: '又扣' }, again);
    expect(await ask('complaint.continue', { number, text: '又扣' }, again)).toMatchObject({
      status: 'continued',
      times: 2,
    });
  });
});
