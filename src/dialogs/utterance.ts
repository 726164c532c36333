import type { Frame } from '../contract/dialog';
import { CHANGING } from '../contract/operations';
import type { Danger, Understanding } from '../contract/understanding';
import { OFFER_AFTER, onAnswer } from './answers';
import {
  askReading,
  askWhether,
  askWhich,
  confirmedReading,
  offerHuman,
  offerReturn,
  onClarified,
  wantsToGoOn,
} from './clarify';
import { onControl, onDeclined, onRepeat } from './controls';
import { onGrievance } from './grievance';
import { keepQuestion } from './kept-questions';
import { answerConcern, answerQuestion, noteUnanswered } from './knowledge/answer-question';
import { sayWaiting } from './late-answers';
import { sayModelAnswer } from './model-answer';
import { noteCustomer } from './note-customer';
import { askPurpose } from './offers';
import { openIntents, otherConcerns } from './open-dialog';
import { putOffKind } from './put-off';
import { labelsOf, repeatQuestion } from './questions';
import { fold, readOrdinal } from './read-option';
import { goOnAt } from './run-chain';
import { runSteps } from './run-steps';
import { shortcutOf } from './shortcuts';
import { fillSlots, rememberFacts } from './slots/fill-slots';
import { takeScore } from './survey';
import {
  dialogOf,
  handOver,
  SILENCE_TIMER,
  sayHandingOver,
  sayPattern,
  stepOf,
  stopWaiting,
  type Turn,
  topFrame,
} from './turn';
import { greet, isWordless, onWordless, readThumb, takeAttachment } from './wordless';

/** After so long a dialog that lies open is offered before it is gone on with. */
const PAUSE_MS = 6 * 3600_000;
/** What is refused but this likely is asked about rather than passed over. */
const GUESS_PROBABILITY = 0.45;
/** Opened by the turn when nobody is there to take over. */
const LEAVE_ORDER = 'leave-order';
/** What is left of a secret that was masked says nothing about the language. */
const MARK = /\[\p{Script=Han}{2,4}\]/gu;

/** An ID number and nothing else: masked before it came here, and no question. */
const isOnlyMasked = (text: string): boolean => {
  const rest = text.replace(MARK, '');
  return rest !== text && !/[\p{L}\p{N}]/u.test(rest.replace(/我的|这是|身份证|号码?|是/gu, ''));
};

/** A customer's message, in whatever is going on. Nobody who writes is left without a word. */
export function onUtterance(turn: Turn, heard: Understanding, hasAttachment: boolean): void {
  dispatch(turn, heard, hasAttachment);
  const isAnswered =
    turn.replies.length > 0 || turn.effects.some(({ type }) => type === 'handoff' || type === 'call');
  if (isAnswered) return;
  const frame = topFrame(turn);
  if (frame?.waiting) sayWaiting(turn, frame);
  else repeatQuestion(turn, 'closing');
}

/** Danger comes first, then the wish for a human. */
function dispatch(turn: Turn, heard: Understanding, hasAttachment: boolean): void {
  const pausedMs = hear(turn, heard);
  noteCustomer(turn, heard);
  if (heard.danger) return onDanger(turn, heard.danger);
  const isTap = isTapped(turn, heard);
  if (wantsHuman(heard) && !isTap) return onHumanWanted(turn, heard);
  if (takeScore(turn, heard)) return;
  if (!isSettled(turn)) runSteps(turn);
  if (turn.replies.length > 0) return;
  const said = readThumb(turn, heard);
  const reading = confirmedReading(turn, said);
  const understanding = reading ?? said;
  if (turn.state.clarifying !== null && onClarified(turn, understanding)) return;
  const frame = topFrame(turn);
  if (frame && pausedMs > PAUSE_MS && isVague(turn, understanding)) return offerReturn(turn);
  if (hasAttachment && takeAttachment(turn)) return;
  const isThumb = said !== heard;
  if (isWordless(heard.text) && !isThumb) return onWordless(turn, heard.text, hasAttachment);
  if (!frame) return onNothingOpen(turn, understanding);
  // Days may have passed: the question is put as it now stands.
  if (wantsToGoOn(understanding)) return frame.waiting ? repeatQuestion(turn, null) : runSteps(turn);
  if (onControl(turn, frame, understanding)) return;
  const isPlain = understanding.entities.length === 0 && !isTap && shortcutOf(turn, understanding) === null;
  if (understanding.isNegated && isPlain) return onDeclined(turn);
  if (frame.waiting) return onWaiting(turn, frame, understanding);
  onAnswer(turn, frame, understanding);
}

