import { sql } from 'kysely';
import { type Entry, entrySchema } from '../../src/contract/conversation';
import { orderEventSchema } from '../../src/contract/orders';
import type { Database } from '../../src/records/database';
import { turnIdOf } from '../../src/turns/keys';
import { appendStep } from '../../src/work-orders/append-step';
import { createEventsRelay } from '../../src/work-orders/events-relay';
import { readOrder } from '../../src/work-orders/read-orders';
import { transitionOrder } from '../../src/work-orders/transition-order';
import { createTestOrders, openTestDatabase } from '../support/orders';
import { shippedPolicies } from '../support/policies';
import { startRedisServer } from '../support/redis-server';
import { SEED, seededRandom } from '../support/size';
import { messageEntry, readCounting, silent, startTestNode, until } from '../support/turns';

const AT = Date.UTC(2026, 10, 24, 2);

describe('the relay of order events', () => {
  let db: Database;
  let orders: ReturnType<typeof createTestOrders>;
  let accepted: { conversationId: string; entry: Entry }[];
  let serial = 0;
  const fresh = () => `conversation-${serial++}`;
  beforeAll(async () => {
    db = await openTestDatabase();
    orders = createTestOrders(db);
  });
  afterAll(() => db.destroy());
  beforeEach(async () => {
    accepted = [];
    await db.deleteFrom('events_out').execute();
  });

  const take = async (conversationId: string, entry: Entry) => void accepted.push({ conversationId, entry });
  const relayTo = (accept: (conversationId: string, entry: Entry) => Promise<unknown>, pageSize?: number) =>
    createEventsRelay({ db, accept, clock: () => AT + 99, log: silent, pageSize });
  const left = () => db.selectFrom('events_out').selectAll().execute();
  const keysOf = (conversationId: string) =>
    accepted.filter((each) => each.conversationId === conversationId).map(({ entry }) => entry.key);
  const move = (number: string, version: number) =>
    transitionOrder(
      { db, policies: shippedPolicies },
      {
        number,
        version,
        to: version === 1 ? 'in-progress' : version % 2 ? 'in-progress' : 'assigned',
        by: 'agent',
        at: AT + version,
      },
    );
  /** An order that went through so many versions. */
  async function orderWith(versions: number, conversationId = fresh()) {
    const { number } = await orders.create({}, { conversationId });
    for (let version = 1; version < versions; version += 1) {
      const result = await move(number, version);
      if (result.status !== 'changed') throw new Error(result.reason);
    }
    const keys = Array.from({ length: versions }, (_, i) => `order:${number}@${i + 1}`);
    return { conversationId, number, keys };
  }

  it('carries an order into its conversation as events that a turn understands, once', async () => {
    const { conversationId, number, keys } = await orderWith(2);
    const relay = relayTo(take);
    await expect(relay()).resolves.toBe(2);
    await expect(relay()).resolves.toBe(0);
    expect(accepted.map(({ entry }) => entry.activity.name)).toEqual(['order.registered', 'order.changed']);
    expect(keysOf(conversationId)).toEqual(keys);
    const [first, second] = accepted.map(({ entry }) => entrySchema.parse(entry));
    expect(first).toMatchObject({ turnId: turnIdOf(conversationId, keys[0] ?? ''), at: AT + 99 });
    expect(orderEventSchema.parse(second?.activity.value)).toMatchObject({
      version: 2,
      order: { number, status: 'in-progress' },
    });
    expect(await left()).toEqual([]);
  });

  it('keeps an event until it was accepted, and the order of its conversation', async () => {
    const { conversationId, keys } = await orderWith(3);
    let isAway = true;
    const relay = relayTo(async (id, entry) => {
      if (isAway && entry.key === keys[1]) throw new Error('Redis is away');
      await take(id, entry);
    });
    await expect(relay()).resolves.toBe(1);
    expect(await left()).toHaveLength(2);
    await expect(relay()).resolves.toBe(0);
    isAway = false;
    await expect(relay()).resolves.toBe(2);
    expect(keysOf(conversationId)).toEqual(keys);
    expect(await left()).toEqual([]);
  });

  it('lets a conversation that cannot take its events hold up no other, over many pages', async () => {
    const stuck = await orderWith(5);
    const others = [await orderWith(2), await orderWith(3), await orderWith(2)];
    const relay = relayTo(async (id, entry) => {
      if (id === stuck.conversationId) throw new Error('stuck');
      await take(id, entry);
    }, 2);
    await expect(relay()).resolves.toBe(7);
    for (const { conversationId, keys } of others) expect(keysOf(conversationId)).toEqual(keys);
    expect(await left()).toHaveLength(5);
  });

  it('removes nothing when the database is lost after accept: the same keys come again', async () => {
    const { keys, conversationId } = await orderWith(2);
    let isLost = true;
    const relay = relayTo(async (id, entry) => {
      await take(id, entry);
      if (isLost && entry.key === keys[1]) {
        isLost = false;
        await endRelayConnections();
      }
    });
    await expect(relay()).rejects.toThrow();
    expect(await left()).toHaveLength(2);
    await expect(relay()).resolves.toBe(2);
    expect(keysOf(conversationId)).toEqual([...keys, ...keys]);
    expect(await left()).toEqual([]);
  });

  /** Ends the sessions that are in the middle of a transaction: the relay's. */
  async function endRelayConnections(): Promise<void> {
    await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND state = 'idle in transaction'`.execute(db);
  }

  it('is done by one of several relays at a time; the others go away at once', async () => {
    const { keys, conversationId } = await orderWith(3);
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isBegun: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      isBegun = resolve;
    });
    const first = relayTo(async (id, entry) => {
      isBegun();
      await gate;
      await take(id, entry);
    })();
    await begun;
    await expect(relayTo(take)()).resolves.toBe(0);
    release();
    await expect(first).resolves.toBe(3);
    expect(keysOf(conversationId)).toEqual(keys);
  });

  it('carries everything once and in order with three relays, flaky accepts and changes at the same time', async () => {
    const random = seededRandom(SEED);
    const flaky = async (id: string, entry: Entry) => {
      if (random() < 0.3) throw new Error('flaky');
      await take(id, entry);
    };
    const relays = [relayTo(flaky, 3), relayTo(flaky, 3), relayTo(flaky, 3)];
    let isWriting = true;
    const carrying = relays.map(async (relay) => {
      while (isWriting || (await left()).length > 0) await relay();
    });
    const made = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const conversationId = fresh();
        // Two orders of one conversation change at the same time.
        const both = await Promise.all([orderWith(5, conversationId), orderWith(4, conversationId)]);
        return { conversationId, both };
      }),
    );
    isWriting = false;
    await Promise.all(carrying);
    for (const { conversationId, both } of made) {
      const keys = keysOf(conversationId);
      expect(keys).toHaveLength(9);
      for (const each of both) expect(keys.filter((key) => key.includes(each.number))).toEqual(each.keys);
    }
  });

  it('lets events of a conversation become visible in the order of their ids', async () => {
    const conversationId = fresh();
    const [slow, fast] = [
      await orders.create({}, { conversationId }),
      await orders.create({}, { conversationId }),
    ];
    await relayTo(take)();
    accepted = [];
    let following: ReturnType<typeof move> | null = null;
    await db.transaction().execute(async (tx) => {
      const before = await readOrder(tx, slow.number);
      if (!before) throw new Error('no order');
      await appendStep(tx, { ...before.order, version: 2 }, { by: 'slow agent', nextAt: null });
      // The other order changes while this one is not committed yet.
      following = move(fast.number, 1);
      await until(async () => (await waitingLocks()) > 0);
      await expect(relayTo(take)()).resolves.toBe(0);
    });
    await following;
    await expect(relayTo(take)()).resolves.toBe(2);
    expect(keysOf(conversationId)).toEqual([`order:${slow.number}@2`, `order:${fast.number}@2`]);
  });

  it('reaches the turns of a real engine once, also when an event is carried again', async () => {
    const redis = await startRedisServer();
    const node = await startTestNode(redis.url);
    const { conversationId, keys } = await orderWith(3);
    const again = await db.selectFrom('events_out').select(['conversation_id', 'name', 'value']).execute();
    const relay = relayTo(node.engine.accept);
    const seen = async () => readCounting(await node.store.readState(conversationId)).seen;
    await expect(relay()).resolves.toBe(3);
    await until(async () => (await seen()).length === 3);
    await db
      .insertInto('events_out')
      .values(again.map((row) => ({ ...row, value: JSON.stringify(row.value) })))
      .execute();
    await expect(relay()).resolves.toBe(3);
    await node.engine.accept(conversationId, messageEntry(conversationId, 'last', 'hello'));
    await until(async () => (await seen()).includes('last'));
    expect(await seen()).toEqual([...keys, 'last']);
    expect(await left()).toEqual([]);
    await node.stop();
    await redis.stop();
  });

  async function waitingLocks(): Promise<number> {
    const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM pg_locks
      WHERE locktype = 'advisory' AND NOT granted`.execute(db);
    return rows[0]?.n ?? 0;
  }
});
