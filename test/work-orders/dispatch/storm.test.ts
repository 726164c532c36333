import type { OrderMessage } from '../../../src/contract/operator-orders';
import { AppError } from '../../../src/errors';
import { createChance } from '../../../src/operator/chance';
import type { Database } from '../../../src/records/database';
import { readDispatch } from '../../../src/work-orders/dispatch/dispatch-store';
import { createSendOrders } from '../../../src/work-orders/dispatch/send-orders';
import { switchDispatch } from '../../../src/work-orders/dispatch/write-dispatch';
import { transitionOrder } from '../../../src/work-orders/transition-order';
import { createTestOrders, openTestDatabase } from '../../support/orders';
import { shippedPolicies } from '../../support/policies';
import { reportFigure, SEED, size } from '../../support/size';
import { silent } from '../../support/turns';

const ORDERS = size({ test: 60, prove: 1000 });
const NODES = 4;
const STATES = ['assigned', 'in-progress', 'resolved', 'closed'] as const;

describe('orders on their way through an operator that fails three times in ten', () => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestDatabase();
    await switchDispatch(db, true);
  });
  afterAll(() => db.destroy());

  it('arrive each once, whole and in order, from many nodes of which some end', async () => {
    const chance = createChance(SEED);
    const orders = createTestOrders(db);
    let now = orders.time.now;
    let calls = 0;
    let lost = 0;
    /** As a system with idempotency keys has them. */
    const taken = new Map<string, OrderMessage>();
    const send = async (message: OrderMessage, key: string): Promise<void> => {
      calls += 1;
      const draw = chance('fault', calls);
      if (draw < 0.15) throw new AppError('unavailable', 'down');
      if (!taken.has(key)) taken.set(key, message);
      if (draw > 0.85) {
        lost += 1;
        throw new AppError('timeout', 'the answer was lost');
      }
      // A node that ends after the send: its lease lapses, and another takes over.
      if (draw > 0.84) return new Promise(() => undefined);
    };
    const node = () =>
      createSendOrders({ db, send, clock: () => now, random: () => 1, log: silent, leaseMs: 1000 });

    const numbers: string[] = [];
    for (let n = 0; n < ORDERS; n += 1) {
      const { number } = await orders.create({}, { conversationId: `storm-${n}` });
      numbers.push(number);
      for (const [i, to] of STATES.entries()) {
        const moved = { number, version: i + 1, to, by: 'agent:1', at: now };
        expect((await transitionOrder({ db, policies: shippedPolicies }, moved)).status).toBe('changed');
      }
    }
    let rounds = 0;
    while ((await readDispatch(db, 1)).waiting > 0 && rounds < 5000) {
      rounds += 1;
      // A node whose send never ends is left behind, as one that was killed is.
      await Promise.race([
        Promise.all(Array.from({ length: NODES }, () => node()())),
        new Promise((resolve) => setTimeout(resolve, 200)),
      ]);
      now += 400;
    }
    const arrived = [...taken.values()];
    for (const number of numbers) {
      const own = arrived.filter((each) => each.number === number);
      expect(own.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
      expect(own.map(({ order }) => order.status)).toEqual(['registered', ...STATES]);
    }
    expect(await readDispatch(db, 1)).toMatchObject({ waiting: 0, dead: 0 });
    expect(lost).toBeGreaterThan(0);
    reportFigure('dispatch: messages, sends, lost answers', `${arrived.length}, ${calls}, ${lost}`);
  }, 600_000);
});
