import { z } from 'zod';
import { queueItemSchema } from '../contract/handoff';
import type { AgentQueue } from './agent-queue';
import type { Assignments } from './assignments';

/** The newest ownership of a conversation, as its turn recorded it. */
export const ownershipFactSchema = z.object({
  conversationId: z.string(),
  value: queueItemSchema.omit({ conversationId: true, reason: true }).extend({
    owner: z.enum(['bot', 'queued', 'human', 'wrap-up']),
    agentId: z.string().nullable(),
    reason: z.string().nullable(),
  }),
});
export type OwnershipFact = z.infer<typeof ownershipFactSchema>;

export interface RebuildDependencies {
  queue: AgentQueue;
  assignments: Assignments;
  /** The newest ownership of every conversation that waits, or that an agent has. */
  readOwnerships: () => Promise<unknown[]>;
  /** False for a conversation that the store has lost: nobody could take it. */
  isKnown: (conversationId: string) => Promise<boolean>;
}

export interface Rebuilt {
  put: number;
  /** Facts that do not read as an ownership: a fault, but none that may keep the others out. */
  unreadable: number;
}

/**
 * Fills the queue of a fresh or emptied Redis from what turns have recorded. What happened since goes on reaching the
 * queue as commands, and the epochs decide: neither undoes the other.
 */
export async function rebuildQueue(deps: RebuildDependencies): Promise<Rebuilt> {
  const rows = (await deps.readOwnerships()).map((row) => ownershipFactSchema.safeParse(row));
  const facts = rows.flatMap(({ data }) => (data ? [data] : []));
  let put = 0;
  for (const fact of facts) {
    if (await deps.isKnown(fact.conversationId)) put += await restore(deps, fact);
  }
  await deps.queue.markBuilt();
  return { put, unreadable: rows.length - facts.length };
}

async function restore({ queue, assignments }: RebuildDependencies, fact: OwnershipFact): Promise<0 | 1> {
  const { conversationId } = fact;
  const { owner, agentId, reason, ...item } = fact.value;
  if (owner === 'queued') {
    await queue.put({ ...item, conversationId, reason: reason ?? '' });
    return 1;
  }
  if (agentId === null) return 0;
  await assignments.expect(agentId, conversationId);
  if (owner === 'human')
    await queue.remove(conversationId, item.epoch, agentId.includes(':') ? null : agentId);
  return 0;
}

/** Rebuilds the queue when it is not there; null when it was. */
export async function ensureQueue(deps: RebuildDependencies): Promise<Rebuilt | null> {
  return (await deps.queue.isBuilt()) ? null : rebuildQueue(deps);
}
