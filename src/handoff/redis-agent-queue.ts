import { z } from 'zod';
import { queueItemSchema } from '../contract/handoff';
import type { RedisClient } from '../turns/redis';
import { type AgentQueue, ONLINE_MS, type QueueEntry, RESERVE_MS } from './agent-queue';
import { scoreOf } from './queue-rules';
import { queueKeys as keys, loadQueueScripts } from './queue-scripts';

/** Longer than any worker can stall and still carry out a command that it read before. */
const TOMBSTONE_MS = 24 * 3600_000;

const rowsSchema = z.array(z.string());

/** `{now, item, holder, item, holder, …}` */
function readList([now = '0', ...rows]: string[]): QueueEntry[] {
  return rows.flatMap((json, i) => {
    if (i % 2 === 1) return [];
    const item = queueItemSchema.parse(JSON.parse(json));
    const waitingSeconds = Math.max(0, Math.floor((Number(now) - item.since) / 1000));
    return [{ ...item, position: i / 2 + 1, waitingSeconds, reservedBy: rows[i + 1] || null }];
  });
}

/** The AgentQueue on Redis 7 or later, single or Cluster; all of it in one slot. */
export function createRedisAgentQueue(redis: RedisClient): AgentQueue {
  const run = loadQueueScripts(redis);
  const placed = [keys.order, keys.items, keys.epochs, keys.tombstones];
  const presence = [keys.seen, keys.away];
  return {
    async put(item) {
      const { conversationId, epoch } = item;
      await run('put', placed, [conversationId, epoch, scoreOf(item), JSON.stringify(item)]);
    },
    async remove(conversationId, epoch) {
      await run(
        'remove',
        [...placed, keys.tombstonesByTime, keys.holds],
        [conversationId, epoch, TOMBSTONE_MS],
      );
    },
    async list(limit) {
      return readList(rowsSchema.parse(await run('list', [keys.order, keys.items, keys.holds], [limit])));
    },
    async position(conversationId) {
      const rank = await redis.zrank(keys.order, conversationId);
      return rank === null ? null : rank + 1;
    },
    async reserve(conversationId, agentId) {
      const answer = await run('reserve', [keys.order, keys.holds], [conversationId, agentId, RESERVE_MS]);
      return z.enum(['reserved', 'taken', 'gone']).parse(answer);
    },
    async free(conversationId, agentId) {
      await run('free', [keys.holds], [conversationId, agentId]);
    },
    async notePresence(agentId, sign) {
      await run('presence', presence, [ONLINE_MS, sign, agentId]);
    },
    async onlineAgents() {
      return rowsSchema.parse(await run('presence', presence, [ONLINE_MS, '', '']));
    },
    async isBuilt() {
      return (await redis.exists(keys.built)) === 1;
    },
    async markBuilt() {
      await redis.set(keys.built, '1');
    },
  };
}
