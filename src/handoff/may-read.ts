import type { Account } from '../accounts/account';
import type { ConversationState } from '../contract/conversation';
import { AppError } from '../errors';

/**
 * Agents read what waits and what is theirs; who leads, manages or audits reads all. Throws `forbidden` for everything
 * else.
 */
export function checkMayRead({ id, role }: Account, { ownership }: ConversationState): void {
  if (role !== 'agent' || ownership.owner === 'queued' || ownership.agentId === id) return;
  throw new AppError('forbidden', 'This conversation is not waiting and not yours, so it is not shown.');
}
