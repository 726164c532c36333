import type { Frame } from '../contract/dialog';
import type { Grievance, Understanding } from '../contract/understanding';
import {
  asideOf,
  asksBeside,
  asksElsewhere,
  asksForSure,
  isAnswered,
  isOnlyFacts,
  isQuestion,
  leadsAside,
  sayAside,
} from './asides';
import { asks, hasQuestionWord } from './asks';
import { cannotSay, doesNotKnow } from './cannot-say';
import { askReading, offerDrop, offerHuman } from './clarify';
import { sayUpset } from './grievance';
import { answerConcern, answerQuestion, noteUnanswered } from './knowledge/answer-question';
import { sayModelAnswer } from './model-answer';
import { openIntents, otherConcerns, SAID_LIMIT } from './open-dialog';
import { onPutOff } from './put-off';
import { askQuestion, labelsOf, repeatQuestion } from './questions';
import { fold, readOption } from './read-option';
import { type Below, fillBelow, goOnAt, runChain } from './run-chain';
import { isOpenQuestion, redo, runSteps } from './run-steps';
import type { AskStep, ChooseStep } from './schema';
import { shortcutOf } from './shortcuts';
import { type Filling, fillSlots, isCorrection, rememberFacts } from './slots/fill-slots';
import { namedAgain, onNamedAgain } from './slots/named-again';
import { refuse, refuseBeside } from './slots/refuse';
import { sayCorrected } from './slots/say-corrected';
import {
  dialogOf,
  evaluateIn,
  handOver,
  isFilled,
  say,
  sayHandingOver,
  sayPattern,
  setSlot,
  stepOf,
  type Turn,
} from './turn';

/** After so many messages in a row that were not understood a human is offered. */
export const OFFER_AFTER = 2;
const FREE_TEXT_LIMIT = 300;

/** Enough for a concern in answer to the question which one it is. */
const LIKELY = 0.3;

type Question = AskStep | ChooseStep;

/** A message while a question is open. */
export function onAnswer(turn: Turn, frame: Frame, understanding: Understanding): void {
  const step = stepOf(turn, frame);
  if (step?.type !== 'ask' && step?.type !== 'choose') return;
  if (onPutOff(turn, step, understanding)) return;
  const isAside = leadsAside(understanding.text);
  const concerns = otherConcerns(turn, understanding);
  if (!isAside && asksElsewhere(turn, step, understanding)) return openIntents(turn, concerns, understanding);
  if (!isAside && asksForSure(turn, step, understanding) && answerQuestion(turn, understanding)) return;
  if (!isAside && asksBeside(turn, frame, step, understanding) && answerQuestion(turn, understanding)) return;
  const aside = isAside && concerns.length === 0 ? asideOf(turn, understanding) : null;
  const isElsewhere = isAside && (concerns.length > 0 || aside !== null);
  const isForBelow = concerns.length === 0 || isCorrection(understanding.text);
  const below = isForBelow ? fillBelow(turn, step, understanding) : null;
  const filling = takeAnswer(turn, frame, step, understanding, { isElsewhere, below });
  if (filling === 'refused') return;
  if (filling.filled.length + filling.corrected.length > 0) {
    turn.state.misunderstood = 0;
    sayCorrected(turn, frame, step, filling.corrected);
    refuseBeside(turn, frame, understanding);
    if (isAside && concerns.length > 0)
      return openIntents(turn, concerns, { ...understanding, entities: [] });
    if (aside) sayAside(turn, aside);
    const stays = frame.step === step.id && isOpenQuestion(turn, frame, step);
    if (stays && followShortcut(turn, understanding)) return;
    if (stays && filling.corrected.length === 0) sayPattern(turn, 'noted');
    return runSteps(turn);
  }
  if (below) return onBelow(turn, below);
  const isAnswer = concerns.length === 0 || isNumberOnly(understanding);
  if (isAnswer && onRefused(turn, frame, step, understanding, filling)) return;
  if (followShortcut(turn, understanding)) return;
  if (aside && answerQuestion(turn, aside)) return;
  if (concerns.length > 0) return openConcerns(turn, concerns, understanding);
  onOther(turn, frame, step, understanding);
}

function followShortcut(turn: Turn, understanding: Understanding): boolean {
  const shortcut = shortcutOf(turn, understanding);
  if (!shortcut) return false;
  goOnAt(turn, shortcut.frame, shortcut.step);
  runSteps(turn);
  return true;
}

/** A dialog below has learned something, and the open question is not answered by it. */
function onBelow(turn: Turn, { frame, isCorrected, isMoved }: Below): void {
  turn.state.misunderstood = 0;
  if (!isCorrected) sayPattern(turn, 'noted');
  if (isMoved) goOnAt(turn, frame, frame.step);
  runSteps(turn);
}

