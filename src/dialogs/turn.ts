import type { Locale } from '../contract/activity';
import type { DialogContext, DialogState, Effect, Frame, Reply, TracedStep } from '../contract/dialog';
import { evaluate, variablesOf } from './expressions';
import type { PatternName } from './pattern-names';
import type { Dialog, DialogSet, LocalizedText, Step } from './schema';
import { SEALED_ENTITIES } from './schema';
import { isPlainText, renderText, wordsOf } from './texts';

/** One turn in hand: a copy of the state that may be written to, and what has come of it so far. */
export interface Turn {
  set: DialogSet;
  state: DialogState;
  context: DialogContext;
  replies: Reply[];
  effects: Effect[];
  /** Every step that was run, in order. */
  trace: TracedStep[];
  /** The step at which each frame stood last, by the frame's id. */
  stood: Map<string, string>;
}

/** A turn with everything still to come, on a copy of the state. */
export const newTurn = (set: DialogSet, state: DialogState, context: DialogContext): Turn => ({
  set,
  state,
  context,
  replies: [],
  effects: [],
  trace: [],
  stood: new Map(state.frames.map(({ id, step }) => [id, step])),
});

export const SILENCE_MS = 5 * 60_000;
export const SILENCE_TIMER = 'silence';

export const topFrame = (turn: Turn): Frame | undefined => turn.state.frames.at(-1);
export const dialogOf = (turn: Turn, frame: Frame | undefined): Dialog | undefined =>
  frame ? turn.set.dialogs.get(frame.dialog) : undefined;
const stepsById = new WeakMap<Dialog, Map<string, Step>>();

export function stepOf(turn: Turn, frame: Frame | undefined): Step | undefined {
  const dialog = dialogOf(turn, frame);
  if (!dialog || !frame) return undefined;
  const known = stepsById.get(dialog) ?? new Map(dialog.steps.map((step) => [step.id, step]));
  stepsById.set(dialog, known);
  return known.get(frame.step);
}

export const isFilled = (value: unknown): boolean => value !== undefined && value !== null;

const localeOf = (turn: Turn): Locale => turn.state.locale;

const intentNameOf = (turn: Turn, frame: Frame | undefined): string | null =>
  turn.set.intentNames.get(String(frame?.slots.intent))?.[localeOf(turn)] ?? null;

export const variablesIn = (turn: Turn, frame = topFrame(turn)): Record<string, unknown> => ({
  ...variablesOf(dialogOf(turn, frame), frame, turn.state, turn.context),
  intentName: intentNameOf(turn, frame),
});

export const evaluateIn = (turn: Turn, expression: string, extra: Record<string, unknown> = {}): unknown =>
  evaluate(expression, { ...variablesIn(turn), ...extra });

/** The slots of a frame without the secret ones: what may be shown, stored or handed on. */
export function openSlotsOf(turn: Turn, frame: Frame | undefined): Record<string, unknown> {
  const slots = dialogOf(turn, frame)?.slots ?? {};
  const isOpen = (name: string) => !SEALED_ENTITIES.has(slots[name]?.entity ?? '');
  return Object.fromEntries(Object.entries(frame?.slots ?? {}).filter(([name]) => isOpen(name)));
}

/** Fills in a text of the running dialog. */
export function render(
  turn: Turn,
  text: Pick<LocalizedText, 'zh' | 'en' | 'channels'>,
  extra: Record<string, unknown> = {},
): string {
  const { now, timeZone, channel } = turn.context;
  const locale = localeOf(turn);
  const words = wordsOf(text, locale, channel);
  if (isPlainText(words)) return words.trim();
  const slots = openSlotsOf(turn, topFrame(turn));
  return renderText(words, { ...variablesIn(turn), slots, ...extra }, { locale, now, timeZone });
}

export function say(turn: Turn, text: LocalizedText, quickReplies: string[] = [], extra = {}): void {
  const words = render(turn, text, extra);
  if (words !== '') turn.replies.push({ text: words, quickReplies, lights: text.lights });
}

export const sayPattern = (turn: Turn, name: PatternName, extra = {}, quickReplies: string[] = []): void =>
  say(turn, turn.set.patterns[name], quickReplies, extra);

export function nextSerial(turn: Turn): string {
  turn.state.serial += 1;
  return String(turn.state.serial);
}

/** Opens a dialog on top of what is open; shared facts are filled in at once. */
export function pushDialog(turn: Turn, id: string, isDigression = false): void {
  const dialog = turn.set.dialogs.get(id);
  const first = dialog?.steps[0];
  if (!dialog || !first) return;
  const shared = Object.entries(dialog.slots).filter(
    ([name, slot]) => slot.isShared && name in turn.state.shared,
  );
  const slots = Object.fromEntries(shared.map(([name]) => [name, turn.state.shared[name]]));
  turn.state.frames.push({
    id: `f${nextSerial(turn)}`,
    dialog: id,
    step: first.id,
    slots,
    attempts: {},
    waiting: null,
    ...(isDigression ? { isDigression } : {}),
  });
}

/** Opens a dialog that the running one waits for. */
export function runDialog(turn: Turn, id: string): void {
  const below = topFrame(turn);
  pushDialog(turn, id);
  const frame = topFrame(turn);
  if (frame && frame !== below) frame.isRun = true;
}

export function setSlot(turn: Turn, frame: Frame, name: string, value: unknown): void {
  frame.slots[name] = value;
  if (dialogOf(turn, frame)?.slots[name]?.isShared) turn.state.shared[name] = value;
}

/** Silence from now on is noticed. */
export function mindSilence(turn: Turn): void {
  const dueAt = turn.context.now + SILENCE_MS;
  turn.effects.push({ type: 'timer', id: SILENCE_TIMER, dueAt, subject: 'silence' });
}

/** The outcome of its call is there. */
export function endWaiting(turn: Turn, frame: Frame): void {
  if (!frame.waiting) return;
  turn.effects.push({ type: 'cancel-timer', id: frame.waiting.timerId });
  frame.waiting = null;
}

/** Nobody waits for the outcome of its call any more. */
export function stopWaiting(turn: Turn, frame: Frame): void {
  const step = stepOf(turn, frame);
  if (frame.waiting && step?.type === 'call' && step.lateMs !== undefined)
    turn.effects.push({ type: 'withdraw-call', frameId: frame.id, callId: frame.waiting.callId });
  endWaiting(turn, frame);
}

/** Closes every dialog that is open. */
export function closeAll(turn: Turn): void {
  for (const frame of turn.state.frames) stopWaiting(turn, frame);
  turn.state.frames = [];
}

/** Asks for a human; what is open stays, to go on at `resumeAt`. */
export function handOver(
  turn: Turn,
  reason: string,
  priority: 'normal' | 'high' | 'danger',
  resumeAt: string | null = null,
): void {
  // Whoever takes over reads the questions as well.
  if (turn.context.isStaffed) turn.state.keptQuestions = [];
  turn.effects.push({ type: 'handoff', reason, priority, resumeAt });
}

/** With nobody on duty nothing is promised here: what is said then is the turn's to decide. */
export function sayHandingOver(turn: Turn): void {
  if (turn.context.isStaffed) sayPattern(turn, 'handing-over');
}
