import type { KeptQuestion } from '../contract/dialog';
import type { Understanding } from '../contract/understanding';
import { isQuestion } from './asides';
import { asks, hasQuestionWord } from './asks';
import { askWhether } from './clarify';
import { askWhichArticle, noteUnanswered } from './knowledge/answer-question';
import { articleOf, lookUp } from './knowledge/look-up';
import { sayArticle } from './knowledge/say-article';
import { openEntities } from './open-dialog';
import { repeatQuestion } from './questions';
import { render, sayPattern, stepOf, type Turn, topFrame } from './turn';

/**
 * Questions that come while an outcome is awaited and that cannot be answered outright, since something has to be asked
 * back first: a question of ours would stand in the way of the outcome. They are kept, and told once it is there.
 */
const MOST = 3;
const TEXT_LIMIT = 200;
/** What is this likely a concern is asked about rather than passed over. */
const LIKELY = 0.45;

/** "还没好吗", "还要多久": about what is awaited, and no question of its own. */
const ABOUT_OUTCOME =
  /^(?:那|啊|喂|你|您|现在|到底|请问|[,，。 ])*(?:(?:还|都)?没?(?:有)?(?:查|测|弄|搞|修|检测)?(?:好|完|到|出来?|出结果|结果)(?:了|没|没有|吗|么|啊|呀|吧|[?？ ])*|还(?:在|要|得|没).{0,6}|(?:大概|一般|要|需要|得)*(?:等)?(?:多久|多长时间|几分钟|多少分钟|好久).{0,3}|(?:结果|测线?|查)得?.{0,3}(?:怎么样|怎样|如何|咋样|呢|出).{0,3}|怎么(?:样|这么慢|还没好?|不说话|没反应).{0,3}|(?:在|人)(?:吗|呢|不|不在|哪)?|真的(?:吗|假的)?|什么情况|啥情况|然后呢)[?？!！。 ]*$|^(?:so |and |well |ok(?:ay)?,? )*(?:how (?:much )?long(?:er)?(?: (?:will|does|is|do).{0,25})?|(?:is it |are you )?(?:done|ready|finished|there|still.{0,20})(?: yet)?|any (?:news|result|results|luck|update)(?: yet)?|what(?:'s| is) (?:the (?:result|status)|going on|happening|taking so long)|(?:what )?(?:does|did) (?:the|it|your) (?:test|result)?.{0,10}|hello|really|and(?: then)?|what now)[?!. ]*$/iu;

/** Nobody asks so at length; a longer text would cost the pattern the square of its length. */
const isAboutOutcome = (text: string): boolean =>
  text.trim().length <= TEXT_LIMIT && ABOUT_OUTCOME.test(text.trim());

/** Words that ask in a sentence that begins with them: "can I keep my number". */
const ASKING =
  /^(?:(?:and|so|but|btw|by the way|also)[, ]+)*(?:who|why|can|could|do|does|did|is|are|will|would|should)\b/iu;

/** The concern of a dialog that is not open, that the words are likely about. */
function likelyConcern({ set, state }: Turn, { candidates: [best] }: Understanding): string | null {
  const dialog = best && set.byIntent.get(best.intent);
  const isOpen = state.frames.some((frame) => frame.dialog === dialog);
  return best && dialog && !isOpen && best.probability >= LIKELY && best.intent !== 'order-progress'
    ? best.intent
    : null;
}

/**
 * Takes a question that is asked while an outcome is awaited and has no answer that could be given outright. False when
 * it is none, or is about what is awaited.
 */
export function keepQuestion(turn: Turn, understanding: Understanding): boolean {
  const { text, locale } = understanding;
  if (!isQuestion(understanding) || isAboutOutcome(text)) return false;
  const intent = likelyConcern(turn, understanding);
  const mayBeAnswered = asks(text) && lookUp(turn, text).status !== 'none';
  if (intent === null && !mayBeAnswered) {
    const isAsked = hasQuestionWord(text) || ASKING.test(text.trim()) || (locale === 'zh' && asks(text));
    if (!isAsked) return false;
    cannotAnswer(turn, understanding);
    return true;
  }
  const kept = { text: text.slice(0, TEXT_LIMIT), intent, entities: openEntities(understanding.entities) };
  turn.state.keptQuestions = [...turn.state.keptQuestions, kept].slice(-MOST);
  if (!isFree(turn)) sayPattern(turn, 'question-kept');
  return true;
}

/** There is nothing that an outcome could add. */
function cannotAnswer(turn: Turn, asked: Pick<Understanding, 'text' | 'entities'>): void {
  noteUnanswered(turn, asked);
  sayPattern(turn, 'cannot-answer');
}

/** True when nothing is awaited but what may take hours, for which the customer was told to speak of something else. */
const isFree = ({ state: { frames } }: Turn): boolean =>
  frames.every(({ waiting }) => waiting === null || waiting.lateUntilAt !== undefined);

/**
 * At the end of a turn: tells what was kept, unless an outcome is still on its way, a question of ours beside the open
 * one waits for its answer, or a human takes over. The open question is put after it.
 */
export function tellKept(turn: Turn): void {
  const { state, effects } = turn;
  const isHandedOver = effects.some(({ type }) => type === 'handoff');
  if (state.keptQuestions.length === 0 || isHandedOver || !isFree(turn)) return;
  if (state.clarifying !== null) return;
  const question = isQuestionPut(turn) ? turn.replies.pop() : undefined;
  while (state.keptQuestions.length > 0 && state.clarifying === null) {
    const kept = state.keptQuestions.shift();
    if (kept) tell(turn, kept);
  }
  if (state.clarifying !== null) return;
  if (question) turn.replies.push(question);
  else repeatQuestion(turn, null);
}

/** The open question is what was said last. */
function isQuestionPut(turn: Turn): boolean {
  const step = stepOf(turn, topFrame(turn));
  if (step?.type !== 'ask' && step?.type !== 'choose' && step?.type !== 'survey') return false;
  const said = turn.replies.at(-1)?.text;
  const words = step.type === 'survey' ? [step.prompt] : [step.prompt, step.retry ?? step.prompt];
  return words.some((text) => render(turn, text) === said);
}

function tell(turn: Turn, { text, intent, entities }: KeptQuestion): void {
  const { status, articles } = lookUp(turn, text);
  const [first, second] = articles.map(({ id }) => articleOf(turn, id));
  sayPattern(turn, 'kept-question', { words: text });
  if (status === 'found' && first) sayArticle(turn, first);
  else if (status === 'close' && first && second) askWhichArticle(turn, [first, second], { text, entities });
  else if (intent !== null) askWhether(turn, intent, { text, entities });
  else cannotAnswer(turn, { text, entities });
}
