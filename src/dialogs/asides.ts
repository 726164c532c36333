import type { Frame } from '../contract/dialog';
import type { Understanding } from '../contract/understanding';
import { asks, hasQuestionWord } from './asks';
import { articleOf, lookUp } from './knowledge/look-up';
import { sayArticle } from './knowledge/say-article';
import { otherConcerns } from './open-dialog';
import type { AskStep, ChooseStep } from './schema';
import { fits, isCorrection } from './slots/fill-slots';
import { dialogOf, type Turn } from './turn';

/** Questions of the customer while one of ours is open. */
type Question = AskStep | ChooseStep;

/** Words that lead from an answer to another concern: "501 对了你们现在500兆多少钱". */
const ASIDE = /对了|顺便|另外|还有|再问|问一下|问下|想问|by the way|btw|also|one more/iu;
const SURE = 0.9;
/** A shorter text is an answer, not a question. */
const QUESTION_LENGTH = 4;
export const isQuestion = ({ text, intents }: Understanding): boolean =>
  text.trim().length >= QUESTION_LENGTH && !intents.some(({ intent }) => ANSWERS.has(intent));
/** Words that answer a question of ours ask none. */
const ANSWERS = new Set(['affirm', 'deny']);
/** "7幢2单元301" and nothing else: facts, and no question, whatever their words sound like. */
export const isOnlyFacts = ({ text, entities }: Understanding): boolean =>
  entities.length > 0 && !/[\p{L}\p{N}]/u.test(withoutSpans(text, entities));

/** The text less what was found in it. */
export const withoutSpans = (text: string, entities: Understanding['entities']): string =>
  [...entities]
    .sort((a, b) => b.start - a.start)
    .reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);

/** What is no question by its words is one only where a single answer stands out. */
export const isAnswered = (turn: Turn, { text }: Understanding): boolean =>
  lookUp(turn, text).status === 'found';

/** True when the words lead from an answer to something else. */
export const leadsAside = (text: string): boolean => ASIDE.test(text);

/** "300M多少钱" names an option without choosing it: a question about something else, beyond doubt. */
export function asksElsewhere(turn: Turn, step: Question, understanding: Understanding): boolean {
  if (step.type !== 'choose' || !hasQuestionWord(understanding.text)) return false;
  const own = new Set(step.options.flatMap(({ intents }) => intents));
  return otherConcerns(turn, understanding, SURE).some((intent) => !own.has(intent));
}

/** "断网有没有赔偿" at a choice names an option only by its words: a question that has an answer, beyond doubt. "500M" is none. */
export const asksForSure = (turn: Turn, step: Question, { text }: Understanding): boolean =>
  step.type === 'choose' &&
  asks(text) &&
  text.trim().length >= QUESTION_LENGTH - 1 &&
  lookUp(turn, text).isSure;

/** What is asked of one's own matter, or asked in anger, belongs to the story that is wanted. */
const TELLING = /我|俺|咱|\d|[为凭]什么|扣|退|骗|\b(?:i|my|me|we|our|why|how come)\b/iu;

/**
 * "你们几点下班" where an address was asked: a question that has an answer, and nothing in it is what was asked for. What
 * it names by the way fills no slot. Where anything may be said, only a question beyond doubt is one.
 */
export function asksBeside(
  turn: Turn,
  frame: Frame,
  step: Question,
  { text, entities, intents }: Understanding,
): boolean {
  if (step.type !== 'ask' || step.slot === 'intent' || (step.takesQuestions && TELLING.test(text)))
    return false;
  if (!asks(text) || text.trim().length < QUESTION_LENGTH || isCorrection(text)) return false;
  const wanted = dialogOf(turn, frame)?.slots[step.slot]?.entity;
  const isOwn = ({ intent }: { intent: string }) => turn.set.byIntent.has(intent);
  if (entities.some((entity) => fits(entity, wanted)) || intents.some(isOwn)) return false;
  const { status, isSure } = lookUp(turn, text);
  return wanted === 'text' ? isSure : status === 'found';
}

/** "501 对了 路由器放哪里好": the question that follows the answer; null when it has no answer. */
export function asideOf(turn: Turn, understanding: Understanding): Understanding | null {
  const { text } = understanding;
  const cue = ASIDE.exec(text);
  const rest = cue ? text.slice(cue.index + cue[0].length).trim() : '';
  return rest !== '' && lookUp(turn, rest).status === 'found'
    ? { ...understanding, text: rest, entities: [] }
    : null;
}

/** Before the dialog goes on to its next question. */
export function sayAside(turn: Turn, { text }: Understanding): void {
  const article = articleOf(turn, lookUp(turn, text).articles[0]?.id);
  if (article) sayArticle(turn, article);
}
