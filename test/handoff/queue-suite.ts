import type { QueueItem } from '../../src/contract/handoff';
import type { AgentQueue } from '../../src/handoff/agent-queue';
import { emptyQueue, inOrder, putItem, removeItem } from '../../src/handoff/queue-rules';
import { createRedisAgentQueue } from '../../src/handoff/redis-agent-queue';
import { connectRedis, type RedisClient } from '../../src/turns/redis';
import { SEED, seededRandom } from '../support/size';

export const itemOf = (conversationId: string, epoch: number, rest: Partial<QueueItem> = {}): QueueItem => ({
  conversationId,
  epoch,
  priority: 'normal',
  since: 1_795_000_000_000,
  reason: 'asked',
  channel: 'web',
  dialog: null,
  lastText: '转人工',
  group: 'general',
  locale: 'zh',
  ...rest,
});

/** Empties the queue; all of it is in one slot. */
export async function forgetQueue(redis: RedisClient): Promise<void> {
  const nodes = 'nodes' in redis ? redis.nodes('master') : [redis];
  const keys = (await Promise.all(nodes.map((node) => node.keys('{queue}:*')))).flat();
  if (keys.length > 0) await redis.del(...keys);
}

/** Time passes for Redis only by its own clock: what was held or seen is made older instead. */
export async function age(redis: RedisClient, ms: number): Promise<void> {
  const holds = await redis.hgetall('{queue}:holds');
  for (const [id, hold] of Object.entries(holds)) {
    const [untilAt, agent] = hold.split('|');
    await redis.hset('{queue}:holds', id, `${Number(untilAt) - ms}|${agent}`);
  }
  for (const key of ['{queue}:seen', '{queue}:tombstones-at', '{queue}:holds-at', '{queue}:lost']) {
    for (const member of await redis.zrange(key, 0, '-1')) await redis.zincrby(key, -ms, member);
  }
}

