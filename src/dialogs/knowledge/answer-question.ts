import type { Article } from '../../contract/knowledge';
import type { Understanding } from '../../contract/understanding';
import { asks } from '../asks';
import { openEntities } from '../open-dialog';
import { repeatQuestion } from '../questions';
import { sayPattern, type Turn, topFrame } from '../turn';
import { articleOf, lookUp } from './look-up';
import { sayArticle } from './say-article';

/** What the customer may tap at the questions of the knowledge. */
export const ANSWER_TAPS = {
  neither: { zh: '都不是', en: 'Neither' },
  yes: { zh: '好的', en: 'Yes please' },
  no: { zh: '不用', en: 'No thanks' },
} as const;

type Asked = Pick<Understanding, 'text' | 'entities'>;

/** True for concerns whose questions are answered before anything is done about them. */
const isAfterKnowledge = (turn: Turn, intents: string[]): boolean =>
  intents.every((intent) => turn.set.dialogs.get(turn.set.byIntent.get(intent) ?? '')?.isAfterKnowledge);

/**
 * Answers a question from the knowledge, or asks which of two is meant, unless only an answer is wanted. What was open
 * is asked again afterwards. False, and nothing is said, when there is no answer.
 */
export function answerQuestion(turn: Turn, asked: Asked, wanted: 'any' | 'answer' = 'any'): boolean {
  const { status, isSure, articles } = lookUp(turn, asked.text);
  const [first, second] = articles.map(({ id }) => articleOf(turn, id));
  if (status === 'none' || !first || (wanted === 'answer' && status !== 'found')) return false;
  turn.state.misunderstood = 0;
  // A wrong answer costs a customer more than a tap.
  const isAsked = status === 'close' || (wanted === 'any' && !isSure);
  if (isAsked && second) askWhichArticle(turn, [first, second], asked);
  else giveArticle(turn, first, asked);
  return true;
}

/**
 * Answers a question that was taken for a concern of a dialog that comes after the knowledge, and offers to do it.
 * "退订权益包" is no question: whoever wants something done is not told about it.
 */
export function answerConcern(turn: Turn, intents: string[], asked: Asked): boolean {
  if (!isAfterKnowledge(turn, intents) || !asks(asked.text) || asksForIt(asked)) return false;
  const article = articleFor(turn, intents, asked);
  if (!article) return false;
  turn.state.misunderstood = 0;
  const offered = article.offer?.intent ?? '';
  const isOwn = intents.includes(offered);
  const leadsElsewhere = turn.set.byIntent.has(offered) && !isOwn;
  if (topFrame(turn) || leadsElsewhere) {
    giveArticle(turn, article, asked);
  } else {
    sayArticle(turn, article);
    offerToDo(turn, isOwn ? offered : (intents[0] ?? ''), asked);
  }
  return true;
}

const POSSIBLE = /能|可以|行不行|\b(?:can|could|possible)\b/iu;

/** "阳光花园3栋能装宽带吗": whoever names the place and asks whether it can be done there wants it done. */
const asksForIt = ({ text, entities }: Asked): boolean =>
  POSSIBLE.test(text) && entities.some(({ type }) => type === 'address');

/** The answer; of several that are close the one that leads to the concern: words and knowledge agree on it. */
function articleFor(turn: Turn, intents: string[], { text }: Asked): Article | undefined {
  const { status, articles } = lookUp(turn, text);
  const found = articles.map(({ id }) => articleOf(turn, id));
  if (status === 'found') return found[0];
  return found.find((article) => article?.offer && intents.includes(article.offer.intent));
}

function offerToDo(turn: Turn, intent: string, { text, entities }: Asked): void {
  turn.state.clarifying = {
    type: 'offer',
    intent,
    text: text.slice(0, 200),
    entities: openEntities(entities),
  };
  sayPattern(turn, 'answered-concern', {}, offerTaps(turn));
}

const offerTaps = ({ state: { locale } }: Turn): string[] => [
  ANSWER_TAPS.yes[locale],
  ANSWER_TAPS.no[locale],
];

/**
 * Says the answer, or that nothing of it holds now; then goes on with what is open, or offers what may follow from it.
 */
export function giveArticle(turn: Turn, article: Article, { text }: Pick<Asked, 'text'>): void {
  sayArticle(turn, article);
  if (topFrame(turn)) return repeatQuestion(turn, null);
  offerConcern(turn, article, text);
}

function offerConcern(turn: Turn, { offer }: Article, text: string): void {
  const { locale } = turn.state;
  if (!offer || !turn.set.byIntent.has(offer.intent)) return;
  turn.state.clarifying = { type: 'offer', intent: offer.intent, text: text.slice(0, 200) };
  turn.replies.push({ text: offer.ask[locale], quickReplies: offerTaps(turn) });
}

/** Asks which of two answers is meant. */
export function askWhichArticle(turn: Turn, articles: Article[], { text, entities }: Asked): void {
  const { locale } = turn.state;
  const kept = { text: text.slice(0, 200), entities: openEntities(entities) };
  turn.state.clarifying = { type: 'articles', articles: articles.map(({ id }) => id), ...kept };
  const questions = articles.map(({ question }) => question[locale]);
  sayPattern(turn, 'which-answer', {}, [...questions, ANSWER_TAPS.neither[locale]]);
}

/** Neither a concern nor a question with an answer: whoever keeps the knowledge hears of it, without the person. */
export function noteUnanswered(turn: Turn, { text, entities }: Asked): void {
  turn.effects.push({ type: 'unanswered', text, locale: turn.state.locale, parts: partsOf(entities) });
}

/** What was understood only because the customer was asked: whoever keeps the intents hears which it was. */
export function noteChosen(turn: Turn, { text, entities }: Asked, chosen: string): void {
  const told = { text, locale: turn.state.locale, parts: partsOf(entities) };
  turn.effects.push({ type: 'unanswered', ...told, chosen });
}

const partsOf = (entities: Asked['entities']) =>
  entities.map(({ type, start, end }) => ({ type, start, end }));
