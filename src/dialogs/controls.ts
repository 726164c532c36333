import type { Frame } from '../contract/dialog';
import { CHANGING } from '../contract/operations';
import type { Understanding } from '../contract/understanding';
import { tellAnswered } from './late-answers';
import { putOffKind } from './put-off';
import { labelsOf, repeatQuestion } from './questions';
import { readOption } from './read-option';
import { fillBelow } from './run-chain';
import { runSteps, setIntent } from './run-steps';
import type { AskStep, ChooseStep } from './schema';
import { shortcutOf } from './shortcuts';
import { fillSlots } from './slots/fill-slots';
import { stillHolds } from './tables/say-with-facts';
import {
  closeAll,
  dialogOf,
  handOver,
  newTurn,
  pushDialog,
  sayPattern,
  setSlot,
  stepOf,
  stopWaiting,
  type Turn,
  topFrame,
} from './turn';

/** In free text such a word is a control only when it is nearly all that is said. */
const SHORT = { zh: 10, en: 24 } as const;

/** "从八月开始" says since when, "从头开始" starts over. */
const SINCE = /从(?!头|新|零|0|一步).{1,10}?(?:开始|起)/u;

const isBeingRegistered = (turn: Turn): boolean =>
  turn.state.frames.some(({ waiting }) => waiting?.operation === 'work-order.create');

const isBeingChanged = (frames: Frame[]): boolean =>
  frames.some(({ waiting }) => waiting !== null && CHANGING.has(waiting.operation));

/** The dialogs that are meant by "cancel": not one below them that waits for a late answer. */
function spokenOfNow({ state: { frames } }: Turn): Frame[] {
  const isPutOff = ({ waiting, isAnswered }: Frame) => isAnswered || waiting?.lateUntilAt !== undefined;
  return frames.slice(frames.slice(0, -1).findLastIndex(isPutOff) + 1);
}

/**
 * Takes back what is open. An order on its way can no longer be stopped here, and that is said; whether a change that
 * was asked for went through is for a human to find out.
 */
export function onCancel(turn: Turn, frame: Frame): void {
  if (isBeingRegistered(turn)) return sayPattern(turn, 'too-late');
  const spokenOf = spokenOfNow(turn);
  const isUnsure = isBeingChanged(spokenOf);
  const [first = frame] = spokenOf;
  for (const each of spokenOf) stopWaiting(turn, each);
  turn.state.frames = turn.state.frames.slice(0, -spokenOf.length);
  const dialog = dialogOf(turn, first)?.name[turn.state.locale] ?? '';
  turn.state.queuedIntents = [];
  sayPattern(turn, isUnsure ? 'change-stopped' : 'cancelled', { dialog });
  if (isUnsure) handOver(turn, 'change-stopped', 'high');
  if (topFrame(turn)?.isAnswered && tellAnswered(turn)) runSteps(turn);
}

/** Begins the first open dialog anew and forgets what was said. */
export function onRestart(turn: Turn): void {
  const [first] = turn.state.frames;
  if (!first) return;
  if (isBeingRegistered(turn)) return sayPattern(turn, 'too-late');
  if (isBeingChanged(turn.state.frames)) {
    const dialog = dialogOf(turn, first)?.name[turn.state.locale] ?? '';
    return sayPattern(turn, 'change-under-way', { dialog });
  }
  const { intent, said } = first.slots;
  closeAll(turn);
  turn.state.shared = {};
  sayPattern(turn, 'restarted');
  pushDialog(turn, first.dialog);
  if (typeof intent === 'string') setIntent(turn, intent);
  const frame = topFrame(turn);
  if (frame && typeof said === 'string') setSlot(turn, frame, 'said', said);
  runSteps(turn);
}

export function onRepeat(turn: Turn): void {
  if (turn.state.lastReplies.length === 0) return sayPattern(turn, 'nothing-to-repeat');
  for (const reply of turn.state.lastReplies) {
    // A price that was said yesterday may have run out.
    if (stillHolds(reply, turn.context)) turn.replies.push(reply);
    else sayPattern(turn, 'fact-unknown');
  }
}

/** "不要取消预约": nothing is done, which is said, and the open question stays. */
export function onDeclined(turn: Turn): void {
  repeatQuestion(turn, 'kept-as-it-is');
}

const isFreeText = (turn: Turn, frame: Frame, step: AskStep | ChooseStep): boolean =>
  step.type === 'ask' && dialogOf(turn, frame)?.slots[step.slot]?.entity === 'text';

/** "算了还是500兆吧" takes back a choice, not the whole: tried on a copy. */
function saysMore(turn: Turn, understanding: Understanding): boolean {
  const trial = newTurn(turn.set, structuredClone(turn.state), turn.context);
  const frame = topFrame(trial);
  if (!frame) return false;
  const { filled, corrected } = fillSlots(trial, frame, understanding, null);
  const step = stepOf(trial, frame);
  if (filled.length + corrected.length > 0) return true;
  return (step?.type === 'ask' || step?.type === 'choose') && fillBelow(trial, step, understanding) !== null;
}

/** Cancel, start over, say again: at any step. Answers whether it was one. */
export function onControl(turn: Turn, frame: Frame, understanding: Understanding): boolean {
  const intent = understanding.intents[0]?.intent ?? '';
  const step = stepOf(turn, frame);
  if (step?.type === 'choose') {
    if (step.options.some(({ intents }) => intents.includes(intent))) return false;
    // "弄了 也没有" answers the question, whatever its pieces sound like.
    if (readOption(step, { ...understanding, intents: [] }, labelsOf(turn, step)) !== null) return false;
  }
  const isLong = understanding.text.trim().length > SHORT[understanding.locale];
  if (step?.type === 'ask' && isFreeText(turn, frame, step) && isLong) return false;
  // "算了不弄了，帮我约师傅吧" drops the checks, not the fault.
  if (intent === 'cancel' && shortcutOf(turn, understanding) !== null) return false;
  // "等我回家再弄" puts off, and drops nothing.
  if (intent === 'cancel' && putOffKind(understanding) !== null) return false;
  if (intent === 'restart' && SINCE.test(understanding.text)) return false;
  if (intent === 'cancel' && saysMore(turn, understanding)) return false;
  if (intent === 'cancel') onCancel(turn, frame);
  else if (intent === 'restart') onRestart(turn);
  else if (intent === 'repeat') onRepeat(turn);
  else return false;
  turn.state.misunderstood = 0;
  return true;
}
