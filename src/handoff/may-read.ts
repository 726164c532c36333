import { may, type Worker } from '../accounts/permissions';
import type { ConversationState } from '../contract/conversation';
import { AppError } from '../errors';

/**
 * Who works here reads what waits, what is theirs and what they were asked into; who leads, manages or audits reads all.
 * Whom a note names besides is not in the state: `createReadFor` looks there.
 */
export function mayRead(
  worker: Worker,
  { ownership, guests = [] }: Pick<ConversationState, 'ownership' | 'guests'>,
): boolean {
  if (may(worker, 'conversations.read-all')) return true;
  if (ownership.owner === 'queued' || ownership.agentId === worker.id) return true;
  return guests.some(({ agentId }) => agentId === worker.id);
}

/** Reads a state for somebody who wants to see it. Throws `forbidden` to whom it is not shown, and what `read` throws. */
export const createReadFor =
  (
    read: (conversationId: string) => Promise<ConversationState>,
    /** Whether a note about a conversation has lately named somebody: then they may read it. */
    isNamed: (accountId: string, conversationId: string) => Promise<boolean>,
  ) =>
  async (worker: Worker, conversationId: string): Promise<ConversationState> => {
    const state = await read(conversationId);
    if (mayRead(worker, state) || (await isNamed(worker.id, conversationId))) return state;
    throw new AppError(
      'forbidden',
      'This conversation is not waiting and not yours, so it is not shown. Ask whoever has it to invite you.',
    );
  };
