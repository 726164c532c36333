import { servedPlaces } from '../../../content/served-places';
import type { ContentProblem } from '../../../contract/problem';
import type { FactName, FactTable, FactTables } from '../../../contract/tables';
import { type CsvRecord, parseCsv } from '../../../dialogs/tables/csv';
import { loadTables, type ServedPlaces } from '../../../dialogs/tables/load-tables';
import { parseTable } from '../../../dialogs/tables/parse-table';
import { factKey } from '../../../dialogs/tables/resolve-fact';
import { type Column, type Head, readHead } from '../../../dialogs/tables/table-head';
import { parseAreas } from '../../../understanding/entities/address/service-areas';

export const tablePath = (id: string): string => `dialogs/tables/${id}.csv`;
export const tableIdOf = (path: string): string | null =>
  /^dialogs\/tables\/([a-z][a-z0-9-]*)\.csv$/.exec(path)?.[1] ?? null;

/** A row as it is written. */
export interface CellRow {
  /** Its place in the file; the head is 0. */
  index: number;
  line: number;
  /** In the order of the head's columns. */
  cells: string[];
  problems: ContentProblem[];
}

export interface TableSheet {
  columns: Column[];
  /** The column of each fixed one by its id; -1 where the table has none. */
  at: Record<'key' | 'place' | 'from' | 'until', number>;
  /** How many cells a row of the file has. */
  width: number;
  rows: CellRow[];
}

export interface ReadTable {
  /** Null when the head cannot be read. */
  sheet: TableSheet | null;
  table: FactTable | null;
  problems: ContentProblem[];
  warnings: ContentProblem[];
}

/** The tables that a file names in its texts. */
export const tablesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\bfacts\.([a-z][a-z0-9-]{0,79})\./gu)].map(([, table = '']) => table)),
];

/** A text with a fact at a place, apart from the word before it: "安装费 100 元". */
export function withFact(text: string, at: number, mark: string): string {
  const before = text.slice(0, at);
  return `${before}${/[\p{L}\p{N}]$/u.test(before) ? ' ' : ''}${mark}${text.slice(at)}`;
}

type Files = Readonly<Record<string, string>>;

/** The provinces and cities that the draft has. */
export function servedIn(files: Files): ServedPlaces {
  const { areas } = parseAreas({ 'areas.yaml': files['intents/entities/areas.yaml'] ?? 'provinces: []' });
  return servedPlaces(areas);
}

export const placeNamesOf = (served: ServedPlaces): string[] => [
  ...new Set(served.flatMap(({ province, cities }) => [province, ...cities])),
];

const cellOf = ({ cells }: CsvRecord, at: number): string => cells[at]?.text.trim() ?? '';

/** Reads a table for its editor; problems stand with their rows. */
export function readTable(path: string, text: string, places: readonly string[]): ReadTable {
  const found = { problems: [] as ContentProblem[], warnings: [] as ContentProblem[] };
  const table = parseTable(path, text, found, places.length > 0 ? new Set(places) : null);
  const [first, ...records] = parseCsv(text).records;
  const head = readHead(first?.cells.map((cell) => cell.text) ?? [], () => undefined);
  return { sheet: head && sheetOf(head, records, found.problems), table, ...found };
}

function sheetOf(
  { columns, fixed, width }: Head,
  records: CsvRecord[],
  problems: ContentProblem[],
): TableSheet {
  const placeOf = (id: keyof TableSheet['at']): number => fixed[id]?.at ?? -1;
  const byLine = new Map<number, ContentProblem[]>();
  for (const problem of problems) byLine.set(problem.line, [...(byLine.get(problem.line) ?? []), problem]);
  return {
    columns,
    width,
    at: { key: placeOf('key'), place: placeOf('place'), from: placeOf('from'), until: placeOf('until') },
    rows: records.map((record, i) => ({
      index: i + 1,
      line: record.line,
      cells: columns.map(({ at }) => cellOf(record, at)),
      problems: byLine.get(record.line) ?? [],
    })),
  };
}

export interface RowFilter {
  /** Empty for all; null for rows that hold everywhere. */
  place: string | null;
  /** Only rows that hold on a day, as 2026-11-29; empty for any. */
  day: string;
  sought: string;
}

/** The rows that are looked for, and whatever has problems. */
export function rowsShown({ rows, columns }: TableSheet, { place, day, sought }: RowFilter): CellRow[] {
  const at = (id: string) => columns.findIndex((column) => column.id === id);
  const [places, from, until] = [at('place'), at('from'), at('until')];
  const wanted = sought.trim().toLowerCase();
  return rows.filter(({ cells, problems }) => {
    if (problems.length > 0) return true;
    const own = cells[places] ?? '';
    if (place !== '' && own !== (place ?? '')) return false;
    const [begins, ends] = [dayIn(cells[from]), dayIn(cells[until])];
    if (day !== '' && ((begins !== '' && begins > day) || (ends !== '' && ends < day))) return false;
    return cells.some((cell) => cell.toLowerCase().includes(wanted));
  });
}

/** As it is compared: spreadsheets write 2026/1/5. */
const dayIn = (text = ''): string =>
  text
    .split(/[-/.]/)
    .map((part) => part.padStart(2, '0'))
    .join('-')
    .replace(/^00$/, '');

const NAMES = 3;

/** What a table is about: the names of its first rows, else its id. */
export function rowNames(id: string, text: string, locale: 'zh' | 'en'): string {
  const { table } = readTable(tablePath(id), text, []);
  const names = [...new Set(table?.rows.flatMap(({ values }) => values.name?.[locale] ?? []))];
  const more = names.length > NAMES ? ' …' : '';
  return names.length === 0 ? id : names.slice(0, NAMES).join(locale === 'zh' ? '、' : ', ') + more;
}

/** All tables of the draft as far as they can be read. */
export function factsIn(files: Files): FactTables {
  const texts = Object.entries(files).flatMap(([path, text]): [string, string][] => {
    const id = tableIdOf(path);
    return id === null ? [] : [[`${id}.csv`, text]];
  });
  return loadTables(Object.fromEntries(texts), servedIn(files), { problems: [], warnings: [] });
}

export interface FactChoice extends FactName {
  value: string;
  label: string;
}

/** Every fact that a text may name, in words: "金额（元） · 移机费 · fees". */
export function factChoices(files: Files, { tables }: FactTables, locale: 'zh' | 'en'): FactChoice[] {
  return [...tables.values()].flatMap(({ name, columns, rows }) => {
    const head = readHead(
      parseCsv(files[tablePath(name)] ?? '').records[0]?.cells.map(({ text }) => text) ?? [],
      () => undefined,
    );
    const labelOf = (id: string) => head?.columns.find((column) => column.id === id)?.label ?? id;
    const nameOf = new Map(rows.map(({ key, values }) => [key, values.name?.[locale] ?? key]));
    return [...nameOf].flatMap(([key, row]) =>
      columns
        .filter((column) => rows.some((each) => each.key === key && Object.hasOwn(each.values, column)))
        .map((column): FactChoice => {
          const fact = { table: name, key, column };
          return { ...fact, value: factKey(fact), label: `${row} · ${labelOf(column)} · ${name}` };
        }),
    );
  });
}
