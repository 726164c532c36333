import type { Article } from '../../contract/knowledge';
import type { ContentProblem } from '../../contract/problem';
import type { FactTables } from '../../contract/tables';
import type { Report } from '../parse-file';
import { factFault } from '../tables/check-facts';
import { factsNamed } from '../tables/fact-texts';
import { NO_ANSWER } from './no-answer';
import { type ParsedArticle, parseArticle } from './parse-article';

/** No articles: what explains the folder, and what has no answer. */
const OTHERS = new Set(['README.md', NO_ANSWER]);

interface Found {
  article: Article;
  report: Report;
}

/** What articles refer to. */
export interface ArticleSurroundings {
  /** The intents that open a dialog. */
  openedBy: ReadonlySet<string>;
  facts: FactTables;
  /** Tables that cannot be read. */
  broken: ReadonlySet<string>;
}

/** Reads all articles (file name to text); every problem of every file is added to the list. */
export function loadArticles(
  files: Record<string, string>,
  { openedBy, facts, broken }: ArticleSurroundings,
  problems: ContentProblem[],
): Map<string, Article> {
  const found = Object.entries(files).flatMap(([name, text]): Found[] => {
    if (OTHERS.has(name)) return [];
    const parsed = parseArticle(`knowledge/${name}`, text, problems);
    if (!parsed) return [];
    const { article, report } = parsed;
    if (`${article.id}.md` !== name)
      report(['id'], `id is "${article.id}"`, `name the file ${article.id}.md`);
    const { offer } = article;
    if (offer && !openedBy.has(offer.intent))
      report(['offer', 'intent'], `no dialog is opened by "${offer.intent}"`, 'name an intent of a dialog');
    checkFacts(parsed, facts, broken);
    return [parsed];
  });
  checkPhrases(found);
  return new Map(found.map(({ article }) => [article.id, article]));
}

/** Only an answer names facts, and only those that there are. */
function checkFacts(
  { article, lineOf, add }: ParsedArticle,
  facts: FactTables,
  broken: ReadonlySet<string>,
): void {
  const { zh, en, channels = {} } = article.answer;
  const texts = [
    ['zh', zh],
    ['en', en],
    ...Object.entries(channels).flatMap(([channel, words]) => [
      [`zh ${channel}`, words.zh],
      [`en ${channel}`, words.en],
    ]),
  ] as const;
  for (const [title = '', text = ''] of texts)
    for (const name of factsNamed(text)) {
      const fault = factFault(facts, name, broken);
      if (fault) add(lineOf(title), title, ...fault);
    }
}

/** A way of asking belongs to one question; articles of the same question for other places may share it. */
function checkPhrases(found: Found[]): void {
  const owners = new Map<string, Article>();
  for (const { article, report } of found) {
    for (const language of ['zh', 'en'] as const) {
      for (const [i, phrase] of article.variants[language].entries()) {
        const key = phrase.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
        const owner = owners.get(key);
        if (owner && owner.question.zh !== article.question.zh)
          report(
            ['variants', language, i],
            `"${phrase}" stands in ${owner.id} too`,
            'keep it with one answer',
          );
        owners.set(key, article);
      }
    }
  }
}
