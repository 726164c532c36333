import { isScalar, parseDocument } from 'yaml';
import { insertIn, removeIn, setIn, valueAt, yamlValue } from '../../dialogs/edit/edit-yaml';
import { scalarOf } from '../../dialogs/edit/render-value';

/**
 * The examples of an intent's file as lines. A file of ten thousand takes YAML a second to read, which is too long for
 * somebody who types: the shape that every such file has is read line by line, any other as YAML.
 */
export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One example and where it stands in the list of its language. */
export interface ExampleRow {
  language: Language;
  index: number;
  text: string;
}

interface Item {
  /** Counted from 0. */
  line: number;
  /** What stands before and after the text on its line: the dash, a comment. */
  lead: string;
  tail: string;
  text: string;
}
type Lists = Record<Language, { keyLine: number; indent: string; items: Item[] }>;

/** Texts that mean themselves in YAML, whatever they are followed by. */
const PLAIN = /^[\p{Script=Han}A-Za-z][^:#"'\r]*$/u;
const RESERVED = /^(?:true|false|yes|no|on|off|null|y|n)$/i;

/** The text of an item, and what follows it on the line; null for what does not end there. */
function readItem(raw: string): { text: string; tail: string } | null {
  if (PLAIN.test(raw) && !RESERVED.test(raw) && !raw.endsWith(' ')) return { text: raw, tail: '' };
  const { contents, errors } = parseDocument(raw);
  const end = contents?.range?.[1];
  const isText = isScalar(contents) && ['string', 'number'].includes(typeof contents.value);
  if (!isText || errors.length > 0 || end === undefined || contents.anchor || contents.tag) return null;
  return /^[|>]/.test(raw) ? null : { text: String(contents.value), tail: raw.slice(end) };
}

/** The lists of both languages; null where the file has another shape. */
function readLists(lines: readonly string[]): Lists | null {
  const begin = lines.findIndex((line) => /^examples:\s*(?:#.*)?$/.test(line));
  if (begin < 0) return null;
  const lists: Partial<Lists> = {};
  let open: Lists[Language] | null = null;
  for (let i = begin + 1; i < lines.length; i += 1) {
    const line = lines[i] ?? '';
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    if (/^\S/.test(line)) break;
    const key = /^( +)(zh|en):\s*(?:#.*)?$/.exec(line);
    const item = /^( +- +)(.*)$/.exec(line);
    const read = item && open ? readItem(item[2] ?? '') : null;
    if (key) {
      open = { keyLine: i, indent: `${key[1]}  - `, items: [] };
      lists[key[2] as Language] = open;
    } else if (item && open && read) {
      open.indent = item[1] ?? open.indent;
      open.items.push({ line: i, lead: item[1] ?? '', ...read });
    } else return null;
  }
  const { zh, en } = lists;
  return zh && en ? { zh, en } : null;
}

const namesAndLines = (text: string): { lines: string[]; lists: Lists | null } => {
  const lines = text.split('\n');
  return { lines, lists: readLists(lines) };
};

/** Every example in the order of the file. Empty where the text is no YAML. */
export function readExamples(text: string): ExampleRow[] {
  const { lists } = namesAndLines(text);
  return LANGUAGES.flatMap((language) => {
    const texts = lists ? lists[language].items.map((item) => item.text) : slowTexts(text, language);
    return texts.map((each, index) => ({ language, index, text: each }));
  });
}

function slowTexts(text: string, language: Language): string[] {
  try {
    const list = valueAt(yamlValue(text), ['examples', language]);
    return Array.isArray(list) ? list.map(String) : [];
  } catch {
    return [];
  }
}

/** Puts other words in the place of an example. Throws `bad-content` where the file is no YAML. */
export function setExample(text: string, { language, index }: ExampleRow, words: string): string {
  const { lines, lists } = namesAndLines(text);
  const item = lists?.[language].items[index];
  if (!item) return setIn(text, ['examples', language, index], words);
  lines[item.line] = item.lead + scalarOf(words) + item.tail;
  return lines.join('\n');
}

/** Takes examples away; comments stay, since they may speak of what follows. Throws as {@link setExample}. */
export function removeExamples(text: string, rows: readonly ExampleRow[]): string {
  const { lines, lists } = namesAndLines(text);
  if (!lists)
    return [...rows]
      .sort((a, b) => b.index - a.index)
      .reduce((rest, { language, index }) => removeIn(rest, ['examples', language, index]), text);
  const gone = new Set(rows.map(({ language, index }) => lists[language].items[index]?.line));
  return lines.filter((_line, i) => !gone.has(i)).join('\n');
}

/** Puts examples at the end of the list of their language. Throws as {@link setExample}. */
export function addExamples(text: string, language: Language, texts: readonly string[]): string {
  if (texts.length === 0) return text;
  const { lines, lists } = namesAndLines(text);
  if (!lists)
    return texts.reduce(
      (rest, each) => insertIn(rest, ['examples', language], slowTexts(rest, language).length, each),
      text,
    );
  const { keyLine, indent, items } = lists[language];
  const ending = lines[keyLine]?.endsWith('\r') ? '\r' : '';
  const at = (items.at(-1)?.line ?? keyLine) + 1;
  lines.splice(at, 0, ...texts.map((each) => indent + scalarOf(each) + ending));
  return lines.join('\n');
}

/** Chinese, or pinyin that stands among Chinese, is told by its characters; the rest counts as English. */
export const languageOf = (text: string): Language => (/\p{Script=Han}/u.test(text) ? 'zh' : 'en');
