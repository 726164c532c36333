import type { Locale } from '../contract/activity';
import type { DialogContext, DialogState, Effect, Frame, Reply } from '../contract/dialog';
import { evaluate, variablesOf } from './expressions';
import type { Dialog, DialogSet, LocalizedText, PatternName, Step } from './schema';
import { renderText, wordsOf } from './texts';

/** One turn in hand: a copy of the state that may be written to, and what has come of it so far. */
export interface Turn {
  set: DialogSet;
  state: DialogState;
  context: DialogContext;
  replies: Reply[];
  effects: Effect[];
}

export const SILENCE_MS = 5 * 60_000;
export const SILENCE_TIMER = 'silence';

export const topFrame = (turn: Turn): Frame | undefined => turn.state.frames.at(-1);
export const dialogOf = (turn: Turn, frame: Frame | undefined): Dialog | undefined =>
  frame ? turn.set.dialogs.get(frame.dialog) : undefined;
export const stepOf = (turn: Turn, frame: Frame | undefined): Step | undefined =>
  dialogOf(turn, frame)?.steps.find(({ id }) => id === frame?.step);

const localeOf = (turn: Turn): Locale => turn.state.locale;

export const variablesIn = (turn: Turn, frame = topFrame(turn)): Record<string, unknown> =>
  variablesOf(dialogOf(turn, frame), frame, turn.state, turn.context);

export const evaluateIn = (turn: Turn, expression: string, extra: Record<string, unknown> = {}): unknown =>
  evaluate(expression, { ...variablesIn(turn), ...extra });

export function render(turn: Turn, text: LocalizedText, extra: Record<string, unknown> = {}): string {
  const { now, timeZone, channel } = turn.context;
  const locale = localeOf(turn);
  return renderText(
    wordsOf(text, locale, channel),
    { ...variablesIn(turn), ...extra },
    { locale, now, timeZone },
  );
}

export function say(turn: Turn, text: LocalizedText, quickReplies: string[] = [], extra = {}): void {
  const words = render(turn, text, extra);
  if (words !== '') turn.replies.push({ text: words, quickReplies });
}

export const sayPattern = (turn: Turn, name: PatternName, extra = {}, quickReplies: string[] = []): void =>
  say(turn, turn.set.patterns[name], quickReplies, extra);

export function nextSerial(turn: Turn): string {
  turn.state.serial += 1;
  return String(turn.state.serial);
}

/** Opens a dialog on top of what is open; shared facts are filled in at once. */
export function pushDialog(turn: Turn, id: string): void {
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
  });
}

export function setSlot(turn: Turn, frame: Frame, name: string, value: unknown): void {
  frame.slots[name] = value;
  if (dialogOf(turn, frame)?.slots[name]?.isShared) turn.state.shared[name] = value;
}

/** Asks for a human; what is open stays, to go on at `resumeAt`. */
export function handOver(
  turn: Turn,
  reason: string,
  priority: 'normal' | 'high' | 'danger',
  resumeAt: string | null = null,
): void {
  turn.effects.push({ type: 'handoff', reason, priority, resumeAt });
}
