import type { Locale } from '../contract/activity';
import type {
  AdvanceResult,
  CallOutcome,
  DialogContext,
  DialogEvent,
  DialogState,
  Frame,
} from '../contract/dialog';
import { operations } from '../contract/operations';
import { copyPlain } from './copy-plain';
import { tellKept } from './kept-questions';
import { takeUpLate, tellAnswered, waitOn } from './late-answers';
import { repeatQuestion } from './questions';
import { runSteps } from './run-steps';
import type { CallStep, DialogSet, WorkOrderStep } from './schema';
import {
  dialogOf,
  endWaiting,
  mindSilence,
  newTurn,
  pushDialog,
  SILENCE_TIMER,
  setSlot,
  stopWaiting,
  type Turn,
  topFrame,
} from './turn';
import { onUtterance } from './utterance';

/**
 * The interpreter of `dialogs/`: pure functions, state and event in; state, replies and effects out. Nothing outside
 * is read or written, so a turn can be run again.
 */
export const newDialogState = (locale: Locale): DialogState => ({
  locale,
  frames: [],
  shared: {},
  misunderstood: 0,
  clarifying: null,
  queuedIntents: [],
  keptQuestions: [],
  lastReplies: [],
  serial: 0,
  greetedAt: null,
  remindedAt: null,
  humanOfferedAt: null,
  heardAt: null,
});

/** Takes one event. Throws `bad-content` only for content that loading could not see through. */
export function advance(
  set: DialogSet,
  state: DialogState,
  event: DialogEvent,
  context: DialogContext,
): AdvanceResult {
  const turn = newTurn(set, copyPlain(state), context);
  take(turn, event);
  tellKept(turn);
  if (turn.replies.length > 0) turn.state.lastReplies = turn.replies.slice(-2);
  return { state: turn.state, replies: turn.replies, effects: turn.effects, trace: turn.trace };
}

function take(turn: Turn, event: DialogEvent): void {
  switch (event.type) {
    case 'utterance':
      onUtterance(turn, event.understanding, event.hasAttachment);
      return mindOwnQuestion(turn);
    case 'call-result':
      return onCallResult(turn, event);
    case 'silence':
      if (tellAnswered(turn)) return runSteps(turn);
      if (turn.state.frames.length === 0 || turn.state.remindedAt !== null) return;
      turn.state.remindedAt = turn.context.now;
      // What is asked now is the open question: a "yes" is an answer to that.
      turn.state.clarifying = null;
      return repeatQuestion(turn, 'reminder');
    case 'start':
      return onStart(turn, event.dialog, event.isAnew === true);
    case 'resume':
      return onResume(turn, event.step);
  }
}

/** A question of our own beside an open one ("do you mean …?") must not be where the dialog ends in silence. */
function mindOwnQuestion(turn: Turn): void {
  const { clarifying, frames, remindedAt } = turn.state;
  const isMinded = turn.effects.some((effect) => effect.type === 'timer' && effect.id === SILENCE_TIMER);
  if (clarifying !== null && frames.length > 0 && remindedAt === null && !isMinded) mindSilence(turn);
}

/** What is open already is not opened twice. Whoever is asked something by us is not coming back from a pause. */
function onStart(turn: Turn, dialog: string, isAnew: boolean): void {
  if (isAnew) drop(turn, dialog);
  turn.state.heardAt = turn.context.now;
  if (turn.state.frames.some((frame) => frame.dialog === dialog)) return repeatQuestion(turn, null);
  pushDialog(turn, dialog, turn.state.frames.length > 0);
  runSteps(turn);
}

/** Takes an open dialog away, and what was opened on top of it by us: a concern of the customer's stays. */
function drop(turn: Turn, dialog: string): void {
  const { frames } = turn.state;
  const at = frames.findIndex((frame) => frame.dialog === dialog);
  if (at < 0) return;
  const isDropped = (frame: Frame, i: number): boolean =>
    i === at || (i > at && (dialogOf(turn, frame)?.intents.length ?? 0) === 0);
  for (const frame of frames.filter(isDropped)) stopWaiting(turn, frame);
  turn.state.frames = frames.filter((frame, i) => !isDropped(frame, i));
}

/** An outcome is for the frame that asked; when it is gone, or waits no more, nothing changes. */
function onCallResult(
  turn: Turn,
  { frameId, callId, outcome }: { frameId: string; callId: string; outcome: CallOutcome },
): void {
  const frame = turn.state.frames.find(({ id, waiting }) => id === frameId && waiting?.callId === callId);
  const step = frame && dialogOf(turn, frame)?.steps.find(({ id }) => id === frame.step);
  if (!frame || (step?.type !== 'call' && step?.type !== 'work-order')) return;
  if (outcome.type === 'timeout' && waitOn(turn, frame, step)) return;
  const wasLate = frame.waiting?.lateUntilAt !== undefined;
  endWaiting(turn, frame);
  const value = outcome.type === 'ok' ? readOutcome(step, outcome.value) : null;
  if (value !== null) setSlot(turn, frame, step.saveAs, value);
  const onFailure = outcome.type === 'timeout' ? step.onTimeout : step.onError;
  frame.step = value === null ? onFailure : step.next;
  if (wasLate) takeUpLate(turn, frame, outcome);
  // Under a digression it waits until the customer is back.
  if (topFrame(turn) === frame) runSteps(turn);
}

/** A value that is not what the operation promises is as good as an error. */
function readOutcome(step: CallStep | WorkOrderStep, value: unknown): unknown {
  const operation = step.type === 'work-order' ? 'work-order.create' : step.operation;
  const parsed = operations[operation].value.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** A human gave the conversation back: what was opened only because nobody was there is over. */
function onResume(turn: Turn, step: string | null): void {
  const { frames } = turn.state;
  const at = frames.findLastIndex((frame) => dialogOf(turn, frame)?.steps.some(({ id }) => id === step));
  const kept = step !== null && at >= 0 ? frames.slice(0, at + 1) : frames;
  for (const frame of frames.slice(kept.length)) stopWaiting(turn, frame);
  turn.state.frames = kept;
  const frame = topFrame(turn);
  if (!frame) return;
  // A call that is still on its way at this very step is not made twice.
  if (step !== null && at >= 0 && frame.step !== step) {
    stopWaiting(turn, frame);
    frame.step = step;
  }
  if (!frame.waiting) runSteps(turn);
}
