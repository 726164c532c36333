import type { Article } from '../../contract/knowledge';
import { wordsOf } from '../texts';
import { sayPattern, type Turn } from '../turn';

/** Says an answer with its source, and where it holds when that is not everywhere. */
export function sayArticle(turn: Turn, { answer, source, areas }: Article): void {
  const { locale } = turn.state;
  sayPattern(turn, 'answer', {
    answer: wordsOf(answer, locale, turn.context.channel),
    source: source[locale],
    areas: areas.join(locale === 'zh' ? '、' : ', '),
  });
}
