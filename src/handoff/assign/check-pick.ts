import type { Offer } from '../../contract/desk';
import { AppError } from '../../errors';
import type { Routing } from '../routing/routing';
import type { AgentState } from './agent-roster';

export interface Picking {
  /** Null for whoever has not said anything yet: they have no capacity to go beyond. */
  agent: Pick<AgentState, 'openCount' | 'presence'> | null;
  offers: Offer[];
  conversationId: string;
  /** In danger nobody is asked for reasons. */
  isDanger: boolean;
  reason: string | null;
}

/**
 * Whether somebody may take a conversation from the queue by themselves. Answers true when it is beyond their capacity, and the
 * reason is to be written down. Throws `reason-needed`, or `conflict` where the policy refuses it.
 */
export function checkPick(
  { agent, offers, conversationId, isDanger, reason }: Picking,
  { pickBeyondCapacity: policy }: { pickBeyondCapacity: Routing['pickBeyondCapacity'] },
): boolean {
  const isOffered = offers.some((offer) => offer.conversationId === conversationId);
  if (agent === null || isOffered || agent.openCount < agent.presence.capacity) return false;
  if (isDanger || policy === 'allow') return false;
  const full = `You have ${agent.openCount} conversations and take ${agent.presence.capacity} at once. Nothing was changed`;
  if (policy === 'refuse') throw new AppError('conflict', `${full}: finish one, or raise your number.`);
  if (reason === null) throw new AppError('reason-needed', `${full}: say why you take one more.`);
  return true;
}
