import type { SessionMove } from '../../../content/serving/serving-state';
import { CHANGING } from '../../../contract/operations';
import type { Understanding } from '../../../contract/understanding';
import { newDialogState } from '../../../dialogs/advance';
import { fitPlaces, framesAt } from '../../../dialogs/fit-places';
import { SILENCE_TIMER } from '../../../dialogs/turn';
import { handOver } from '../change-owner';
import { converse, offerOrder, withdrawCalls } from '../converse';
import { dialogName } from '../offer';
import { pinnedVersion } from '../sessions';
import { addRecord, cancelTimer, isBotAnswering, localeOf, speakPattern, type Work } from '../work';

/**
 * A session leaves its version when whoever published another has chosen so. It happens in the session's next turn and
 * is committed with it: exactly once, or not at all. What waits for the world outside is waited for first, on the
 * version that asked.
 */

const framesOf = ({ state }: Work) => state.dialog?.frames ?? [];

/** How this session leaves its version; null when it stays, is over, or a human has it. */
function moveOf(work: Work): SessionMove | null {
  const { settings, state, entry } = work;
  const version = state.session?.contentVersion;
  if (version === undefined || !isBotAnswering(state)) return null;
  return settings.moveOf?.(version, entry.at) ?? null;
}

function goTo(work: Work, to: string): void {
  const { state } = work;
  if (!state.session) return;
  const before = state.session.contentVersion;
  work.content = work.settings.pickContent(to, state);
  state.session = { ...state.session, contentVersion: to };
  addRecord(work, 'session', { id: state.session.id, event: 'changed-version', contentVersion: to, before });
}

/**
 * Before a message is read: a session without an open dialog just goes over; one with a dialog goes on at the same
 * place of the other version, if there is one.
 */
export function migrate(work: Work): void {
  const { state, entry, content, settings } = work;
  if (pinnedVersion(state, entry.at) === null) return;
  const move = moveOf(work);
  if (!move) return;
  const frames = framesOf(work);
  if (frames.length === 0) return goTo(work, move.to);
  if (move.kind !== 'migrate' || !state.dialog || isInBetween(work)) return;
  const { dialogs } = settings.pickContent(move.to, state);
  const places = fitPlaces(content.dialogs, dialogs, { places: frames, map: move.map });
  if (!places) return;
  goTo(work, move.to);
  state.dialog = { ...state.dialog, frames: framesAt(dialogs, frames, places) };
}

/** An outcome is on its way, or a question that is no step of a dialog is open. */
const isInBetween = ({ state }: Work): boolean =>
  (state.dialog?.frames.some(({ waiting }) => waiting !== null) ?? false) ||
  (state.dialog?.clarifying ?? null) !== null;

/** What is said in these cases must not wait for a dialog that begins anew. */
const FIRST = ['cancel', 'talk-to-human', 'restart'];
const comesFirst = ({ danger, intents }: Understanding): boolean =>
  danger !== null || intents.some(({ intent }) => FIRST.includes(intent));

/**
 * A dialog that cannot go on where it stands begins anew, with what is known already; what the customer has just said
 * counts. True when it did: the message is dealt with. `understandAnew` reads the message by the other version.
 */
export function renew(
  work: Work,
  understanding: Understanding,
  understandAnew: () => Understanding,
): boolean {
  const { state, entry } = work;
  if (framesOf(work).length === 0 || pinnedVersion(state, entry.at) === null) return false;
  const move = moveOf(work);
  if (!move) return false;
  const isStop = move.isStop === true;
  if (comesFirst(understanding) || (!isStop && isInBetween(work))) return false;
  beginAnew(work, move, (dialog) => {
    const intent = work.content.dialogs.dialogs.get(dialog)?.intents[0];
    if (intent === undefined) return converse(work, { type: 'start', dialog });
    const read = understandAnew();
    const others = read.intents.filter((each) => work.content.dialogs.byIntent.get(each.intent) !== dialog);
    const intents = [{ intent, probability: 1 }, ...others];
    converse(work, {
      type: 'utterance',
      understanding: { ...read, intents, candidates: [], isClose: false },
      hasAttachment: false,
    });
  });
  return true;
}

/** A version that was stopped says nothing more, not even about an outcome that it waited for. True when it was. */
export function leaveStopped(work: Work): boolean {
  const move = moveOf(work);
  if (!move?.isStop) return false;
  if (framesOf(work).length === 0) {
    goTo(work, move.to);
    return false;
  }
  beginAnew(work, move, (dialog) => converse(work, { type: 'start', dialog }));
  return true;
}

/** What changes something at the operator may have gone through: a human looks, and nothing is asked for twice. */
const isChanging = (work: Work): boolean =>
  framesOf(work).some(
    ({ waiting }) =>
      waiting !== null && (CHANGING.has(waiting.operation) || waiting.operation.startsWith('work-order.')),
  );

function beginAnew(work: Work, { to }: SessionMove, begin: (dialog: string) => void): void {
  const { state } = work;
  const before = state.dialog ?? newDialogState(localeOf(work));
  const [first] = before.frames;
  const changing = isChanging(work);
  const name = dialogName(work, first?.dialog ?? '');
  withdrawCalls(work);
  cancelTimer(work, SILENCE_TIMER);
  state.heldResults = [];
  goTo(work, to);
  const { shared, serial, greetedAt, lastReplies, queuedIntents, keptQuestions } = before;
  const queued = queuedIntents.filter((intent) => work.content.dialogs.byIntent.has(intent));
  const kept = { shared, serial, greetedAt, lastReplies, keptQuestions, queuedIntents: queued };
  state.dialog = { ...newDialogState(before.locale), ...kept };
  if (first && !changing && work.content.dialogs.dialogs.has(first.dialog)) {
    speakPattern(work, 'process-renewed', { dialog: name, isKept: Object.keys(shared).length > 0 });
    return begin(first.dialog);
  }
  speakPattern(work, 'process-gone', { dialog: name });
  handOver(work, { reason: 'content-changed', priority: 'normal', resumeAt: null }, (isAsked) =>
    offerOrder(work, isAsked),
  );
}
