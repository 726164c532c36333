import { z } from 'zod';
import { queueItemSchema } from '../contract/handoff';
import type { RedisClient } from '../turns/redis';
import {
  type AgentQueue,
  type NotedOwner,
  type QueueEntry,
  type QueueLine,
  RESERVE_MS,
  SERVED_MS,
} from './agent-queue';
import { scoreOf } from './queue-rules';
import { queueKeys as keys, loadQueueScripts, QUEUE_PREFIX } from './queue-scripts';

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

/** The first of a line of whom it is known how many are before them. */
const LINE_LIMIT = 200;

const linesSchema = z.array(z.tuple([z.string(), z.string(), z.string(), z.string(), z.array(z.string())]));

const readLines = (groups: string[], answer: unknown): QueueLine[] =>
  linesSchema.parse(answer).map(([onDuty, waiting, served, within, conversationIds], i) => ({
    group: groups[i] ?? '',
    onDuty: Number(onDuty),
    waiting: Number(waiting),
    served: Number(served),
    servedWithinMs: Number(within),
    conversationIds,
  }));

/** `{conversation, epoch|agent, …}` */
const readOwners = (flat: string[]): NotedOwner[] =>
  flat.flatMap((conversationId, i) => {
    if (i % 2 === 1) return [];
    const [, epoch = '0', agentId = ''] = /^(\d+)\|(.*)$/.exec(flat[i + 1] ?? '') ?? [];
    return [{ conversationId, agentId, epoch: Number(epoch) }];
  });

/** The AgentQueue on Redis 7 or later, single or Cluster; all of it in one slot. */
export function createRedisAgentQueue(redis: RedisClient): AgentQueue {
  const run = loadQueueScripts(redis);
  const all = [QUEUE_PREFIX];
  return {
    async put(item) {
      const { conversationId, epoch, group, locale } = item;
      const lane = `${group}|${locale}`;
      await run('put', all, [conversationId, epoch, scoreOf(item), JSON.stringify(item), lane]);
    },
    async remove(conversationId, epoch, agentId) {
      const agent = agentId === undefined ? '?' : (agentId ?? '');
      await run('remove', all, [conversationId, epoch, TOMBSTONE_MS, agent, SERVED_MS]);
    },
    async list(limit) {
      return readList(rowsSchema.parse(await run('list', [keys.order, keys.items, keys.holds], [limit])));
    },
    async position(conversationId) {
      const rank = await redis.zrank(keys.order, conversationId);
      return rank === null ? null : rank + 1;
    },
    async place(conversationId) {
      const lane = await redis.hget(keys.lanes, conversationId);
      if (lane === null) return null;
      const group = lane.slice(0, lane.lastIndexOf('|'));
      const rank = await redis.zrank(`${QUEUE_PREFIX}wait:${group}`, conversationId);
      return rank === null ? null : { group, position: rank + 1 };
    },
    async lines(groups) {
      return readLines(groups, await run('picture', all, [SERVED_MS, LINE_LIMIT, ...groups]));
    },
    async reserve(conversationId, agentId) {
      const answer = await run('reserve', all, [conversationId, agentId, RESERVE_MS]);
      return z.enum(['reserved', 'taken', 'gone']).parse(answer);
    },
    async free(conversationId, agentId) {
      await run('free', all, [conversationId, agentId, 0]);
    },
    async notePresence(agentId, sign) {
      await run('presence', all, [sign, agentId, '', '', 0]);
    },
    async onlineAgents() {
      return rowsSchema.parse(await run('presence', all, ['', '', '', '', 0]));
    },
    async owners(cursor) {
      const [next, flat] = await redis.hscan(keys.owners, cursor, 'COUNT', 50);
      return { cursor: next, owners: readOwners(flat) };
    },
    async isBuilt() {
      return (await redis.exists(keys.built)) === 1;
    },
    async markBuilt() {
      await redis.set(keys.built, '1');
    },
  };
}
