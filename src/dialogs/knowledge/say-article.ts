import type { Article } from '../../contract/knowledge';
import { factsNamed, sayFacts, type UnspokenFact } from '../tables/fact-texts';
import { lastDayOf } from '../tables/resolve-fact';
import { keepUntil, noteUnspoken, saidAt } from '../tables/say-with-facts';
import { wordsOf } from '../texts';
import { sayPattern, type Turn } from '../turn';

/** The words of an answer now and here; the fact that keeps it from being said, where one does. */
function answerWords(turn: Turn, { answer }: Article): { text: string } | UnspokenFact {
  const { locale } = turn.state;
  const words = wordsOf(answer, locale, turn.context.channel);
  return sayFacts(turn.set.facts, words, { ...saidAt(turn), locale });
}

/** Says an answer; when a fact that it names does not hold, that we do not know, and how to reach somebody who does. */
export function sayArticle(turn: Turn, article: Article): void {
  if (!sayWhatHolds(turn, article)) sayPattern(turn, 'fact-unknown');
}

/**
 * Says an answer with its source, and where it holds when that is not everywhere. False, and nothing is said, when a fact
 * that it names does not hold.
 */
export function sayWhatHolds(turn: Turn, article: Article): boolean {
  const said = answerWords(turn, article);
  if ('reason' in said) {
    noteUnspoken(turn, said);
    return false;
  }
  const { locale } = turn.state;
  const { source, areas } = article;
  sayPattern(turn, 'answer', {
    answer: said.text,
    source: source[locale],
    areas: areas.join(locale === 'zh' ? '、' : ', '),
  });
  const words = wordsOf(article.answer, locale, turn.context.channel);
  keepUntil(turn, lastDayOf(turn.set.facts, factsNamed(words), saidAt(turn)));
  return true;
}
