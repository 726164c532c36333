import { may, type Worker } from '../accounts/permissions';
import type { ConversationState } from '../contract/conversation';
import { AppError } from '../errors';

/**
 * Who works here reads what waits and what is theirs; who leads, manages or audits reads all. Throws `forbidden` for everything
 * else.
 */
export function checkMayRead(worker: Worker, { ownership }: ConversationState): void {
  if (may(worker, 'conversations.read-all')) return;
  if (ownership.owner === 'queued' || ownership.agentId === worker.id) return;
  throw new AppError('forbidden', 'This conversation is not waiting and not yours, so it is not shown.');
}
