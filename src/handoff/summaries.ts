import type { ConversationState } from '../contract/conversation';
import type { AppliedClock } from '../contract/sla';
import { maskPhones } from './mask-personal';

/** When a clock is due, if it runs; `explainClock` of `sla/` knows. */
export type DueOf = (clock: AppliedClock) => { status: string; dueAt: number | null };

/** The nearest moment at which something that was promised about the conversation lapses; null while nothing runs. */
export function nextDueOf({ clocks }: Pick<ConversationState, 'clocks'>, dueOf: DueOf): number | null {
  const due = clocks
    .map(dueOf)
    .flatMap(({ status, dueAt }) => (status === 'running' && dueAt ? [dueAt] : []));
  return due.length > 0 ? Math.min(...due) : null;
}

/** A conversation as a row of the agent's own list. `position` is that of its newest line. */
export function summaryOf(state: ConversationState, position: number, dueOf: DueOf) {
  const { conversationId, channel, ownership, dialog, lastText, clocks } = state;
  const { owner, since, priority, reason } = ownership;
  return {
    conversationId,
    channel,
    owner,
    since,
    priority,
    reason,
    dialog: dialog?.frames[0]?.dialog ?? null,
    lastText: maskPhones(lastText),
    position,
    dueAt: nextDueOf(state, dueOf),
    /** The clock of a human's reply runs from the customer's word until ours. */
    isWaiting: clocks.some(
      (clock) => clock.subject.endsWith('human-reply') && dueOf(clock).status === 'running',
    ),
  };
}
