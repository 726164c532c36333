import type { z } from 'zod';
import type { ContentProblem } from '../../contract/problem';
import type { FactRow, FactTable, FactValue } from '../../contract/tables';
import { CELL_REMEDIES, cellSchemas, dayCellSchema, keyCellSchema, placeCellSchema } from './cell-schemas';
import { checkSpans, type ReportLine } from './check-spans';
import { type CsvRecord, parseCsv } from './csv';
import { type Column, type Head, readHead } from './table-head';

/** What a table may hold: a version is read in every process that serves it. */
export const TABLE_LIMITS = { rows: 2000, columns: 24 };

export interface TableReports {
  problems: ContentProblem[];
  warnings: ContentProblem[];
}

/**
 * Reads one file of a spreadsheet; null when its head cannot be read. `served`: the cities and provinces that there are;
 * null where nobody has said. Every problem is added with its line and column, rows without one are kept.
 */
export function parseTable(
  file: string,
  text: string,
  { problems, warnings }: TableReports,
  served: ReadonlySet<string> | null,
): FactTable | null {
  const noteIn =
    (list: ContentProblem[]): ReportLine =>
    (line, path, message, remedy) =>
      list.push({ file, line, path, message, remedy });
  const report = noteIn(problems);
  const { records, fault } = parseCsv(text);
  if (fault) report(fault.line, '', fault.message, 'mend the line, or write it anew from the spreadsheet');
  const [first, ...lines] = records;
  const head = readHead(first?.cells.map((cell) => cell.text) ?? [], (path, message, remedy) =>
    report(first?.line ?? 1, path, message, remedy),
  );
  if (!head) return null;
  if (head.columns.length > TABLE_LIMITS.columns)
    report(first?.line ?? 1, '', `more than ${TABLE_LIMITS.columns} columns`, 'divide the table');
  if (lines.length > TABLE_LIMITS.rows)
    report(lines.at(-1)?.line ?? 1, '', `more than ${TABLE_LIMITS.rows} rows`, 'divide the table');
  const warn = noteIn(warnings);
  warnEnglish(head, first?.line ?? 1, warn);
  const rows = lines
    .slice(0, TABLE_LIMITS.rows)
    .flatMap((record) => readRow(head, record, { report, served }) ?? []);
  checkSpans(rows, report, warn);
  const name = file.replace(/^.*\//, '').replace(/\.csv$/, '');
  const columns = [...new Set(head.columns.flatMap(({ id, type }) => (type === 'fixed' ? [] : [id])))];
  return { name, columns, rows };
}

/** A text without English is said in Chinese, and somebody is told. */
function warnEnglish({ columns }: Head, line: number, warn: ReportLine): void {
  const typesOf = (id: string) => columns.filter((each) => each.id === id).map(({ type }) => type);
  for (const { id, type } of columns)
    if (type === 'zh' && !typesOf(id).includes('en'))
      warn(line, id, 'there is no English text: Chinese is said instead', `add the column ${id}:en`);
}

interface RowChecks {
  report: ReportLine;
  served: ReadonlySet<string> | null;
}

/** A row; null when something of it has to be mended. */
function readRow(head: Head, { line, cells }: CsvRecord, { report, served }: RowChecks): FactRow | null {
  let isWell = true;
  const fail = (path: string, message: string, remedy: string): undefined => {
    isWell = false;
    report(line, path, message, remedy);
  };
  const textOf = (column: Column | undefined): string => (column ? cells[column.at]?.text.trim() : '') ?? '';
  const read = <T>(column: Column | undefined, schema: z.ZodType<T, string>): T | undefined => {
    const text = textOf(column);
    if (!column || text === '') return undefined;
    const { success, data, error } = schema.safeParse(text);
    if (success) return data;
    const reason = error?.issues[0]?.message ?? '';
    return fail(column.id, `"${text.slice(0, 40)}" is ${reason}`, CELL_REMEDIES[reason] ?? 'mend the cell');
  };
  if (cells.slice(head.width).some(({ text }) => text.trim() !== ''))
    fail(
      '',
      'the row has more cells than the head has columns',
      'put texts with a comma into quotation marks',
    );
  const key = keyCellSchema.safeParse(textOf(head.fixed.key)).data;
  if (key === undefined)
    fail(
      'key',
      `"${textOf(head.fixed.key).slice(0, 40)}" is no key`,
      'write small letters, digits and hyphens, at most 40',
    );
  const place = read(head.fixed.place, placeCellSchema) ?? null;
  if (place !== null && served && !served.has(place))
    fail('place', `"${place}" is not served`, 'name a city or province of intents/entities/areas.yaml');
  const from = read(head.fixed.from, dayCellSchema) ?? null;
  const until = read(head.fixed.until, dayCellSchema) ?? null;
  if (from && until && from > until)
    fail('until', 'it ends before it begins', 'write the days the other way');
  const said = head.columns.flatMap((column): [Column, FactValue][] => {
    const value = column.type === 'fixed' ? undefined : read(column, cellSchemas[column.type]);
    return value ? [[column, value]] : [];
  });
  return isWell && key !== undefined ? { key, place, from, until, values: valuesOf(said), line } : null;
}

/** The two languages of a text joined: one that is missing is said in the other. */
function valuesOf(said: [Column, FactValue][]): FactRow['values'] {
  const values = new Map<string, FactValue>();
  for (const [{ id, type }, value] of said) {
    const other = values.get(id);
    if (!other) values.set(id, value);
    else values.set(id, type === 'en' ? { ...other, en: value.en } : { ...other, zh: value.zh });
  }
  return Object.fromEntries(values);
}
