import { lineVerdictSchema } from '../../src/contract/operator-operations';
import type { LineTest } from '../../src/operator/operator';
import type { Database } from '../../src/records/database';
import { closeUnconfirmed } from '../../src/work-orders/close-unconfirmed';
import { readOrder } from '../../src/work-orders/read-orders';
import { transitionOrder } from '../../src/work-orders/transition-order';
import { createTestOrders, openTestDatabase } from '../support/orders';
import { shippedPolicies } from '../support/policies';

const AT = Date.UTC(2026, 10, 24, 2);
const DAY = 24 * 3600_000;
const verdicts = (verdict: LineTest['verdict']): LineTest => ({ verdict, rxPowerDbm: -20, speedMbps: 500 });

describe('an order about which its customer says nothing', () => {
  let db: Database;
  let orders: ReturnType<typeof createTestOrders>;
  let tested: unknown[] = [];
  beforeAll(async () => {
    db = await openTestDatabase();
    orders = createTestOrders(db);
  });
  beforeEach(() => {
    tested = [];
  });
  afterAll(() => db.destroy());

  const books = () => ({ db, policies: shippedPolicies });
  const close = (number: string, verdict: LineTest['verdict']) =>
    closeUnconfirmed(
      {
        ...books(),
        clock: () => AT + DAY,
        testLine: async (line) => {
          tested.push(line);
          return verdicts(verdict);
        },
      },
      number,
    );
  async function done(kind: 'fault' | 'complaint' = 'fault'): Promise<string> {
    const { number } = await orders.create({ kind, phone: '13800138000', address: '人民路66号' }, { at: AT });
    await transitionOrder(books(), { number, version: 1, to: 'resolved', by: 'agent:1', at: AT });
    return number;
  }
  const lastOf = async (number: string) => (await readOrder(db, number))?.history.at(-1);

  it('is closed as unconfirmed when its line is good, once', async () => {
    const number = await done();
    expect(await close(number, 'ok')).toBe(true);
    expect(tested).toEqual([{ phone: '13800138000', address: '人民路66号' }]);
    expect(await lastOf(number)).toMatchObject({ status: 'closed', reason: 'unconfirmed', by: 'bot' });
    expect(await close(number, 'ok')).toBe(false);
  });

  it.each(lineVerdictSchema.options.filter((verdict) => verdict !== 'ok'))(
    'is opened again when the line has %s',
    async (verdict) => {
      const number = await done();
      expect(await close(number, verdict)).toBe(true);
      expect(await lastOf(number)).toMatchObject({ status: 'in-progress', reason: 'line-test-failed' });
      expect((await readOrder(db, number))?.order).toMatchObject({ repeats: 1, priority: 'high' });
    },
  );

  it('has no line to test when it is a complaint', async () => {
    const number = await done('complaint');
    expect(await close(number, 'no-light')).toBe(true);
    expect(tested).toEqual([]);
    expect(await lastOf(number)).toMatchObject({ status: 'closed', reason: 'unconfirmed' });
  });

  it('is left alone when somebody has spoken meanwhile', async () => {
    const number = await done();
    await transitionOrder(books(), {
      number,
      version: 2,
      to: 'closed',
      by: 'customer',
      reason: 'confirmed',
      at: AT,
    });
    expect(await close(number, 'no-light')).toBe(false);
    expect(await close('F26112400000000Z', 'ok')).toBe(false);
    expect(await lastOf(number)).toMatchObject({ reason: 'confirmed' });
  });

  it('keeps its state while the line cannot be measured', async () => {
    const number = await done();
    const down = closeUnconfirmed(
      { ...books(), clock: () => AT + DAY, testLine: () => Promise.reject(new Error('operator down')) },
      number,
    );
    await expect(down).rejects.toThrow('operator down');
    expect(await lastOf(number)).toMatchObject({ status: 'resolved' });
  });
});
