import type { Article } from '../../../contract/knowledge';
import type { ContentProblem } from '../../../contract/problem';
import { parseArticle } from '../../../dialogs/knowledge/parse-article';

/** An article of the draft by its file. */
export interface ArticleRow {
  id: string;
  path: string;
  /** Null while the file has problems. */
  article: Article | null;
  problems: ContentProblem[];
}

export const articlePath = (id: string): string => `dialogs/knowledge/${id}.md`;
export const articleIdOf = (path: string): string | null =>
  /^dialogs\/knowledge\/([a-z0-9-]+)\.md$/.exec(path)?.[1] ?? null;

/** What was read of a text last: of a hundred files one changes at a time. */
const read = new Map<string, { text: string; row: ArticleRow }>();

/** Reads an article; problems are those that it has by itself. */
export function articleRow(path: string, text: string): ArticleRow | null {
  const id = articleIdOf(path);
  if (id === null) return null;
  const known = read.get(path);
  if (known?.text === text) return known.row;
  const problems: ContentProblem[] = [];
  const article = parseArticle(path, text, problems)?.article ?? null;
  const row = { id, path, article, problems };
  read.set(path, { text, row });
  return row;
}

/** Every article of the draft by its id. */
export const articleRows = (files: Readonly<Record<string, string>>): ArticleRow[] =>
  Object.entries(files)
    .flatMap(([path, text]) => articleRow(path, text) ?? [])
    .sort((a, b) => (a.id < b.id ? -1 : 1));

/** Whether an answer holds on a day (2026-11-29, by the operator's calendar). */
export function validityOf(
  { from, until }: Pick<Article, 'from' | 'until'>,
  today: string,
): 'always' | 'now' | 'later' | 'expired' {
  if (until !== undefined && until < today) return 'expired';
  if (from !== undefined && from > today) return 'later';
  return from === undefined && until === undefined ? 'always' : 'now';
}

/** The day of a moment where the operator is. */
export const dayOf = (at: number, timeZone = 'Asia/Shanghai'): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    at,
  );
