import { z } from 'zod';
import { entitySchema, type Understanding } from '../../contract/understanding';
import { isAsGoodAsYes } from '../as-good-as-yes';
import { openIntents } from '../open-dialog';
import { repeatQuestion } from '../questions';
import { fold, readOrdinal } from '../read-option';
import { sayPattern, type Turn, topFrame } from '../turn';
import { ANSWER_TAPS, giveArticle, noteUnanswered } from './answer-question';
import { articleOf } from './look-up';

/** Which of two questions is meant. */
export const askedArticlesSchema = z.object({
  type: z.literal('articles'),
  articles: z.array(z.string()),
  text: z.string(),
  entities: z.array(entitySchema),
});
/** Whether the concern that an answer offered is wanted. */
export const askedOfferSchema = z.object({
  type: z.literal('offer'),
  intent: z.string(),
  text: z.string(),
  /** What was said with the question: nobody says it twice. */
  entities: z.array(entitySchema).default([]),
});

type Taps = { zh: string; en: string };
const names = (said: string, words: Taps): boolean => said === fold(words.zh) || said === fold(words.en);
const intentOf = (understanding: Understanding): string | null => understanding.intents[0]?.intent ?? null;

/** The answer to "which of the two"; false when the message is about something else. */
export function onArticleChosen(
  turn: Turn,
  asked: z.infer<typeof askedArticlesSchema>,
  understanding: Understanding,
): boolean {
  const said = fold(understanding.text);
  const ordinal = readOrdinal(understanding.text) ?? 0;
  const isNeither = names(said, ANSWER_TAPS.neither) || ordinal === asked.articles.length + 1;
  if (isNeither || intentOf(understanding) === 'deny') {
    noteUnanswered(turn, asked);
    if (topFrame(turn)) repeatQuestion(turn, null);
    else sayPattern(turn, 'what-i-can-do');
    return true;
  }
  const articles = asked.articles.map((id) => articleOf(turn, id));
  const chosen =
    articles[ordinal - 1] ?? articles.find((article) => article && names(said, article.question));
  if (!chosen) return false;
  giveArticle(turn, chosen, asked);
  return true;
}

/** The answer to what was offered; false when the message is about something else. */
export function onOffered(
  turn: Turn,
  { intent, text, entities }: z.infer<typeof askedOfferSchema>,
  understanding: Understanding,
): boolean {
  const said = fold(understanding.text);
  const found = intentOf(understanding);
  const isYes = names(said, ANSWER_TAPS.yes) || found === 'affirm' || found === intent;
  if (isYes || isAsGoodAsYes(turn, intent, understanding)) {
    const { isUpset } = understanding;
    openIntents(turn, [intent], { text, entities: [...entities, ...understanding.entities], isUpset });
    return true;
  }
  if (!names(said, ANSWER_TAPS.no) && found !== 'deny') return false;
  sayPattern(turn, 'closing');
  return true;
}
