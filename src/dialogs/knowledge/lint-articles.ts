import type { Locale } from '../../contract/activity';
import type { Article } from '../../contract/knowledge';
import type { ContentProblem } from '../../contract/problem';
import type { FactTables } from '../../contract/tables';
import { type CopyText, findCopyFaults } from '../copy-rules';
import { factsNamed, replaceFacts } from '../tables/fact-texts';
import { longestFacts } from '../tables/longest-facts';

interface Copy {
  path: string;
  text: string;
  locale: 'zh' | 'en';
  kind: CopyText['kind'];
}

const LOCALES = ['zh', 'en'] as const;

/** All that a customer reads of an article; the ways of asking are the customers' own words. */
function copiesOf({ question, source, offer, answer }: Article): Copy[] {
  const channels = Object.entries(answer.channels ?? {});
  return LOCALES.flatMap((locale): Copy[] => [
    { path: `question.${locale}`, text: question[locale], locale, kind: 'label' },
    { path: `source.${locale}`, text: source[locale], locale, kind: 'label' },
    { path: `# ${locale}`, text: answer[locale], locale, kind: 'bubble' },
    ...(offer
      ? [{ path: `offer.ask.${locale}`, text: offer.ask[locale], locale, kind: 'bubble' } as const]
      : []),
    ...channels.map(([channel, words]) => ({
      path: `# ${locale} ${channel}`,
      text: words[locale],
      locale,
      kind: 'bubble' as const,
    })),
  ]);
}

/** Judges the answers by the rules of docs/copy.md; an answer may be as long as points of a contract. */
export const lintArticles = (articles: Map<string, Article>, facts: FactTables): ContentProblem[] =>
  [...articles.values()].flatMap((article) =>
    copiesOf(article).flatMap(({ path, text: written, locale, kind }) => {
      const text = withLongest(written, facts, locale);
      return findCopyFaults({ text, locale, kind, isLong: kind === 'bubble' }).map(
        ({ rule, message, remedy }) => ({
          file: `knowledge/${article.id}.md`,
          line: 1,
          path,
          message: `${rule}: ${message}`,
          remedy,
        }),
      );
    }),
  );

const withLongest = (text: string, facts: FactTables, locale: Locale): string =>
  factsNamed(text).length === 0
    ? text
    : replaceFacts(
        text,
        ({ table, key, column }) => longestFacts(facts, locale)[table]?.[key]?.[column] ?? '',
      );
