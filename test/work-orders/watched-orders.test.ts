import type { Database } from '../../src/records/database';
import { createTestOrders, openTestDatabase } from '../support/orders';

const PHONE = '13800138000';
const who = (conversationId: string, phone: string | null = null) => ({
  conversationId,
  asker: { userId: conversationId, phone, accounts: [] },
});

describe('a change of an order', () => {
  let db: Database;
  let orders: ReturnType<typeof createTestOrders>;
  beforeAll(async () => {
    db = await openTestDatabase();
    orders = createTestOrders(db);
  });
  afterAll(() => db.destroy());
  beforeEach(async () => {
    await db.deleteFrom('events_out').execute();
  });

  /** An order of `own` that the customer has confirmed; answers who was told of the change. */
  async function changedBy(own: string, number: string): Promise<string[]> {
    await db.deleteFrom('events_out').execute();
    await db.updateTable('work_orders').set({ status: 'resolved' }).where('number', '=', number).execute();
    await orders.run('work-order.confirm', { ...who(own), args: { number, isSolved: true } });
    const rows = await db.selectFrom('events_out').select(['conversation_id', 'name']).execute();
    return rows.filter(({ name }) => name === 'order.watched').map((row) => row.conversation_id);
  }
  const make = async (own: string) => (await orders.create({ phone: PHONE }, who(own))).number;

  it('is told where the order was looked up by its number, and nowhere else', async () => {
    const number = await make('own-1');
    await orders.run('work-order.find', { ...who('finder', PHONE), args: { number } });
    await orders.run('work-order.find', { ...who('stranger', '13900139000'), args: { number } });
    expect(await changedBy('own-1', number)).toEqual(['finder']);
  });

  it('is not told where it was looked up long ago', async () => {
    const number = await make('own-2');
    await orders.run('work-order.find', { ...who('finder-2', PHONE), args: { number } });
    orders.time.now += 31 * 24 * 3600_000;
    expect(await changedBy('own-2', number)).toEqual([]);
  });
});
