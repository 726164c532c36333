import type { Frame } from '../contract/dialog';
import { AppError } from '../errors';
import { runAnswer } from './knowledge/run-answer';
import { askQuestion, askScore } from './questions';
import type { AskStep, CallStep, ChooseStep, Step, WorkOrderStep } from './schema';
import { sayWithFacts } from './tables/say-with-facts';
import {
  dialogOf,
  evaluateIn,
  handOver,
  isFilled,
  nextSerial,
  openSlotsOf,
  pushDialog,
  render,
  runDialog,
  say,
  sayHandingOver,
  sayPattern,
  setSlot,
  stepOf,
  stopWaiting,
  type Turn,
  topFrame,
} from './turn';

/** Steps of one turn; more means that a dialog goes in circles. */
const STEP_LIMIT = 80;

/** Runs the open dialog until it waits for the customer, for an outcome, or is over. */
export function runSteps(turn: Turn): void {
  for (let n = 0; n < STEP_LIMIT; n += 1) {
    const frame = topFrame(turn);
    if (!frame) return takeUpNext(turn);
    const step = stepOf(turn, frame);
    if (!step) throw new AppError('bad-content', `Dialog "${frame.dialog}" has no step "${frame.step}".`);
    turn.trace.push({ dialog: frame.dialog, step: step.id, from: turn.stood.get(frame.id) ?? null });
    turn.stood.set(frame.id, step.id);
    if (runStep(turn, frame, step) === 'wait') return;
  }
  throw new AppError('bad-content', `A dialog goes in circles: more than ${STEP_LIMIT} steps in one turn.`);
}

function runStep(turn: Turn, frame: Frame, step: Step): 'go' | 'wait' {
  switch (step.type) {
    case 'say':
      sayWithFacts(turn, step.text);
      frame.step = step.next;
      return 'go';
    case 'ask':
    case 'choose':
      if (!isOpenQuestion(turn, frame, step)) {
        frame.step = step.next;
        return 'go';
      }
      if (step.type === 'choose' && step.stale && evaluateIn(turn, step.stale.when) === true) {
        frame.step = step.stale.next;
        return 'go';
      }
      askQuestion(turn, step);
      return 'wait';
    case 'set':
      for (const [name, expression] of Object.entries(step.values))
        setSlot(turn, frame, name, evaluateIn(turn, expression));
      frame.step = step.next;
      return 'go';
    case 'branch':
      frame.step = step.cases.find(({ when }) => evaluateIn(turn, when) === true)?.next ?? step.otherwise;
      return 'go';
    case 'call':
    case 'work-order':
      suspend(turn, frame, step);
      return 'wait';
    case 'answer':
      frame.step = runAnswer(turn, frame, step);
      return 'go';
    case 'survey':
      askScore(turn, step);
      return 'wait';
    case 'run':
      frame.step = step.next;
      runDialog(turn, step.dialog);
      return 'go';
    case 'handoff':
      if (step.say) say(turn, step.say);
      sayHandingOver(turn);
      handOver(turn, step.reason, step.priority, step.resumeAt ?? null);
      if (step.resumeAt) frame.step = step.resumeAt;
      else turn.state.frames.pop();
      return 'wait';
    case 'end':
      if (step.text) sayWithFacts(turn, step.text);
      turn.state.frames.pop();
      return returnTo(turn, frame.isDigression === true);
  }
}

/** True while a question has to be put: its slot is empty or says too little, and nothing makes it needless. */
export function isOpenQuestion(turn: Turn, frame: Frame, step: AskStep | ChooseStep): boolean {
  const value = frame.slots[step.slot];
  if (step.skipWhen && evaluateIn(turn, step.skipWhen) === true) return false;
  if (!isFilled(value)) return true;
  return (
    step.type === 'ask' && step.complete !== undefined && evaluateIn(turn, step.complete, { value }) !== true
  );
}

