import { WITHDRAW } from '../../contract/conversation';
import type { CallOutcome, DialogEvent, Effect, TracedStep } from '../../contract/dialog';
import { CHANGING } from '../../contract/operations';
import { advance, newDialogState } from '../../dialogs/advance';
import { handOver } from './change-owner';
import { noteOutcome } from './note-outcome';
import { noteRating } from './note-rating';
import { unansweredOf } from './unanswered';
import {
  addCommand,
  addRecord,
  cancelTimer,
  contextOf,
  isBotAnswering,
  localeOf,
  sayEnd,
  setTimer,
  speak,
  type Work,
} from './work';

/** Opened when somebody wants a human and nobody is there. */
const LEAVE_ORDER = 'leave-order';

/** Lets the interpreter take one event, and carries out what it asks for. */
export function converse(work: Work, event: DialogEvent): void {
  const { state, content } = work;
  const before = state.dialog ?? newDialogState(localeOf(work));
  const result = advance(content.dialogs, before, event, contextOf(work));
  state.dialog = result.state;
  noteWays(work, result.trace);
  for (const reply of result.replies) speak(work, reply);
  for (const effect of result.effects) takeEffect(work, effect);
  const { frames, clarifying } = state.dialog;
  const hasEnded = before.frames.length > 0 && frames.length === 0 && clarifying === null;
  if (hasEnded && isBotAnswering(state)) endSession(work, 'completed');
}

/** A question that is asked again is no way on. */
function noteWays(work: Work, trace: TracedStep[]): void {
  for (const { dialog, from, step: to } of trace) if (from !== to) work.ways.push({ dialog, from, to });
}

function takeEffect(work: Work, effect: Effect): void {
  switch (effect.type) {
    case 'call': {
      const { operation, args, timeoutMs, lateMs, frameId, callId } = effect;
      addCommand(work, { operation, args, timeoutMs, lateMs, replyTo: { frameId, callId } });
      return;
    }
    case 'withdraw-call': {
      const { frameId, callId } = effect;
      addCommand(work, { operation: WITHDRAW, args: { frameId, callId } });
      return;
    }
    case 'timer': {
      const { id, dueAt, subject, frameId, callId } = effect;
      return setTimer(work, { id, dueAt, value: { subject, frameId, callId } });
    }
    case 'cancel-timer':
      return cancelTimer(work, effect.id);
    case 'handoff':
      return handOver(work, effect, (isAsked) => offerOrder(work, isAsked));
    case 'unanswered':
      return addRecord(work, 'unanswered', unansweredOf(effect, work.state.channel));
    case 'unspoken-fact': {
      const { fact, reason } = effect;
      return addRecord(work, 'unspoken-fact', { fact, reason });
    }
    case 'rating':
      return noteRating(work, effect.score);
    case 'end-session':
      return endSession(work, effect.outcome);
  }
}

/**
 * Unless it is open already, or an order is what the wait is about. `isAsked`: whether one is wanted is asked first.
 */
export function offerOrder(work: Work, isAsked = true): void {
  const isOpen = work.state.dialog?.frames.some(({ dialog }) => dialog === LEAVE_ORDER);
  if (isOpen || !work.content.dialogs.dialogs.has(LEAVE_ORDER)) return;
  noteWanted(work, !isAsked);
  converse(work, { type: 'start', dialog: LEAVE_ORDER });
  noteWanted(work, false);
}

/** A fact for the dialog as it opens, and for nothing else. */
function noteWanted(work: Work, isCallBackWanted: boolean): void {
  const dialog = work.state.dialog ?? newDialogState(localeOf(work));
  const { isCallBackWanted: _before, ...shared } = dialog.shared;
  work.state.dialog = { ...dialog, shared: isCallBackWanted ? { ...shared, isCallBackWanted } : shared };
}

/** What channels are told of an end that we brought about; of the others they know themselves. */
const END_CODES: Partial<Record<string, string>> = {
  completed: 'completedSuccessfully',
  'closed-by-agent': 'completedSuccessfully',
};

export function endSession(work: Work, outcome: string): void {
  const { session } = work.state;
  if (!session || session.endedAt !== null) return;
  work.state.session = { ...session, endedAt: work.entry.at };
  addRecord(work, 'session', { id: session.id, event: 'ended', outcome });
  const code = END_CODES[outcome];
  if (code) sayEnd(work, code);
}

/** The outcome of a call, or its time-out: whichever comes first is taken, and what is late changes nothing. */
export function takeOutcome(work: Work, frameId: string, callId: string, outcome: CallOutcome): void {
  const { state } = work;
  const frame = state.dialog?.frames.find(({ id, waiting }) => id === frameId && waiting?.callId === callId);
  const held = state.heldResults.find((each) => each.frameId === frameId && each.callId === callId);
  // A time-out that is held says only that the answer is late.
  const isHeld = held !== undefined && (held.outcome.type !== 'timeout' || outcome.type === 'timeout');
  if (!frame || isHeld) return addRecord(work, 'late-result', { frameId, callId, outcome: outcome.type });
  if (!isBotAnswering(state)) {
    state.heldResults = [...state.heldResults.filter((each) => each !== held), { frameId, callId, outcome }];
    noteOutcome(work, frame.waiting?.operation ?? '', outcome);
    return addRecord(work, 'unshown', { frameId, callId, outcome: outcome.type });
  }
  converse(work, { type: 'call-result', frameId, callId, outcome });
}

/** What became of a change that nobody in the dialog waits for any more: whoever looks after it must know. */
export function noteForgone(work: Work, operation: string, frameId: string, outcome: CallOutcome): void {
  const isGone = !work.state.dialog?.frames.some(({ id, waiting }) => id === frameId && waiting !== null);
  if (isGone && CHANGING.has(operation)) noteOutcome(work, operation, outcome);
}

/** The open dialogs are over: what they wait for is not asked again. */
export function withdrawCalls(work: Work): void {
  for (const { id: frameId, waiting } of work.state.dialog?.frames ?? []) {
    if (!waiting) continue;
    cancelTimer(work, waiting.timerId);
    const { callId, operation } = waiting;
    // An order that is being registered is registered.
    if (operation.startsWith('operator.'))
      addCommand(work, { operation: WITHDRAW, args: { frameId, callId } });
  }
}

/** The bot has the conversation again: outcomes that came meanwhile first, then the step to go on at. */
export function resume(work: Work, step: string | null): void {
  const held = work.state.heldResults;
  work.state.heldResults = [];
  for (const { frameId, callId, outcome } of held) {
    converse(work, { type: 'call-result', frameId, callId, outcome });
  }
  if (held.length === 0 || step !== null) converse(work, { type: 'resume', dialog: null, step });
}