/** True for the very words of a choice that is open: whatever they sound like, the choice is meant. */
function isTapped(turn: Turn, { text }: Understanding): boolean {
  const step = stepOf(turn, topFrame(turn));
  if (step?.type !== 'choose' || turn.state.clarifying !== null) return false;
  return labelsOf(turn, step).map(fold).includes(fold(text));
}

/** False while the open dialog stands where a handoff left it: it goes on from there before anything else. */
function isSettled(turn: Turn): boolean {
  const frame = topFrame(turn);
  const type = stepOf(turn, frame)?.type;
  return !frame || frame.waiting !== null || type === 'ask' || type === 'choose' || type === 'survey';
}

/** Minds language and silence; answers for how long nothing had been heard. */
function hear(turn: Turn, { text, locale }: Understanding): number {
  const { state, context } = turn;
  if (/\p{L}/u.test(text.replace(MARK, ''))) state.locale = locale;
  turn.effects.push({ type: 'cancel-timer', id: SILENCE_TIMER });
  const pausedMs = context.now - (state.heardAt ?? context.now);
  state.heardAt = context.now;
  return pausedMs;
}

/** Says nothing that the open question could go on with. */
function isVague(turn: Turn, { entities, intents }: Understanding): boolean {
  const intent = intents[0]?.intent ?? '';
  const isOpen = turn.state.frames.some(({ dialog }) => turn.set.byIntent.get(intent) === dialog);
  return (
    entities.length === 0 &&
    (intent === '' || isOpen || ['greet', 'thanks', 'affirm', 'repeat'].includes(intent))
  );
}

/** As what is said, or said beside another concern without a doubt: "你跟我说我教他" is none. */
const wantsHuman = ({ intents }: Understanding): boolean =>
  intents.some(
    ({ intent, probability }) => intent === 'talk-to-human' && (intents.length === 1 || probability >= 0.9),
  );

function onDanger(turn: Turn, danger: Danger): void {
  sayPattern(turn, `danger-${danger}`);
  handOver(turn, `danger-${danger}`, 'danger', resumeStep(turn));
}

/** On the first request, at any step. With nobody there the truth was said already and is not said again and again. */
function onHumanWanted(turn: Turn, understanding: Understanding): void {
  const isLeaving = turn.state.frames.some(({ dialog }) => dialog === LEAVE_ORDER);
  if (isLeaving && !turn.context.isStaffed) return repeatQuestion(turn, 'still-nobody');
  turn.state.clarifying = null;
  sayHandingOver(turn);
  const priority = understanding.isUpset ? 'high' : 'normal';
  handOver(turn, 'customer-asked', priority, resumeStep(turn));
}

/** The open question; a call on its way goes on by itself and is not made again. */
const resumeStep = (turn: Turn): string | null => {
  const frame = topFrame(turn);
  return frame && !frame.waiting ? frame.step : null;
};

function onNothingOpen(turn: Turn, understanding: Understanding): void {
  if (isOnlyMasked(understanding.text)) return sayPattern(turn, 'masked-alone');
  if (askPurpose(turn, understanding)) return rememberFacts(turn, understanding);
  const names = understanding.intents.map(({ intent }) => intent);
  const close = closeConcerns(turn, understanding);
  if (close && answerConcern(turn, close, understanding)) return;
  if (close) return askWhich(turn, close, understanding);
  const opening = withoutYielding(turn, understanding).filter((name) => turn.set.byIntent.has(name));
  if (opening.length > 0) {
    if (answerConcern(turn, opening, understanding)) return;
    return openIntents(turn, opening, understanding);
  }
  if (understanding.isNegated) return onDeclined(turn);
  if (onGrievance(turn, understanding)) return rememberFacts(turn, understanding);
  switch (names[0]) {
    case 'thanks':
      return sayPattern(turn, 'thanks');
    case 'greet':
      return greet(turn);
    case 'cancel':
      return sayPattern(turn, 'nothing-to-cancel');
    case 'repeat':
      return onRepeat(turn);
    case 'affirm':
    case 'deny':
      return sayPattern(turn, 'closing');
  }
  if (putOffKind(understanding) === 'wait') return sayPattern(turn, 'take-your-time');
  rememberFacts(turn, understanding);
  // "第一个" chooses, and nothing was offered.
  if (readOrdinal(understanding.text) === null && answerQuestion(turn, understanding)) return;
  const guess = turn.state.misunderstood === 0 ? guessOf(turn, understanding) : hintOf(turn, understanding);
  if (!guess && sayModelAnswer(turn, understanding)) return;
  turn.state.misunderstood += 1;
  if (guess) return askWhether(turn, guess, understanding);
  noteUnanswered(turn, understanding);
  if (turn.state.misunderstood >= OFFER_AFTER) return offerHuman(turn);
  if (!askReading(turn, understanding)) sayPattern(turn, 'what-i-can-do');
}

