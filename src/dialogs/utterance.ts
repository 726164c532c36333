import { z } from 'zod';
import type { Frame } from '../contract/dialog';
import type { Understanding } from '../contract/understanding';
import { fillSlots, findOption } from './fill-slots';
import { askQuestion, runSteps, setIntent } from './run-steps';
import type { AskStep, ChooseStep } from './schema';
import {
  dialogOf,
  evaluateIn,
  handOver,
  pushDialog,
  SILENCE_TIMER,
  say,
  sayPattern,
  setSlot,
  stepOf,
  type Turn,
  topFrame,
} from './turn';

const clarifyingSchema = z.object({ intents: z.array(z.string()) });
/** After so many messages in a row that were not understood a human is offered. */
const OFFER_AFTER = 2;

/** A customer's message, in whatever is going on. */
export function onUtterance(turn: Turn, understanding: Understanding, hasAttachment: boolean): void {
  const { state } = turn;
  state.locale = understanding.locale;
  turn.effects.push({ type: 'cancel-timer', id: SILENCE_TIMER });
  if (understanding.danger) return onDanger(turn, understanding.danger);
  if (understanding.text.trim() === '' && hasAttachment) return repeatQuestion(turn, 'attachment');
  const intent = understanding.intents[0]?.intent ?? null;
  if (intent === 'talk-to-human') {
    sayPattern(turn, 'handing-over');
    return handOver(
      turn,
      'customer-asked',
      understanding.isUpset ? 'high' : 'normal',
      topFrame(turn)?.step ?? null,
    );
  }
  if (state.clarifying !== null && onClarified(turn, understanding)) return;
  const frame = topFrame(turn);
  if (!frame) return onNothingOpen(turn, understanding);
  if (onControl(turn, frame, intent)) return;
  if (frame.waiting) return onWaiting(turn, frame, understanding);
  onAnswer(turn, frame, understanding);
}

function onDanger(turn: Turn, danger: NonNullable<Understanding['danger']>): void {
  sayPattern(turn, `danger-${danger}`);
  handOver(turn, `danger-${danger}`, 'danger', topFrame(turn)?.step ?? null);
}

const understood = (turn: Turn): void => {
  turn.state.misunderstood = 0;
};

/** The question which of two concerns was meant. */
function onClarified(turn: Turn, understanding: Understanding): boolean {
  const open = clarifyingSchema.safeParse(turn.state.clarifying);
  turn.state.clarifying = null;
  if (!open.success) return false;
  const options = open.data.intents.map((intent) => ({ intent, names: turn.set.intentNames.get(intent) }));
  const said = understanding.text.trim().toLowerCase();
  const byNumber = /^[12]$/.test(said) ? options[Number(said) - 1] : undefined;
  const byName = options.find(
    ({ names }) => names && [names.zh, names.en].some((name) => said.includes(name.toLowerCase())),
  );
  const byIntent = options.find(({ intent }) =>
    understanding.intents.some((found) => found.intent === intent),
  );
  const chosen = byNumber ?? byName ?? byIntent;
  if (!chosen) return false;
  openIntents(turn, [chosen.intent], understanding);
  return true;
}

/** Cancel, start over, say again: at any step. Answers whether it was one. */
function onControl(turn: Turn, frame: Frame, intent: string | null): boolean {
  const step = stepOf(turn, frame);
  const isOption =
    step?.type === 'choose' && step.options.some(({ intents }) => intents.includes(intent ?? ''));
  if (isOption) return false;
  if (intent === 'cancel') {
    const dialog = dialogOf(turn, frame)?.name[turn.state.locale] ?? '';
    turn.state.frames = [];
    turn.state.queuedIntents = [];
    sayPattern(turn, 'cancelled', { dialog });
  } else if (intent === 'restart') {
    const first = turn.state.frames[0]?.dialog ?? frame.dialog;
    const opened = turn.state.frames[0]?.slots.intent;
    turn.state.frames = [];
    turn.state.shared = {};
    sayPattern(turn, 'restarted');
    pushDialog(turn, first);
    if (typeof opened === 'string') setIntent(turn, opened);
    runSteps(turn);
  } else if (intent === 'repeat') {
    turn.replies.push(...turn.state.lastReplies);
  } else return false;
  understood(turn);
  return true;
}

function onNothingOpen(turn: Turn, understanding: Understanding): void {
  const names = understanding.intents.map(({ intent }) => intent);
  const [intent] = names;
  const [first, second] = understanding.candidates;
  const canOpen = (name: string | undefined) => name !== undefined && turn.set.byIntent.has(name);
  const isOneDialog =
    turn.set.byIntent.get(first?.intent ?? '') === turn.set.byIntent.get(second?.intent ?? '');
  if (
    understanding.isClose &&
    first &&
    second &&
    canOpen(first.intent) &&
    canOpen(second.intent) &&
    !isOneDialog
  ) {
    return clarify(turn, [first.intent, second.intent]);
  }
  if (names.some(canOpen)) return openIntents(turn, names.filter(canOpen), understanding);
  if (intent === 'thanks') return sayPattern(turn, 'thanks');
  if (intent === 'greet') return sayPattern(turn, 'greeting');
  if (intent === 'cancel') return sayPattern(turn, 'nothing-to-cancel');
  if (intent === 'repeat' && turn.state.lastReplies.length > 0) {
    turn.replies.push(...turn.state.lastReplies);
    return;
  }
  turn.state.misunderstood += 1;
  sayPattern(turn, turn.state.misunderstood >= OFFER_AFTER ? 'offer-human' : 'what-i-can-do');
}

