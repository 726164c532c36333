import type { Frame } from '../contract/dialog';
import { AppError } from '../errors';
import type { AskStep, CallStep, ChooseStep, Step, WorkOrderStep } from './schema';
import {
  dialogOf,
  evaluateIn,
  handOver,
  nextSerial,
  pushDialog,
  render,
  SILENCE_MS,
  SILENCE_TIMER,
  say,
  sayPattern,
  setSlot,
  stepOf,
  type Turn,
  topFrame,
  variablesIn,
} from './turn';

/** Steps of one turn; more means that a dialog goes in circles. */
const STEP_LIMIT = 60;

/** Runs the open dialog until it waits for the customer, for an outcome, or is over. */
export function runSteps(turn: Turn): void {
  for (let n = 0; n < STEP_LIMIT; n += 1) {
    const frame = topFrame(turn);
    if (!frame) return takeUpNext(turn);
    const step = stepOf(turn, frame);
    if (!step) throw new AppError('bad-content', `Dialog "${frame.dialog}" has no step "${frame.step}".`);
    if (runStep(turn, frame, step) === 'wait') return;
  }
  throw new AppError('bad-content', 'A dialog goes in circles: more than 60 steps in one turn.');
}

function runStep(turn: Turn, frame: Frame, step: Step): 'go' | 'wait' {
  switch (step.type) {
    case 'say':
      say(turn, step.text);
      frame.step = step.next;
      return 'go';
    case 'ask':
    case 'choose':
      if (isFilled(frame.slots[step.slot])) {
        frame.step = step.next;
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
    case 'run':
      frame.step = step.next;
      pushDialog(turn, step.dialog);
      return 'go';
    case 'handoff':
      if (step.say) say(turn, step.say);
      else sayPattern(turn, 'handing-over');
      handOver(turn, step.reason, step.priority, step.resumeAt ?? null);
      if (step.resumeAt) frame.step = step.resumeAt;
      else turn.state.frames = [];
      return 'wait';
    case 'end':
      if (step.text) say(turn, step.text);
      turn.state.frames.pop();
      return returnToQuestion(turn);
  }
}

export const isFilled = (value: unknown): boolean => value !== undefined && value !== null;

/** After a digression the open question is put again; after a `run` step its dialog just goes on. */
function returnToQuestion(turn: Turn): 'go' | 'wait' {
  const frame = topFrame(turn);
  const step = stepOf(turn, frame);
  const dialog = dialogOf(turn, frame);
  if (frame?.waiting) return 'wait';
  if (dialog && (step?.type === 'ask' || step?.type === 'choose')) {
    sayPattern(turn, 'back-to', { dialog: dialog.name[turn.state.locale] });
  }
  return 'go';
}

/** Concerns that the customer named while another was dealt with. */
function takeUpNext(turn: Turn): void {
  const next = turn.state.queuedIntents.shift();
  const dialog = next ? turn.set.byIntent.get(next) : undefined;
  if (!next || !dialog) return;
  pushDialog(turn, dialog);
  setIntent(turn, next);
  runSteps(turn);
}

/** The dialog knows by which of its intents it was opened. */
export function setIntent(turn: Turn, intent: string): void {
  const frame = topFrame(turn);
  if (frame && dialogOf(turn, frame)?.slots.intent) frame.slots.intent = intent;
}

export function askQuestion(turn: Turn, step: AskStep | ChooseStep, isRetry = false): void {
  const labels = step.type === 'choose' ? step.options.map(({ label }) => label[turn.state.locale]) : [];
  const options = labels.map((label, i) => `${i + 1}. ${label}`).join(' ');
  say(turn, isRetry ? (step.retry ?? step.prompt) : step.prompt, labels, { options });
  turn.effects.push({
    type: 'timer',
    id: SILENCE_TIMER,
    dueAt: turn.context.now + SILENCE_MS,
    subject: 'silence',
  });
}

function suspend(turn: Turn, frame: Frame, step: CallStep | WorkOrderStep): void {
  const callId = `c${nextSerial(turn)}`;
  const timerId = `call:${frame.id}:${callId}`;
  const values = Object.fromEntries(
    Object.entries(step.args).map(([name, expression]) => [name, evaluateIn(turn, expression)]),
  );
  const isOrder = step.type === 'work-order';
  const args = isOrder
    ? {
        details: variablesIn(turn).slots,
        ...values,
        kind: step.kind,
        summary: render(turn, step.summary).slice(0, 300),
      }
    : values;
  const operation = isOrder ? 'work-order.create' : step.operation;
  if (step.say) say(turn, step.say);
  frame.waiting = { callId, operation, timerId, since: turn.context.now };
  const { timeoutMs } = step;
  turn.effects.push({ type: 'call', callId, frameId: frame.id, operation, args, timeoutMs });
  const dueAt = turn.context.now + timeoutMs;
  turn.effects.push({ type: 'timer', id: timerId, dueAt, subject: 'call', frameId: frame.id, callId });
}
