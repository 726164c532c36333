import { randomUUID } from 'node:crypto';
import type { RedisClient } from '../turns/redis';
import type { Assignments } from './assignments';
import { expectedKey, loadQueueScripts } from './queue-scripts';

/** Assignments as one hash for each agent: conversation → `<at>|<random>`. */
export function createRedisAssignments(redis: RedisClient): Assignments {
  const run = loadQueueScripts(redis);
  return {
    async expect(agentId, conversationId) {
      await redis.hset(expectedKey(agentId), conversationId, `${Date.now()}|${randomUUID()}`);
    },
    async read(agentId) {
      const marks = await redis.hgetall(expectedKey(agentId));
      return Object.entries(marks).map(([conversationId, mark]) => ({
        conversationId,
        mark,
        at: Number(mark.split('|')[0]),
      }));
    },
    async drop(agentId, { conversationId, mark }) {
      await run('drop', [expectedKey(agentId)], [conversationId, mark]);
    },
  };
}