/** Another concern, unless its dialog can do no more than hand over and the knowledge has an answer. */
function openConcerns(turn: Turn, concerns: string[], understanding: Understanding): void {
  if (!answerConcern(turn, concerns, understanding)) openIntents(turn, concerns, understanding);
}

/** What the message fills; `refused` when the answer was turned down with a reason. */
function takeAnswer(
  turn: Turn,
  frame: Frame,
  step: Question,
  understanding: Understanding,
  { isElsewhere, below }: { isElsewhere: boolean; below: Below | null },
): Filling | 'refused' {
  const filling = fillSlots(turn, frame, understanding, step.slot);
  const isRefused = filling.refused.length > 0 && filling.filled.length + filling.corrected.length === 0;
  // "明天凌晨三点" names no option, though it sounds like "another time".
  if (isRefused && onRefused(turn, frame, step, understanding, filling)) return 'refused';
  const option =
    step.type === 'choose'
      ? optionOf(turn, frame, step, understanding, filling, below)
      : (concernOf(turn, frame, step, understanding) ??
        freeText(turn, frame, step, understanding, isElsewhere));
  if (option !== null) {
    const isChange = isFilled(frame.slots[step.slot]);
    setSlot(turn, frame, step.slot, option);
    if (!filling.filled.includes(step.slot)) filling.filled.push(step.slot);
    if (isChange) redo(turn, frame, step.slot);
  }
  if (step.type === 'ask' && isInvalid(turn, frame, step)) return 'refused';
  return filling;
}

function optionOf(
  turn: Turn,
  frame: Frame,
  step: ChooseStep,
  understanding: Understanding,
  filling: Filling,
  below: Below | null,
): string | null {
  const news = [...filling.filled, ...filling.corrected];
  const byFact = step.options.find(
    ({ when }) => when !== undefined && evaluateIn(turn, when, { news }) === true,
  );
  // "不知道" is no "no", and neither is "不对，是3号楼".
  const isNoAnswer =
    filling.corrected.length > 0 ||
    below?.isCorrected === true ||
    doesNotKnow(fold(understanding.text)) ||
    namedAgain(turn, frame, step, understanding) !== null;
  const intents = isNoAnswer ? [] : understanding.intents;
  return byFact?.value ?? readOption(step, { ...understanding, intents }, labelsOf(turn, step));
}

/** A question for the slot `intent` is answered by any concern of its dialog; the words are what was said of it. */
function concernOf(
  turn: Turn,
  frame: Frame,
  step: AskStep,
  { text, intents, candidates }: Understanding,
): string | null {
  if (step.slot !== 'intent') return null;
  const likely = candidates.filter(({ probability }) => probability >= LIKELY);
  const isOwn = ({ intent }: { intent: string }) => turn.set.byIntent.get(intent) === frame.dialog;
  const found = [...intents, ...likely].find(isOwn);
  if (found && dialogOf(turn, frame)?.slots.said) setSlot(turn, frame, 'said', text.slice(0, SAID_LIMIT));
  return found?.intent ?? null;
}

function freeText(
  turn: Turn,
  frame: Frame,
  step: AskStep,
  understanding: Understanding,
  isElsewhere: boolean,
): string | null {
  const isFree = dialogOf(turn, frame)?.slots[step.slot]?.entity === 'text';
  const text = understanding.text.trim();
  return isFree && !isElsewhere && text !== '' ? text.slice(0, FREE_TEXT_LIMIT) : null;
}

function isInvalid(turn: Turn, frame: Frame, step: AskStep): boolean {
  const value = frame.slots[step.slot];
  if (!step.validate || !isFilled(value)) return false;
  if (evaluateIn(turn, step.validate.condition, { value }) === true) return false;
  setSlot(turn, frame, step.slot, null);
  say(turn, step.validate.message);
  if (countAttempt(frame, step.id) > step.attempts) giveUp(turn, frame, step);
  return true;
}

/** "12345" in answer to a question for a number is one with a slip, whatever it is called elsewhere. */
const isNumberOnly = ({ text, nearMisses = [] }: Understanding): boolean =>
  nearMisses.some((miss) => miss.text.length >= text.trim().length - 1);

/** An answer that cannot be taken is told why; after too many of them the question is given up. */
function onRefused(
  turn: Turn,
  frame: Frame,
  step: Question,
  understanding: Understanding,
  { refused }: Filling,
): boolean {
  if (!refuse(turn, { frame, step, understanding }, refused)) return false;
  if (countAttempt(frame, step.id) > step.attempts) giveUp(turn, frame, step);
  return true;
}

