import fc from 'fast-check';
import { sql } from 'kysely';
import { type OrderStatus, orderStatusSchema, orderTransitions } from '../../src/contract/orders';
import type { Database } from '../../src/records/database';
import { readOrder } from '../../src/work-orders/read-orders';
import { type TransitionResult, transitionOrder } from '../../src/work-orders/transition-order';
import { createTestOrders, openTestDatabase } from '../support/orders';
import { shippedPolicies } from '../support/policies';
import { SEED, size } from '../support/size';

const AT = Date.UTC(2026, 10, 24, 2);
const statuses = orderStatusSchema.options;

describe('moving a work order on', () => {
  let db: Database;
  let orders: ReturnType<typeof createTestOrders>;
  beforeAll(async () => {
    db = await openTestDatabase();
    orders = createTestOrders(db);
  });
  afterAll(() => db.destroy());

  const eventsOf = (number: string) =>
    db
      .selectFrom('events_out')
      .selectAll()
      .where(sql<string>`value #>> '{order,number}'`, '=', number)
      .orderBy('id')
      .execute();
  const move = (number: string, version: number, to: OrderStatus, by = 'agent-1') =>
    transitionOrder({ db, policies: shippedPolicies }, { number, version, to, by, at: AT + version });

  it('keeps who did it, why and the note, and tells the conversation', async () => {
    const { number } = await orders.create();
    const result = await transitionOrder(
      { db, policies: shippedPolicies },
      {
        number,
        version: 1,
        to: 'assigned',
        by: 'agent-7',
        reason: 'dispatch',
        note: '师傅 16:00 到\u0000',
        at: AT + 5,
      },
    );
    const view = { number, status: 'assigned', updatedAt: AT + 5 };
    expect(result).toMatchObject({ status: 'changed', order: { ...view, version: 2 } });
    expect(await readOrder(db, number)).toMatchObject({
      order: { ...view, version: 2 },
      history: [
        { version: 1, status: 'registered', by: 'bot' },
        {
          version: 2,
          at: AT + 5,
          status: 'assigned',
          by: 'agent-7',
          reason: 'dispatch',
          note: '师傅 16:00 到\ufffd',
        },
      ],
    });
    expect(await eventsOf(number)).toMatchObject([
      { name: 'order.registered', value: { version: 1 } },
      { name: 'order.changed', value: { order: view, version: 2 }, conversation_id: 'conversation' },
    ]);
  });

  it('allows exactly what the contract allows, from every status to every status', async () => {
    for (const from of statuses) {
      for (const to of statuses) {
        const { number } = await orders.create();
        await db.updateTable('work_orders').set({ status: from }).where('number', '=', number).execute();
        const result = await move(number, 1, to);
        expect([from, to, result.status]).toEqual([
          from,
          to,
          orderTransitions[from].includes(to) ? 'changed' : 'refused',
        ]);
        if (result.status === 'refused') {
          expect(result.reason).toBe('not-allowed');
          expect((await readOrder(db, number))?.history).toHaveLength(1);
        }
      }
    }
  });

  it('does not know an order that is not there', async () => {
    await expect(move('F261124000000000', 1, 'assigned')).resolves.toEqual({
      status: 'refused',
      reason: 'not-found',
    });
  });

  it('lets exactly one of many win that were decided on the same version', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { number } = await orders.create();
      const targets: OrderStatus[] = [
        'assigned',
        'in-progress',
        'resolved',
        'cancelled',
        'assigned',
        'resolved',
      ];
      const results = await Promise.all(targets.map((to, i) => move(number, 1, to, `agent-${i}`)));
      const winners = results.flatMap((result, i) => (result.status === 'changed' ? [i] : []));
      expect(winners).toHaveLength(1);
      const losers = results.filter((result) => result.status === 'refused');
      expect(losers.every((result) => result.reason === 'stale')).toBe(true);
      const after = await readOrder(db, number);
      expect(after?.order.status).toBe(targets[winners[0] ?? -1]);
      expect(after?.history.map(({ by }) => by)).toEqual(['bot', `agent-${winners[0]}`]);
      expect(await eventsOf(number)).toHaveLength(2);
    }
  });

  it('keeps row, history and events of one mind under any interleaving', async () => {
    const step = fc.record({ version: fc.integer({ min: 1, max: 4 }), to: fc.constantFrom(...statuses) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 4 }),
        async (rounds) => {
          const { number } = await orders.create();
          const results: TransitionResult[] = [];
          // Steps of a round run at once, rounds one after the other.
          for (const round of rounds) {
            results.push(...(await Promise.all(round.map(({ version, to }) => move(number, version, to)))));
          }
          const changed = results.filter((result) => result.status === 'changed').length;
          const after = await readOrder(db, number);
          const path = after?.history.map(({ status }) => status) ?? [];
          expect(after?.order.version).toBe(changed + 1);
          expect(after?.order.status).toBe(path.at(-1));
          expect(after?.history.map(({ version }) => version)).toEqual(path.map((_, i) => i + 1));
          for (const [i, to] of path.entries()) {
            const from = path[i - 1];
            if (from) expect(orderTransitions[from]).toContain(to);
          }
          const events = await eventsOf(number);
          expect(events).toMatchObject(
            path.map((status, i) => ({ value: { version: i + 1, order: { status } } })),
          );
        },
      ),
      { seed: SEED, numRuns: size({ test: 25, prove: 1000 }) },
    );
  }, 120_000);

  it('leaves nothing behind when it breaks half way', async () => {
    const { number } = await orders.create();
    await db.schema.alterTable('events_out').renameTo('events_away').execute();
    await expect(move(number, 1, 'assigned')).rejects.toThrow('events_out');
    await db.schema.alterTable('events_away').renameTo('events_out').execute();
    expect(await readOrder(db, number)).toMatchObject({
      order: { status: 'registered', version: 1 },
      history: [{ version: 1 }],
    });
  });
});
