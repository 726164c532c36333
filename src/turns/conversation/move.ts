import type { z } from 'zod';
import { type Bundle, customerEvents, type Give } from '../../contract/customers';
import type { DialogState, Frame } from '../../contract/dialog';
import { CHANGING } from '../../contract/operations';
import { newDialogState } from '../../dialogs/advance';
import { type DialogSet, SEALED_ENTITIES } from '../../dialogs/schema';
import { SILENCE_TIMER } from '../../dialogs/turn';
import { converse, endSession, withdrawCalls } from './converse';
import { elsewhereOf, noteElsewhere } from './customer';
import { channelName, dialogName, offerUnfinished } from './offer';
import {
  addCommand,
  addRecord,
  cancelTimer,
  isBotAnswering,
  localeOf,
  speakPattern,
  type Work,
} from './work';

/**
 * An open dialog moves between two conversations of a customer. The turn that gives it away takes it out of its state
 * and puts it into a command, in one commit; the turn that receives it takes it from the event into its state, in one
 * commit. So it is in one place at any time, and nobody can go on with it twice.
 */

/** Moves that are remembered, so that what comes back is known. */
const MOVES_KEPT = 20;

/** Another conversation of the customer wants the open dialog. */
export function onGive(work: Work, value: unknown): void {
  const give = customerEvents['session.give'].parse(value);
  if (elsewhereOf(work.state).gives !== null) return bring(work, give, null);
  noteElsewhere(work, { gives: give });
}

/** What is due between conversations, after everything else of the turn. */
export function settleMoves(work: Work): void {
  giveAway(work);
  takeUp(work);
  offerUnfinished(work);
}

/**
 * While an outcome is awaited nothing moves: it would find nobody, and what it has reserved would be lost. A question
 * whose answer is late is asked anew where the dialog goes on.
 */
function giveAway(work: Work): void {
  const { gives, given } = elsewhereOf(work.state);
  if (gives === null) return;
  const frames = work.state.dialog?.frames ?? [];
  const movable = movableFrames(work);
  const isHere = work.state.ownership.owner === 'bot' && movable.length > 0;
  if (isHere && frames.some(({ waiting }) => waiting !== null && !isAskedAnew(waiting))) return;
  noteElsewhere(work, { gives: null });
  const bundle = isHere ? bundleOf(work, movable) : null;
  bring(work, gives, bundle);
  if (bundle === null) return;
  noteElsewhere(work, { given: [...given, gives.moveId].slice(-MOVES_KEPT) });
  leave(work, gives, movable);
}

const isAskedAnew = ({ lateUntilAt, operation }: NonNullable<Frame['waiting']>): boolean =>
  lateUntilAt !== undefined && !CHANGING.has(operation);

/** The dialogs from the first on that may move; what was opened on top of them is over. */
const movableFrames = ({ state, content }: Work): Frame[] =>
  movableOf(content.dialogs, state.dialog?.frames ?? []);

export function movableOf({ dialogs }: Pick<DialogSet, 'dialogs'>, frames: Frame[]): Frame[] {
  const end = frames.findIndex(({ dialog }) => dialogs.get(dialog)?.isMovable !== true);
  return end < 0 ? frames : frames.slice(0, end);
}

/** A dialog as it leaves: secrets stay behind. */
export function withoutSecrets({ dialogs }: Pick<DialogSet, 'dialogs'>, frame: Frame): Frame {
  const isSealed = (slot: string) =>
    SEALED_ENTITIES.has(dialogs.get(frame.dialog)?.slots[slot]?.entity ?? '');
  return {
    ...frame,
    slots: Object.fromEntries(Object.entries(frame.slots).filter(([name]) => !isSealed(name))),
  };
}

function bundleOf({ state, content }: Work, frames: Frame[]): Bundle {
  return {
    contentVersion: state.session?.contentVersion ?? content.version,
    frames: frames.map((frame) => withoutSecrets(content.dialogs, frame)),
    shared: state.dialog?.shared ?? {},
    queuedIntents: state.dialog?.queuedIntents ?? [],
    keptQuestions: state.dialog?.keptQuestions ?? [],
  };
}