function countAttempt(frame: Frame, step: string): number {
  const attempts = (frame.attempts[step] ?? 0) + 1;
  frame.attempts[step] = attempts;
  return attempts;
}

/** Neither an answer nor another concern. */
function onOther(turn: Turn, frame: Frame, step: Question, understanding: Understanding): void {
  const intent = understanding.intents[0]?.intent ?? '';
  if (onNamedAgain(turn, frame, step, understanding)) return;
  if (intent === 'greet') return repeatQuestion(turn, 'here');
  if (intent === 'thanks') return repeatQuestion(turn, 'thanks');
  const { entity } = dialogOf(turn, frame)?.slots[step.slot] ?? {};
  if (step.onFail && cannotSay(fold(understanding.text), step.type, entity)) {
    frame.step = step.onFail;
    return runSteps(turn);
  }
  if (step.type === 'ask' && intent === 'deny') return offerDrop(turn);
  if (isOnlyFacts(understanding)) {
    rememberFacts(turn, understanding);
    return repeatQuestion(turn, 'noted');
  }
  const mayAsk = isQuestion(understanding) && (asks(understanding.text) || isAnswered(turn, understanding));
  if (mayAsk && answerQuestion(turn, understanding)) return;
  if (onUnanswerable(turn, frame, step, understanding)) return;
  if (understanding.grievance?.isAngry) return onAnger(turn, frame, step, understanding.grievance);
  const isSameConcern = runChain(turn).some(({ dialog }) => turn.set.byIntent.get(intent) === dialog);
  if (isSameConcern && understanding.text.length > 0 && countAttempt(frame, `${step.id}:same`) === 1)
    return repeatQuestion(turn, 'noted');
  onMisunderstood(turn, frame, step, understanding);
}

/** Nobody is told that they were not understood for being angry; a second time a human is offered. */
function onAnger(turn: Turn, frame: Frame, step: Question, { isRepeated }: Grievance): void {
  if (countAttempt(frame, `${step.id}:upset`) > 1) return offerHuman(turn);
  sayUpset(turn, isRepeated);
  repeatQuestion(turn, null);
}

/** The attempts are used up: where the dialog says, else to a human. */
function giveUp(turn: Turn, frame: Frame, step: Question): void {
  if (step.onFail) {
    frame.step = step.onFail;
    return runSteps(turn);
  }
  sayHandingOver(turn);
  handOver(turn, `not-understood:${frame.dialog}:${step.id}`, 'normal', step.id);
}

function onMisunderstood(turn: Turn, frame: Frame, step: Question, understanding: Understanding): void {
  if (isAnsweredAside(turn, frame, step, understanding)) return repeatQuestion(turn, null);
  turn.state.misunderstood += 1;
  if (countAttempt(frame, step.id) > step.attempts) return giveUp(turn, frame, step);
  if (turn.state.misunderstood >= OFFER_AFTER) return offerHuman(turn);
  if (hasQuestionWord(understanding.text)) noteUnanswered(turn, understanding);
  if (askReading(turn, understanding)) return;
  sayPattern(turn, 'not-understood');
  askQuestion(turn, step, true);
}

/** "打哪个都行" asks nothing. */
const ANY = /都(?:行|可以|好|成)|随便|whatever|any(?:thing|one)? (?:is|will|would)/iu;

/** A question that has no answer here is none to ours: that is said, twice at the most, and costs no attempt. */
function onUnanswerable(turn: Turn, frame: Frame, step: Question, understanding: Understanding): boolean {
  const { text, intents } = understanding;
  if (!asks(text) || ANY.test(text) || intents.length > 0 || !isQuestion(understanding)) return false;
  if (countAttempt(frame, `${step.id}:unanswered`) > MOST_ASIDES) return false;
  noteUnanswered(turn, understanding);
  if (isAnsweredAside(turn, frame, step, understanding)) repeatQuestion(turn, null);
  else if (!askReading(turn, understanding)) repeatQuestion(turn, 'cannot-answer');
  return true;
}

/** Answers of the model to questions of the customer leave the open one open, but not for ever. */
const MOST_ASIDES = 2;

function isAnsweredAside(turn: Turn, frame: Frame, step: Question, understanding: Understanding): boolean {
  if (understanding.advice?.type !== 'answer' || !hasQuestionWord(understanding.text)) return false;
  if (countAttempt(frame, `${step.id}:aside`) > MOST_ASIDES) return false;
  return sayModelAnswer(turn, understanding);
}
