import type { Article } from '../../contract/knowledge';
import { AppError } from '../../errors';
import { removeIn, setIn } from '../edit/edit-yaml';
import { blockOf, flowOf } from '../edit/render-value';
import type { Path } from '../edit/yaml-places';

/**
 * Changes to an article as changes of its text: only the lines of what is edited are touched. Each function takes the
 * file and answers the file; all throw `bad-content` where the file is no article.
 */
const ORDER = ['id', 'question', 'variants', 'from', 'until', 'areas', 'offer', 'source'];
const HEAD = /^(\ufeff?---\r?\n)([\s\S]*?\n)(---[ \t]*(?:\r?\n|$))/;

function headOf(file: string): [before: string, head: string, after: string] {
  const found = HEAD.exec(file);
  if (!found) throw new AppError('bad-content', 'Mend the article first: its front matter is missing.');
  const [whole, open = '', head = ''] = found;
  return [open, head, whole.slice(open.length + head.length) + file.slice(whole.length)];
}

/** Puts a value into the front matter; undefined takes it away. */
export function setHead(file: string, path: Path, value: unknown): string {
  const [before, head, after] = headOf(file);
  const changed = value === undefined ? removeIn(head, path) : setIn(head, path, value, ORDER);
  return before + (changed.endsWith('\n') ? changed : `${changed}\n`) + after;
}

/** Adds ways of asking in a language; those that stand there already are left out. */
export function addVariants(
  file: string,
  article: Article,
  language: 'zh' | 'en',
  phrases: string[],
): string {
  const known = new Set(article.variants[language]);
  const added = phrases.filter((phrase) => !known.has(phrase));
  return setHead(file, ['variants', language], [...article.variants[language], ...new Set(added)]);
}

/** The title of a section: `zh`, or `zh wechat`. */
export const sectionTitle = (language: 'zh' | 'en', channel: string | null): string =>
  channel === null ? language : `${language} ${channel}`;

/** Puts the text of a section in place of what stands there; undefined takes the section away. */
export function setSection(file: string, title: string, text: string | undefined): string {
  const [before, head, body] = headOf(file);
  const lines = body.split('\n');
  const isTitle = (line: string) => /^#\s+/.test(line);
  const named = (line: string) =>
    isTitle(line) && line.replace(/^#\s+/, '').trim().split(/\s+/).join(' ') === title;
  const start = lines.findIndex(named);
  const fresh = text === undefined ? [] : [`# ${title}`, '', ...text.trim().split('\n'), ''];
  if (start < 0) {
    const end = body.trimEnd();
    return text === undefined ? file : `${before}${head}${end}\n\n${fresh.join('\n')}`;
  }
  const next = lines.findIndex((line, i) => i > start && isTitle(line));
  const rest = next < 0 ? [] : lines.slice(next);
  const kept = lines.slice(0, start);
  const joined = [...kept, ...fresh, ...rest].join('\n');
  return `${before}${head}${joined.trimEnd()}\n`;
}

export interface NewArticle {
  id: string;
  question: { zh: string; en: string };
  /** At least one of each language. */
  variants: { zh: string[]; en: string[] };
  answer: { zh: string; en: string };
  source: { zh: string; en: string };
}

/** The file of a new article. */
export const newArticleText = ({ id, question, variants, answer, source }: NewArticle): string =>
  [
    '---',
    `id: ${flowOf(id)}`,
    blockOf({ question }, 0),
    'variants:',
    '  zh:',
    ...variants.zh.map((phrase) => `    - ${flowOf(phrase)}`),
    '  en:',
    ...variants.en.map((phrase) => `    - ${flowOf(phrase)}`),
    blockOf({ source }, 0),
    '---',
    '',
    '# zh',
    '',
    answer.zh.trim(),
    '',
    '# en',
    '',
    answer.en.trim(),
    '',
  ].join('\n');