/** The behaviour of the agents' queue, run against a single Redis and once more against a cluster. */
export function describeQueue(name: string, url: () => string): void {
  describe(`the agents' queue on ${name}`, () => {
    let redis: RedisClient;
    let queue: AgentQueue;
    beforeAll(() => {
      redis = connectRedis(url());
      queue = createRedisAgentQueue(redis);
    });
    afterAll(() => redis.disconnect());
    beforeEach(async () => {
      await forgetQueue(redis);
    });

    const ids = async () => (await queue.list(100)).map(({ conversationId }) => conversationId);

    it('orders by danger, high, normal, and by the wait within one', async () => {
      await queue.put(itemOf('n2', 1, { since: 2000 }));
      await queue.put(itemOf('n1', 1, { since: 1000 }));
      await queue.put(itemOf('h', 1, { since: 3000, priority: 'high' }));
      await queue.put(itemOf('d', 1, { since: 4000, priority: 'danger' }));
      expect(await ids()).toEqual(['d', 'h', 'n1', 'n2']);
      expect(await queue.position('n1')).toBe(3);
      expect(await queue.position('nobody')).toBeNull();
      expect(await queue.list(1)).toMatchObject([{ conversationId: 'd', position: 1, reservedBy: null }]);
    });

    it('answers how long each has been waiting', async () => {
      const [seconds] = (await redis.time()) as unknown as [string];
      await queue.put(itemOf('c', 1, { since: (Number(seconds) - 90) * 1000 }));
      const [entry] = await queue.list(10);
      expect(entry?.waitingSeconds).toBeGreaterThanOrEqual(90);
      expect(entry?.waitingSeconds).toBeLessThan(95);
    });

    it('takes a newer epoch in the place of an older one, never the other way round', async () => {
      await queue.put(itemOf('c', 2, { priority: 'high' }));
      await queue.put(itemOf('c', 1));
      await queue.put(itemOf('c', 2));
      expect(await queue.list(10)).toMatchObject([{ epoch: 2, priority: 'high' }]);
      await queue.put(itemOf('c', 3, { priority: 'danger' }));
      expect(await queue.list(10)).toMatchObject([{ epoch: 3, priority: 'danger' }]);
    });

    it('keeps what was put in again since a late removal', async () => {
      await queue.put(itemOf('c', 3));
      await queue.remove('c', 2);
      expect(await ids()).toEqual(['c']);
      await queue.remove('c', 3);
      expect(await ids()).toEqual([]);
    });

    it('keeps out what is put late, after a removal of the same or a newer epoch', async () => {
      await queue.remove('c', 2);
      await queue.put(itemOf('c', 1));
      await queue.put(itemOf('c', 2));
      expect(await ids()).toEqual([]);
      await queue.put(itemOf('c', 3));
      expect(await ids()).toEqual(['c']);
    });

    it('forgets after a day that a conversation left', async () => {
      await queue.remove('c', 5);
      await age(redis, 25 * 3600_000);
      await queue.remove('other', 1);
      expect(await redis.hgetall('{queue}:tombstones')).toEqual({ other: '1' });
    });

    it('follows the pure rules over random commands', async () => {
      const random = seededRandom(SEED);
      const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
      let model = emptyQueue;
      for (let i = 0; i < 400; i += 1) {
        const id = pick(['a', 'b', 'c', 'd']);
        const epoch = Math.floor(random() * 12);
        const item = itemOf(id, epoch, {
          priority: pick(['normal', 'high', 'danger']),
          since: 1000 + Math.floor(random() * 3),
        });
        if (random() < 0.6) {
          model = putItem(model, item);
          await queue.put(item);
        } else {
          const agentId = pick(['anna', 'ben', null, undefined]);
          model = removeItem(model, id, epoch, agentId);
          await queue.remove(id, epoch, agentId);
        }
        if (epoch === 11) {
          // Otherwise every conversation would soon be past its last epoch.
          model = emptyQueue;
          await forgetQueue(redis);
        }
        const held = (await queue.list(10)).map(({ conversationId, epoch: at }) => `${conversationId}@${at}`);
        expect(held).toEqual(
          inOrder(model).map(({ conversationId, epoch: at }) => `${conversationId}@${at}`),
        );
        const { owners } = await queue.owners('0');
        const noted = owners.map(
          ({ conversationId, agentId, epoch: at }) => `${conversationId}@${at} ${agentId}`,
        );
        const expected = [...model.owners].map(
          ([owned, { agentId, epoch: at }]) => `${owned}@${at} ${agentId}`,
        );
        expect(noted.sort()).toEqual(expected.sort());
      }
    });

    it('reserves for one agent, who may ask again, for ten seconds', async () => {
      await queue.put(itemOf('c', 1));
      expect(await queue.reserve('c', 'anna')).toBe('reserved');
      expect(await queue.reserve('c', 'anna')).toBe('reserved');
      expect(await queue.reserve('c', 'ben')).toBe('taken');
      expect(await queue.list(10)).toMatchObject([{ reservedBy: 'anna' }]);
      await age(redis, 9_000);
      expect(await queue.reserve('c', 'ben')).toBe('taken');
      await age(redis, 1_000);
      expect(await queue.list(10)).toMatchObject([{ reservedBy: null }]);
      expect(await queue.reserve('c', 'ben')).toBe('reserved');
    });

    it('gives a conversation to one of many who reserve at once', async () => {
      await queue.put(itemOf('c', 1));
      const agents = Array.from({ length: 20 }, (_, i) => `agent-${i}`);
      const answers = await Promise.all(agents.map((agent) => queue.reserve('c', agent)));
      expect(answers.filter((answer) => answer === 'reserved')).toHaveLength(1);
    });

    it('lets go only what the agent holds, and with the conversation', async () => {
      await queue.put(itemOf('c', 1));
      await queue.reserve('c', 'anna');
      await queue.free('c', 'ben');
      expect(await queue.reserve('c', 'ben')).toBe('taken');
      await queue.free('c', 'anna');
      expect(await queue.reserve('c', 'ben')).toBe('reserved');
      await queue.remove('c', 1);
      expect(await queue.reserve('c', 'anna')).toBe('gone');
      await queue.put(itemOf('c', 2));
      expect(await queue.reserve('c', 'anna')).toBe('reserved');
    });

    it('knows who is online: seen within thirty seconds, and not away', async () => {
      await queue.notePresence('anna', 'seen');
      await queue.notePresence('ben', 'online');
      expect((await queue.onlineAgents()).sort()).toEqual(['anna', 'ben']);
      await age(redis, 20_000);
      await queue.notePresence('anna', 'seen');
      await age(redis, 10_000);
      expect(await queue.onlineAgents()).toEqual(['anna']);
      await queue.notePresence('anna', 'away');
      await queue.notePresence('anna', 'seen');
      expect(await queue.onlineAgents()).toEqual([]);
      await queue.notePresence('anna', 'online');
      expect(await queue.onlineAgents()).toEqual(['anna']);
    });
  });
}
