import type { Locale } from '../contract/activity';
import type { AdvanceResult, CallOutcome, DialogContext, DialogEvent, DialogState } from '../contract/dialog';
import { runSteps } from './run-steps';
import type { DialogSet } from './schema';
import { dialogOf, pushDialog, setSlot, type Turn, topFrame } from './turn';
import { onUtterance, repeatQuestion } from './utterance';

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
  lastReplies: [],
  serial: 0,
  greetedAt: null,
  remindedAt: null,
});

export function advance(
  set: DialogSet,
  state: DialogState,
  event: DialogEvent,
  context: DialogContext,
): AdvanceResult {
  const turn: Turn = { set, state: structuredClone(state), context, replies: [], effects: [] };
  take(turn, event);
  if (turn.replies.length > 0) turn.state.lastReplies = turn.replies.slice(-2);
  return { state: turn.state, replies: turn.replies, effects: turn.effects };
}

function take(turn: Turn, event: DialogEvent): void {
  switch (event.type) {
    case 'utterance':
      return onUtterance(turn, event.understanding, event.hasAttachment);
    case 'call-result':
      return onCallResult(turn, event);
    case 'silence':
      if (turn.state.frames.length === 0 || turn.state.remindedAt !== null) return;
      turn.state.remindedAt = turn.context.now;
      return repeatQuestion(turn, 'reminder');
    case 'start':
      pushDialog(turn, event.dialog);
      return runSteps(turn);
    case 'resume':
      return onResume(turn, event.step);
  }
}

/** An outcome is for the frame that asked; when it is gone nothing changes. */
function onCallResult(
  turn: Turn,
  { frameId, callId, outcome }: { frameId: string; callId: string; outcome: CallOutcome },
): void {
  const frame = turn.state.frames.find(({ id, waiting }) => id === frameId && waiting?.callId === callId);
  const step = frame && dialogOf(turn, frame)?.steps.find(({ id }) => id === frame.step);
  if (!frame || (step?.type !== 'call' && step?.type !== 'work-order')) return;
  if (frame.waiting) turn.effects.push({ type: 'cancel-timer', id: frame.waiting.timerId });
  frame.waiting = null;
  if (outcome.type === 'ok') setSlot(turn, frame, step.saveAs, outcome.value);
  const ways = { ok: step.next, error: step.onError, timeout: step.onTimeout };
  frame.step = ways[outcome.type];
  // Under a digression it waits until the customer is back.
  if (topFrame(turn) === frame) runSteps(turn);
}

function onResume(turn: Turn, step: string | null): void {
  const frame = topFrame(turn);
  if (!frame) return;
  const hasStep = dialogOf(turn, frame)?.steps.some(({ id }) => id === step);
  if (step !== null && hasStep) frame.step = step;
  if (!frame.waiting) runSteps(turn);
}
