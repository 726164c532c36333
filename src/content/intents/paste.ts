import { type Language, languageOf } from './example-lines';

/** What a spreadsheet's cells say, and what of it cannot be taken. */
export interface Pasted {
  /** By intent and language, in their order. */
  added: { intent: string; language: Language; texts: string[] }[];
  count: number;
  /** Texts that stand somewhere already, or twice in what was pasted. */
  repeated: string[];
  /** Rows that name an intent that there is not. */
  unknown: { text: string; intent: string }[];
}

export interface PasteInto {
  /** Whose rows are those without an intent of their own. */
  open: string;
  /** Every intent by its id with both names. */
  intents: readonly { id: string; zh: string; en: string }[];
  /** What stands in any intent, as {@link exampleKey} has it. */
  known: ReadonlySet<string>;
}

/** The head of a table. */
const HEAD = /^(?:text|utterance|example|message|examples|例句|话术|说法|客户说法|问法|语料)$/i;
const LONGEST = 400;

/** Examples that are the same to `parseIntents`. */
export const exampleKey = (text: string): string => text.trim().toLowerCase();

/** Cells of tab-separated text; a cell in quotes may hold line breaks and doubled quotes, as spreadsheets write them. */
export function cellsOf(text: string): string[][] {
  const cells = [
    ...text.replace(/\r\n?/g, '\n').matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))([\t\n]|$)/g),
  ];
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of cells) {
    rows.at(-1)?.push((quoted?.replaceAll('""', '"') ?? plain ?? '').replace(/\s+/g, ' ').trim());
    if (end === '\n') rows.push([]);
  }
  return rows.filter((row) => row.some((cell) => cell !== ''));
}

/** Reads one column of texts, or two: the text and its intent, by id or name. */
export function readPaste(text: string, { open, intents, known }: PasteInto): Pasted {
  const ids = new Map(
    intents.flatMap(({ id, zh, en }) => [id, zh, en].map((name) => [exampleKey(name), id])),
  );
  const seen = new Set(known);
  const lists = new Map<string, Pasted['added'][number]>();
  const pasted: Pasted = { added: [], count: 0, repeated: [], unknown: [] };
  for (const [i, [said = '', named = '']] of cellsOf(text).entries()) {
    const words = said.slice(0, LONGEST);
    if (words === '' || (i === 0 && HEAD.test(words))) continue;
    const intent = named === '' ? open : ids.get(exampleKey(named));
    if (intent === undefined) pasted.unknown.push({ text: words, intent: named });
    else if (seen.has(exampleKey(words))) pasted.repeated.push(words);
    else {
      const language = languageOf(words);
      const list = lists.get(`${intent} ${language}`) ?? { intent, language, texts: [] };
      list.texts.push(words);
      lists.set(`${intent} ${language}`, list);
      pasted.count += 1;
    }
    seen.add(exampleKey(words));
  }
  return { ...pasted, added: [...lists.values()] };
}
