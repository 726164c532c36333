import type { CallOutcome, Frame } from '../contract/dialog';
import { CHANGING } from '../contract/operations';
import type { CallStep, WorkOrderStep } from './schema';
import { dialogOf, mindSilence, SILENCE_MS, sayPattern, type Turn, topFrame } from './turn';

/**
 * Answers of the operator's systems that come after their time-out, where the step says that they are still of use
 * (`lateMs`): the customer is told until when, may speak of something else, and the dialog is taken up when they come.
 */
const nameOf = (turn: Turn, frame: Frame): string => {
  const first = turn.state.frames[chainStart(turn, frame)] ?? frame;
  return dialogOf(turn, first)?.name[turn.state.locale] ?? '';
};

/** A time-out of a call whose answer is still of use: tells the customer, once. False when there is nothing to wait for. */
export function waitOn(turn: Turn, frame: Frame, step: CallStep | WorkOrderStep): boolean {
  const { waiting } = frame;
  if (step.type !== 'call' || step.lateMs === undefined || !waiting) return false;
  const untilAt = waiting.since + step.timeoutMs + step.lateMs;
  if (turn.context.now >= untilAt) return false;
  if (waiting.lateUntilAt !== undefined) return true;
  waiting.lateUntilAt = untilAt;
  const { timerId, callId } = waiting;
  turn.effects.push({
    type: 'timer',
    id: timerId,
    dueAt: untilAt,
    subject: 'call',
    frameId: frame.id,
    callId,
  });
  sayPattern(turn, CHANGING.has(step.operation) ? 'change-late' : 'answer-late', { untilAt });
  return true;
}

/** What somebody hears who writes while an outcome is awaited. */
export function sayWaiting(turn: Turn, frame: Frame): void {
  const untilAt = frame.waiting?.lateUntilAt;
  if (untilAt === undefined) return sayPattern(turn, 'waiting');
  sayPattern(turn, 'still-late', { untilAt, dialog: nameOf(turn, frame) });
}

/**
 * What was waited for beyond its time is there, or will not come: gone on with now, or announced while the customer
 * speaks of something else. That nothing came is not put off.
 */
export function takeUpLate(turn: Turn, frame: Frame, outcome: CallOutcome): void {
  const { heardAt } = turn.state;
  const isFree = topFrame(turn)?.waiting?.lateUntilAt !== undefined;
  const isSilent = turn.context.now - (heardAt ?? turn.context.now) >= SILENCE_MS;
  if (isFree || isSilent || outcome.type === 'timeout') raise(turn, frame);
  if (outcome.type === 'timeout') return;
  const isNow = topFrame(turn) === frame;
  sayPattern(turn, isNow ? 'answer-here' : 'answer-ready', { dialog: nameOf(turn, frame) });
  if (isNow) return;
  frame.isAnswered = true;
  mindSilence(turn);
}

/** Whoever speaks of something else no longer is told now what was put off. False when nothing was. */
export function tellAnswered(turn: Turn): boolean {
  const frame = turn.state.frames.findLast(({ isAnswered }) => isAnswered);
  if (!frame) return false;
  raise(turn, frame);
  delete frame.isAnswered;
  sayPattern(turn, 'answer-here', { dialog: nameOf(turn, frame) });
  return true;
}

/** Where the dialogs begin that wait for this one to end. */
function chainStart({ state: { frames } }: Turn, frame: Frame): number {
  let at = frames.indexOf(frame);
  while (at > 0 && frames[at]?.isRun) at -= 1;
  return at;
}

/** Of several dialogs that wait for late answers, the one whose answer is there comes first. */
function raise(turn: Turn, frame: Frame): void {
  const { frames } = turn.state;
  const [from, to] = [chainStart(turn, frame), frames.indexOf(frame) + 1];
  const rest = [...frames.slice(0, from), ...frames.slice(to)];
  const chain = frames.slice(from, to);
  const [first] = chain;
  if (first && rest.length > 0) first.isDigression = true;
  turn.state.frames = [...rest, ...chain];
}
