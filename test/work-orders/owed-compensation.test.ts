import { orderEventSchema } from '../../src/contract/orders';
import { readAlarms } from '../../src/records/alarms';
import type { Database } from '../../src/records/database';
import type { Compensation } from '../../src/sla/policy/policy-schema';
import { readOrder } from '../../src/work-orders/read-orders';
import { transitionOrder } from '../../src/work-orders/transition-order';
import { createTestOrders, openTestDatabase } from '../support/orders';
import { shippedPolicies } from '../support/policies';

const AT = Date.UTC(2026, 10, 24, 2);
const HOUR = 3600_000;

describe('compensation for an order that is late', () => {
  let db: Database;
  let orders: ReturnType<typeof createTestOrders>;
  let serial = 0;
  beforeAll(async () => {
    db = await openTestDatabase();
    orders = createTestOrders(db);
  });
  afterAll(() => db.destroy());

  async function doneAfter(ms: number, compensation?: Compensation) {
    serial += 1;
    const policies = {
      ...shippedPolicies,
      policies: shippedPolicies.policies.map((each) =>
        each.id === 'fault-promise' ? { ...each, compensation } : each,
      ),
    };
    const { number } = await orders.create({}, { conversationId: `late-${serial}`, at: AT });
    const done = {
      number,
      version: 1,
      to: 'resolved',
      by: 'agent:1',
      note: '换了接头',
      at: AT + ms,
    } as const;
    const { order } = (await readOrder(db, number)) ?? {};
    const result = await transitionOrder({ db, policies }, { ...done, version: order?.version ?? 0 });
    expect(result.status).toBe('changed');
    const rows = await db.selectFrom('events_out').selectAll().orderBy('id').execute();
    const event = rows
      .map(({ value }) => orderEventSchema.parse(value))
      .findLast((each) => each.order.number === number);
    const alarms = await readAlarms(db, { isAll: true, limit: 500 });
    return {
      event,
      last: (await readOrder(db, number))?.history.at(-1),
      owed: alarms.filter((alarm) => alarm.number === number && alarm.reason === 'compensation-owed'),
    };
  }

  it('is told, noted and seen by a supervisor', async () => {
    const { event, last, owed } = await doneAfter(30 * HOUR, { yuan: 10, per: 'day', atMost: 100 });
    expect(event).toMatchObject({ compensationYuan: 20, order: { status: 'resolved' } });
    expect(last?.note).toBe('换了接头; compensation: 20 yuan');
    expect(owed).toMatchObject([{ policy: 'fault-promise' }]);
  });

  it('is nothing for an order in time, and nothing where no policy owes any', async () => {
    for (const done of [await doneAfter(HOUR, { yuan: 10, per: 'day' }), await doneAfter(30 * HOUR)]) {
      expect(done.event?.compensationYuan).toBeUndefined();
      expect(done.last?.note).toBe('换了接头');
      expect(done.owed).toEqual([]);
    }
  });
});