function bring(work: Work, { moveId, to }: Pick<Give, 'moveId' | 'to'>, bundle: Bundle | null): void {
  const from = work.state.conversationId;
  addCommand(work, { operation: 'dialog.bring', args: { moveId, to, from, isReturn: false, bundle } });
}

function leave(work: Work, { toChannel }: Give, [first]: Frame[]): void {
  const names = { dialog: dialogName(work, first?.dialog ?? ''), channel: channelName(work, toChannel) };
  const { dialog } = work.state;
  withdrawCalls(work);
  if (dialog)
    work.state.dialog = { ...dialog, frames: [], queuedIntents: [], keptQuestions: [], clarifying: null };
  cancelTimer(work, SILENCE_TIMER);
  endSession(work, 'moved');
  if (isBotAnswering(work.state)) speakPattern(work, 'moved-away', names);
}

/** A dialog arrives that was asked for, or comes back. */
export function onBring(work: Work, value: unknown): void {
  const brought = customerEvents['session.bring'].parse(value);
  const { moveId, bundle, isReturn } = brought;
  const { given, takes } = elsewhereOf(work.state);
  if (isReturn) {
    if (!given.includes(moveId)) return addRecord(work, 'late-result', { moveId, outcome: 'returned' });
    return noteElsewhere(work, { given: given.filter((id) => id !== moveId), parked: bundle });
  }
  const isAwaited = takes === moveId;
  if (isAwaited) noteElsewhere(work, { takes: null });
  // Who is no longer known to be the customer must not see what the other conversation holds.
  if (bundle !== null && (!isAwaited || !work.state.customer?.record)) sendBack(work, brought);
  else if (bundle !== null) return noteElsewhere(work, { parked: bundle });
  if (isAwaited && isBotAnswering(work.state)) speakPattern(work, 'nothing-to-take');
}

function sendBack(
  work: Work,
  { moveId, from, bundle }: z.infer<(typeof customerEvents)['session.bring']>,
): void {
  const args = { moveId, to: from, from: work.state.conversationId, isReturn: true, bundle };
  addCommand(work, { operation: 'dialog.bring', args });
}

/** Goes on with what has arrived, as soon as nothing else is open: on the content version that it was begun on. */
function takeUp(work: Work): void {
  const { state } = work;
  const { parked } = elsewhereOf(state);
  const isFree = (state.dialog?.frames.length ?? 0) === 0;
  if (parked === null || !isFree || !isBotAnswering(state)) return;
  work.content = work.settings.pickContent(parked.contentVersion, state);
  noteElsewhere(work, { parked: null, unfinished: null, offered: null });
  continueSession(work, parked.contentVersion);
  state.dialog = placed(state.dialog ?? newDialogState(localeOf(work)), parked, work.entry.at);
  speakPattern(work, 'back-to', { dialog: dialogName(work, parked.frames[0]?.dialog ?? '') });
  converse(work, { type: 'resume', dialog: null, step: null });
}

function continueSession(work: Work, contentVersion: string): void {
  const { state, entry } = work;
  const before = state.session?.endedAt === null ? state.session : null;
  const { id = entry.turnId, startedAt = entry.at } = before ?? {};
  state.session = { id, contentVersion, startedAt, lastAt: entry.at, endedAt: null };
  if (!before)
    addRecord(work, 'session', { event: 'started', channel: state.channel, id, contentVersion, startedAt });
}

/** Frames get names of this conversation: results of its own earlier calls must not find them. */
export function placed(
  here: DialogState,
  { frames, shared, queuedIntents, keptQuestions }: Omit<Bundle, 'contentVersion'>,
  at: number,
): DialogState {
  return {
    ...here,
    frames: frames.map((frame, i) => ({ ...frame, id: `f${here.serial + 1 + i}`, waiting: null })),
    serial: here.serial + frames.length,
    shared: { ...here.shared, ...shared },
    queuedIntents,
    keptQuestions,
    clarifying: null,
    misunderstood: 0,
    remindedAt: null,
    heardAt: at,
  };
}
