import type { Article } from '../../contract/knowledge';
import type { ContentProblem } from '../../contract/problem';
import type { Report } from '../parse-file';
import { NO_ANSWER } from './no-answer';
import { parseArticle } from './parse-article';

/** No articles: what explains the folder, and what has no answer. */
const OTHERS = new Set(['README.md', NO_ANSWER]);

interface Found {
  article: Article;
  report: Report;
}

/**
 * Reads all articles (file name to text); every problem of every file is added to the list. `openedBy` names the
 * intents that open a dialog.
 */
export function loadArticles(
  files: Record<string, string>,
  openedBy: ReadonlySet<string>,
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
    return [parsed];
  });
  checkPhrases(found);
  return new Map(found.map(({ article }) => [article.id, article]));
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
