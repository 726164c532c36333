import type { ConversationState } from '../../contract/conversation';
import { newDialogState } from '../../dialogs/advance';
import { endHelp } from './customer';
import { addRecord, cancelTimer, localeOf, type Work } from './work';

const HOUR_MS = 3600_000;
/** A session without an open dialog ends after so long without a word. */
const IDLE_MS = 24 * HOUR_MS;
/** One with an open dialog can be gone on with for so long. */
const OPEN_MS = 30 * 24 * HOUR_MS;

const isBotsTurn = ({ ownership }: ConversationState): boolean =>
  ownership.owner === 'bot' || ownership.owner === 'wrap-up';

/** True when what the customer says belongs to the session that there is. */
function goesOn(state: ConversationState, now: number): boolean {
  const { session, dialog } = state;
  if (!session) return false;
  // While a human has it, or it waits for one, it is one concern.
  if (!isBotsTurn(state)) return true;
  const isOpen = (dialog?.frames.length ?? 0) > 0;
  if (isOpen) return now - session.lastAt < OPEN_MS;
  return session.endedAt === null && now - session.lastAt < IDLE_MS;
}

/** The version that the session of an activity is pinned to; null for the one that new sessions get. */
export const pinnedVersion = (state: ConversationState, now: number): string | null =>
  goesOn(state, now) ? (state.session?.contentVersion ?? null) : null;

/**
 * Goes on with the session, or begins one: content version of today, an empty stack. What the customer has said of
 * himself within a day stays known, and so does the language. Serials go on, so that a late result finds no new frame.
 */
export function enterSession(work: Work): void {
  const { state, entry, content } = work;
  const before = state.session;
  if (before && goesOn(state, entry.at)) {
    state.session = { ...before, lastAt: entry.at };
    return;
  }
  const fresh = newDialogState(localeOf(work));
  const isRecent = before === null || entry.at - before.lastAt < IDLE_MS;
  const { shared, greetedAt, serial, lastReplies } = state.dialog ?? fresh;
  const kept = isRecent ? { shared, greetedAt, lastReplies } : {};
  for (const frame of state.dialog?.frames ?? []) {
    if (frame.waiting) cancelTimer(work, frame.waiting.timerId);
  }
  state.dialog = { ...fresh, ...kept, serial };
  state.heldResults = [];
  state.customer = endHelp(state.customer);
  const session = { id: entry.turnId, contentVersion: content.version, startedAt: entry.at };
  state.session = { ...session, lastAt: entry.at, endedAt: null };
  addRecord(work, 'session', { event: 'started', channel: state.channel, ...session });
}
