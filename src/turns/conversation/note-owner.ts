import type { Ownership } from '../../contract/conversation';
import { agentEvents } from '../../contract/handoff';
import { note, type Work } from './work';

/** Tells clients who has the conversation, after all that the turn said: at each change of hands, and never else. */
export function noteOwner(work: Work, before: Ownership): void {
  const { owner, isBotServing, epoch, agentId } = work.state.ownership;
  const isAnother =
    owner !== before.owner || isBotServing !== before.isBotServing || agentId !== before.agentId;
  const hasChanged = epoch !== before.epoch && isAnother;
  if (!hasChanged) return;
  note(work, 'handoff.status', { owner, isBotServing, agentName: owner === 'human' ? nameOf(work) : null });
}

/** The agent who has just claimed it, or taken it over; their id is nobody's business. */
function nameOf({ entry }: Work): string | null {
  const { name, value } = entry.activity;
  if (name !== 'agent.claim' && name !== 'agent.take-over') return null;
  return agentEvents['agent.claim'].safeParse(value).data?.agentName ?? null;
}
