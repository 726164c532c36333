import { parseCsv } from '../../dialogs/tables/csv';
import { readHead } from '../../dialogs/tables/table-head';

/** What is not of somebody's own places in a table, as it is written. */
export interface RowsOfOthers {
  /** The head and every row elsewhere, each as it is written. */
  records: string[];
  /** The whole file with one's own rows cut out; the end of its last line does not count. */
  text: string;
}

/** Takes the rows of one's own places out of a table; null when it has none by its head. */
export function rowsOfOthers(file: string, own: ReadonlySet<string>): RowsOfOthers | null {
  const { records } = parseCsv(file);
  const [first, ...rows] = records;
  const head = readHead(first?.cells.map(({ text }) => text) ?? [], () => undefined);
  const at = head?.fixed.place?.at;
  if (!first || at === undefined) return null;
  const kept: string[] = [file.slice(first.start, first.end)];
  const parts: string[] = [];
  let done = 0;
  for (const { cells, start, end } of rows) {
    if (!own.has(cells[at]?.text.trim() ?? '')) {
      kept.push(file.slice(start, end));
      continue;
    }
    parts.push(file.slice(done, start));
    done = file.startsWith('\r\n', end) ? end + 2 : end + 1;
  }
  const text = [...parts, file.slice(done)].join('').replace(/\r?\n$/, '');
  return { records: kept, text };
}

/** Whether two texts of a table differ in rows of one's own places only, byte by byte. */
export function differInOwnRows(before: string, after: string, own: ReadonlySet<string>): boolean {
  const [was, is] = [rowsOfOthers(before, own), rowsOfOthers(after, own)];
  return (
    was !== null &&
    is !== null &&
    was.text === is.text &&
    was.records.length === is.records.length &&
    was.records.every((record, i) => record === is.records[i])
  );
}
