import { z } from 'zod';
import type { Offer } from '../../contract/desk';
import { queueItemSchema } from '../../contract/handoff';
import type { RedisClient } from '../../turns/redis';
import { loadQueueScripts, QUEUE_PREFIX } from '../queue-scripts';
import type { Routing } from '../routing/routing';
import type { Assigner, AssignmentNews } from './assigner';
import { assignmentPolicy } from './assignment-policy';

const flatSchema = z.array(z.string());

/** The rows of an answer that is flat, each of so many values. */
const rowsOf = (answer: unknown, width: number): string[][] => {
  const flat = flatSchema.parse(answer);
  return flat.flatMap((_, i) => (i % width === 0 ? [flat.slice(i, i + width)] : []));
};

function newsOf([kind, conversationId = '', agentId = '', untilAt = '0']: string[]): AssignmentNews {
  if (kind === 'offered') return { type: 'offered', conversationId, agentId, untilAt: Number(untilAt) };
  return kind === 'lapsed' ? { type: 'lapsed', conversationId, agentId } : { type: 'away', agentId };
}

/** `{now, untilAt, item, untilAt, item, …}` */
function readOffers(answer: unknown): Offer[] {
  const [now = '0', ...rest] = flatSchema.parse(answer);
  return rowsOf(rest, 2).map(([untilAt = '0', json = '']) => {
    const item = queueItemSchema.parse(JSON.parse(json));
    const waitingSeconds = Math.max(0, Math.floor((Number(now) - item.since) / 1000));
    return { ...item, untilAt: Number(untilAt), waitingSeconds };
  });
}

/** Assignment as one script on the queue's slot: several nodes may call it at once, and none assigns twice. */
export function createRedisAssigner(redis: RedisClient): Assigner {
  const run = loadQueueScripts(redis);
  const all = [QUEUE_PREFIX];
  const written = new WeakMap<Routing, string>();
  const policyOf = (routing: Routing): string => {
    const policy = written.get(routing) ?? assignmentPolicy(routing);
    written.set(routing, policy);
    return policy;
  };
  return {
    async assign(routing, limit) {
      return rowsOf(await run('assign', all, [policyOf(routing), limit]), 4).map(newsOf);
    },
    offersOf: async (agentId) => readOffers(await run('offers', all, [agentId])),
    async decline(conversationId, agentId, notAgainMs) {
      return (await run('free', all, [conversationId, agentId, notAgainMs])) === 1;
    },
    async lost(graceMs) {
      return rowsOf(await run('lost', all, [graceMs]), 3).map(
        ([agentId = '', conversationId = '', epoch = '0']) => ({
          agentId,
          conversationId,
          epoch: Number(epoch),
        }),
      );
    },
  };
}
