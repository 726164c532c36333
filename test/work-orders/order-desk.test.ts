import type { Database } from '../../src/records/database';
import { createOrderDesk } from '../../src/work-orders/order-desk';
import { createTestOrders, openTestDatabase, testNumbers } from '../support/orders';
import { shippedPolicies } from '../support/policies';

describe('the order desk of agents', () => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestDatabase();
  });
  afterAll(() => db.destroy());

  it('reads any order, moves it on by the clock, and wakes the relay for a change only', async () => {
    const orders = createTestOrders(db);
    const wakes: string[] = [];
    const desk = createOrderDesk({
      db,
      policies: shippedPolicies,
      numbers: testNumbers,
      clock: () => 42,
      onEvent: () => void wakes.push('woken'),
    });
    const { number } = await orders.create({ phone: '13800138000' });
    const move = (version: number, to: 'assigned' | 'closed') =>
      desk.transitionOrder({ number, version, to, by: 'agent:7', note: null });
    await expect(move(1, 'closed')).resolves.toEqual({ status: 'not-allowed' });
    await expect(move(9, 'assigned')).resolves.toEqual({ status: 'conflict' });
    expect(wakes).toEqual([]);
    await expect(move(1, 'assigned')).resolves.toMatchObject({ status: 'changed', order: { updatedAt: 42 } });
    expect(wakes).toEqual(['woken']);
    await expect(desk.readOrder(number)).resolves.toMatchObject({
      order: { phone: '13800138000' },
      history: [{ by: 'bot' }, { by: 'agent:7', at: 42 }],
    });
    await expect(desk.readOrder('\u0000')).resolves.toBeNull();
    await expect(desk.ordersOf('conversation')).resolves.toMatchObject([{ number }]);
  });
});
