import type { ConversationState } from '../../contract/conversation';
import type { AgentQueue } from '../agent-queue';

export interface RepairDependencies {
  queue: Pick<AgentQueue, 'owners' | 'remove'>;
  /** Null for a conversation that the store does not know (any more). */
  readState: (conversationId: string) => Promise<ConversationState | null>;
  countsInWrapUp: boolean;
}

/**
 * Compares some of those that agents are counted to have with what the conversations themselves say, and mends what
 * differs: the epochs decide, so that a mending that comes late undoes nothing. Answers where to go on, and how many
 * were mended.
 */
export async function repairLoads(
  { queue, readState, countsInWrapUp }: RepairDependencies,
  cursor: string,
): Promise<{ cursor: string; mended: number }> {
  const page = await queue.owners(cursor);
  let mended = 0;
  for (const { conversationId, agentId, epoch: noted } of page.owners) {
    const ownership = (await readState(conversationId))?.ownership;
    const { owner, epoch = noted } = ownership ?? {};
    const isTheirs = owner === 'human' || (owner === 'wrap-up' && countsInWrapUp);
    const actual = isTheirs ? (ownership?.agentId ?? null) : null;
    // What waits is put in at a newer epoch by its own command.
    if (actual === agentId || owner === 'queued') continue;
    await queue.remove(conversationId, epoch, actual);
    mended += 1;
  }
  return { cursor: page.cursor, mended };
}