/** After a digression the open question is put again; after a `run` step its dialog just goes on. */
function returnTo(turn: Turn, isFromDigression: boolean): 'go' | 'wait' {
  const frame = topFrame(turn);
  const dialog = dialogOf(turn, frame);
  if (!frame || !dialog) return 'go';
  takeShared(turn, frame);
  if (frame.waiting) return 'wait';
  delete frame.isAnswered;
  const step = stepOf(turn, frame);
  const isQuestion = step?.type === 'ask' || step?.type === 'choose';
  if (isFromDigression && isQuestion) sayPattern(turn, 'back-to', { dialog: dialog.name[turn.state.locale] });
  return 'go';
}

/** What was learned on the way is known here too; what it changes is found out again. */
function takeShared(turn: Turn, frame: Frame): void {
  for (const [name, slot] of Object.entries(dialogOf(turn, frame)?.slots ?? {})) {
    if (!slot.isShared || !(name in turn.state.shared)) continue;
    const [old, fresh] = [frame.slots[name], turn.state.shared[name]];
    if (JSON.stringify(old) === JSON.stringify(fresh)) continue;
    frame.slots[name] = fresh;
    if (isFilled(old)) redo(turn, frame, name);
  }
}

/** A corrected slot: forgets what was derived from it, and goes back to where it is found out. */
export function redo(turn: Turn, frame: Frame, name: string): void {
  const rule = dialogOf(turn, frame)?.slots[name]?.onCorrect;
  if (!rule) return;
  const isDerived = rule.forget.some((each) => isFilled(frame.slots[each])) || frame.waiting !== null;
  if (!isDerived) return;
  stopWaiting(turn, frame);
  for (const each of rule.forget) setSlot(turn, frame, each, null);
  frame.step = rule.next;
}

/** Concerns that the customer named while another was dealt with. */
function takeUpNext(turn: Turn): void {
  const next = turn.state.queuedIntents.shift();
  const dialog = next ? turn.set.byIntent.get(next) : undefined;
  if (!next || !dialog) return;
  sayPattern(turn, 'next-concern', { intent: turn.set.intentNames.get(next)?.[turn.state.locale] });
  pushDialog(turn, dialog);
  setIntent(turn, next);
  runSteps(turn);
}

/** The dialog knows by which of its intents it was opened. */
export function setIntent(turn: Turn, intent: string): void {
  const frame = topFrame(turn);
  if (frame && dialogOf(turn, frame)?.slots.intent) frame.slots.intent = intent;
}

/** Puts the call of a step into words for the world outside, and leaves the frame waiting for its outcome. */
function suspend(turn: Turn, frame: Frame, step: CallStep | WorkOrderStep): void {
  const callId = `c${nextSerial(turn)}`;
  const timerId = `call:${frame.id}:${callId}`;
  const values = Object.fromEntries(
    Object.entries(step.args).map(([name, expression]) => [name, evaluateIn(turn, expression)]),
  );
  const operation = step.type === 'work-order' ? 'work-order.create' : step.operation;
  const args = step.type === 'work-order' ? { ...orderArgs(turn, frame, step), ...values } : values;
  if (step.say) say(turn, step.say);
  frame.waiting = { callId, operation, timerId, since: turn.context.now };
  const { timeoutMs } = step;
  const lateMs = step.type === 'call' ? step.lateMs : undefined;
  turn.effects.push({ type: 'call', callId, frameId: frame.id, operation, args, timeoutMs, lateMs });
  const dueAt = turn.context.now + timeoutMs;
  turn.effects.push({ type: 'timer', id: timerId, dueAt, subject: 'call', frameId: frame.id, callId });
}

/** Whoever works on the order sees all that was said, secrets excepted. */
const orderArgs = (turn: Turn, frame: Frame, step: WorkOrderStep): Record<string, unknown> => ({
  kind: step.kind,
  summary: render(turn, step.summary).slice(0, 300),
  details: openSlotsOf(turn, frame),
});