/** What was heard, without concerns that give way to a surer one. */
function withoutYielding(turn: Turn, { intents }: Understanding): string[] {
  const yields = ({ intent, probability }: (typeof intents)[number]) => {
    const to = turn.set.dialogs.get(turn.set.byIntent.get(intent) ?? '')?.yieldsTo ?? [];
    return intents.some((other) => to.includes(other.intent) && other.probability > probability);
  };
  return intents.flatMap((heard) => (yields(heard) ? [] : [heard.intent]));
}

/** What is meant in all likelihood, though not for sure. */
function guessOf(turn: Turn, understanding: Understanding): string | null {
  const [best] = understanding.candidates;
  const isLikely = best && best.probability >= GUESS_PROBABILITY && turn.set.byIntent.has(best.intent);
  return hintOf(turn, understanding) ?? (isLikely ? best.intent : null);
}

/** A fact that speaks for a concern by itself: a red light. */
function hintOf(turn: Turn, { entities }: Understanding): string | null {
  const hints = [...turn.set.dialogs.values()].flatMap((dialog) => Object.entries(dialog.hints));
  return hints.find(([type]) => entities.some((entity) => entity.type === type))?.[1] ?? null;
}

/** Two concerns that are so close that it is better to ask; null when one dialog deals with both. */
function closeConcerns(turn: Turn, { isClose, candidates }: Understanding): [string, string] | null {
  const [first, second] = candidates.map(({ intent }) => intent);
  if (!isClose || !first || !second) return null;
  const [one, other] = [turn.set.byIntent.get(first), turn.set.byIntent.get(second)];
  return one && other && one !== other ? [first, second] : null;
}

/** While an outcome is awaited messages run as usual: facts are taken, other concerns dealt with. */
function onWaiting(turn: Turn, frame: Frame, understanding: Understanding): void {
  const operation = frame.waiting?.operation ?? '';
  const isSubmitted = operation === 'work-order.create';
  const shortcut = isSubmitted || CHANGING.has(operation) ? null : shortcutOf(turn, understanding);
  if (shortcut) return leaveFor(turn, shortcut);
  // "还没好吗" is about what is awaited, unless an order is named.
  if (putOffKind(understanding) !== null) return sayWaiting(turn, frame);
  const isNamed = understanding.entities.some(({ type }) => type === 'order-number');
  const concerns = otherConcerns(turn, understanding).filter(
    (intent) => isNamed || intent !== 'order-progress',
  );
  if (concerns.length > 0) {
    if (!answerConcern(turn, concerns, understanding)) openIntents(turn, concerns, understanding);
    return;
  }
  if (isSubmitted && understanding.entities.length > 0) return sayPattern(turn, 'too-late');
  const { filled, corrected } = fillSlots(turn, frame, understanding, null);
  for (const name of corrected) sayChanged(turn, frame, name);
  if (!frame.waiting) return runSteps(turn);
  if (filled.length + corrected.length === 0 && answerQuestion(turn, understanding, 'answer')) return;
  if (corrected.length > 0) return;
  if (filled.length > 0) sayPattern(turn, 'noted');
  else if (!keepQuestion(turn, understanding)) sayWaiting(turn, frame);
}

/** "有网了": nothing is awaited any more. */
function leaveFor(turn: Turn, { frame, step }: { frame: Frame; step: string }): void {
  stopWaiting(turn, frame);
  goOnAt(turn, frame, step);
  runSteps(turn);
}

function sayChanged(turn: Turn, frame: Frame, name: string): void {
  const value = frame.slots[name];
  const shown = typeof value === 'object' && value !== null && 'full' in value ? value.full : null;
  if (shown === null) return sayPattern(turn, 'noted');
  sayPattern(turn, 'corrected', {
    slot: dialogOf(turn, frame)?.slots[name]?.name[turn.state.locale],
    value: shown,
  });
}