function clarify(turn: Turn, intents: string[]): void {
  const names = intents.map((intent) => turn.set.intentNames.get(intent)?.[turn.state.locale] ?? intent);
  turn.state.clarifying = { intents };
  sayPattern(turn, 'which-one', { first: names[0], second: names[1] }, names);
}

/** Opens the first concern and keeps the others for afterwards; what was said with it fills its slots. */
function openIntents(turn: Turn, intents: string[], understanding: Understanding): void {
  const [first, ...others] = intents;
  const dialog = first ? turn.set.byIntent.get(first) : undefined;
  if (!first || !dialog) return;
  understood(turn);
  const waiting = others.filter((other) => turn.set.byIntent.get(other) !== dialog);
  turn.state.queuedIntents.push(...waiting);
  pushDialog(turn, dialog);
  setIntent(turn, first);
  const frame = topFrame(turn);
  if (frame) {
    fillSlots(turn, frame, understanding, null);
    if (dialogOf(turn, frame)?.slots.said) frame.slots.said = understanding.text.slice(0, 200);
  }
  runSteps(turn);
}

/** Another concern than the open one, said with enough certainty to leave the question for a while. */
function digressionOf(turn: Turn, frame: Frame, understanding: Understanding): string | null {
  const found = understanding.intents.find(({ intent }) => {
    const dialog = turn.set.byIntent.get(intent);
    return dialog !== undefined && !turn.state.frames.some((open) => open.dialog === dialog);
  });
  return found && found.probability >= 0.5 && frame.dialog !== turn.set.byIntent.get(found.intent)
    ? found.intent
    : null;
}

/** While a result is awaited messages run as usual: facts are taken, other concerns dealt with. */
function onWaiting(turn: Turn, frame: Frame, understanding: Understanding): void {
  const digression = digressionOf(turn, frame, understanding);
  if (digression) return openIntents(turn, [digression], understanding);
  const { filled, corrected } = fillSlots(turn, frame, understanding, null);
  sayPattern(turn, filled.length + corrected.length > 0 ? 'noted' : 'waiting');
}

function onAnswer(turn: Turn, frame: Frame, understanding: Understanding): void {
  const step = stepOf(turn, frame);
  if (step?.type !== 'ask' && step?.type !== 'choose') return runSteps(turn);
  if (takeAnswer(turn, frame, step, understanding)) return;
  const digression = digressionOf(turn, frame, understanding);
  if (digression) return openIntents(turn, [digression], understanding);
  const intent = understanding.intents[0]?.intent;
  if (intent === 'greet' || intent === 'thanks')
    return repeatQuestion(turn, intent === 'greet' ? 'greeting' : 'thanks');
  onMisunderstood(turn, frame, step);
}

/** Fills what was said; answers whether the message is dealt with. */
function takeAnswer(
  turn: Turn,
  frame: Frame,
  step: AskStep | ChooseStep,
  understanding: Understanding,
): boolean {
  const option = step.type === 'choose' ? findOption(step, understanding) : null;
  const { filled, corrected } = fillSlots(turn, frame, understanding, step.slot);
  if (option !== null) setSlot(turn, frame, step.slot, option);
  const isFreeText = step.type === 'ask' && dialogOf(turn, frame)?.slots[step.slot]?.entity === 'text';
  if (isFreeText && digressionOf(turn, frame, understanding) === null && understanding.text.trim() !== '') {
    setSlot(turn, frame, step.slot, understanding.text.trim().slice(0, 300));
  }
  const value = frame.slots[step.slot];
  const isAnswered = value !== undefined && value !== null;
  if (
    isAnswered &&
    step.type === 'ask' &&
    step.validate &&
    evaluateIn(turn, step.validate.condition, { value }) !== true
  ) {
    say(turn, step.validate.message);
    setSlot(turn, frame, step.slot, null);
    countAttempt(frame, step.id);
    return true;
  }
  const names = dialogOf(turn, frame)?.slots ?? {};
  const changed = corrected.filter((name) => name !== step.slot);
  for (const name of changed)
    sayPattern(turn, 'corrected', {
      slot: names[name]?.name[turn.state.locale],
      value: shownValue(frame.slots[name]),
    });
  if (!isAnswered && filled.length + changed.length === 0) return false;
  understood(turn);
  if (!isAnswered && changed.length === 0) sayPattern(turn, 'noted');
  runSteps(turn);
  return true;
}

const shownValue = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'full' in value ? value.full : value;

function countAttempt(frame: Frame, step: string): number {
  const attempts = (frame.attempts[step] ?? 0) + 1;
  frame.attempts[step] = attempts;
  return attempts;
}

function onMisunderstood(turn: Turn, frame: Frame, step: AskStep | ChooseStep): void {
  turn.state.misunderstood += 1;
  if (countAttempt(frame, step.id) > step.attempts) {
    if (step.onFail) {
      frame.step = step.onFail;
      return runSteps(turn);
    }
    sayPattern(turn, 'handing-over');
    return handOver(turn, `not-understood:${frame.dialog}:${step.id}`, 'normal', step.id);
  }
  sayPattern(turn, turn.state.misunderstood >= OFFER_AFTER ? 'offer-human' : 'not-understood');
  askQuestion(turn, step, true);
}

/** A short word, then the open question again. */
export function repeatQuestion(turn: Turn, pattern: 'attachment' | 'greeting' | 'thanks' | 'reminder'): void {
  sayPattern(turn, pattern);
  const step = stepOf(turn, topFrame(turn));
  if (!topFrame(turn)?.waiting && (step?.type === 'ask' || step?.type === 'choose')) askQuestion(turn, step);
}
