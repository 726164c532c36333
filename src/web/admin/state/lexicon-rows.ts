import type { ContentProblem } from '../../../contract/problem';
import { removeIn, setIn } from '../../../dialogs/edit/edit-yaml';
import { type Lexicon, parseLexicon } from '../../../understanding/lexicon';

export const LEXICON_PATH = 'intents/entities/lexicon.yaml';

/** The two lists of a lexicon, and what a row of each is called by. */
export const LISTS = { forms: 'form', plans: 'name' } as const;
export type LexiconList = keyof typeof LISTS;

export interface LexiconRow {
  /** Its place in the file. */
  index: number;
  /** The form, or the name of the plan. */
  key: string;
  words: string[];
  problems: ContentProblem[];
}

/** Words with commas between them, as somebody types them; each once. */
export const wordsOf = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[,，、;；\n]/)
      .map((word) => word.trim())
      .filter(Boolean),
  ),
];

/** What a text holds; null with its problems when it is no lexicon. */
export function readLexicon(text: string): { lexicon: Lexicon | null; problems: ContentProblem[] } {
  const { lexicon, problems } = parseLexicon({ 'lexicon.yaml': text });
  const isLexicon = lexicon.forms.length + lexicon.plans.length > 0;
  return { lexicon: isLexicon ? lexicon : null, problems };
}

/** The rows of a list that have a word in them, and those with problems, wherever they were caused. */
export function lexiconRows(
  { forms, plans }: Lexicon,
  list: LexiconList,
  problems: readonly ContentProblem[],
  sought = '',
): LexiconRow[] {
  const all =
    list === 'forms'
      ? forms.map(({ form, words }) => ({ key: form, words }))
      : plans.map(({ name, words }) => ({ key: name, words }));
  const wanted = sought.trim().toLowerCase();
  return all
    .map((row, index) => ({
      ...row,
      index,
      problems: problems.filter(({ path }) => `${path}.`.startsWith(`${list}.${index}.`)),
    }))
    .filter(
      ({ key, words, problems: own }) =>
        own.length > 0 || [key, ...words].some((word) => word.toLowerCase().includes(wanted)),
    );
}

/** The file with other words for a row; none takes the row away. */
export const setWords = (text: string, list: LexiconList, index: number, words: string[]): string =>
  words.length === 0 && list === 'forms'
    ? removeIn(text, [list, index])
    : setIn(text, [list, index, 'words'], words);

export const removeRow = (text: string, list: LexiconList, index: number): string =>
  removeIn(text, [list, index]);

/** The file with one more row at the end of a list. */
export function addRow(text: string, list: LexiconList, key: string, words: string[]): string {
  const { lexicon } = readLexicon(text);
  return setIn(text, [list, lexicon?.[list].length ?? 0], { [LISTS[list]]: key, words });
}
