import { type CsvRecord, parseCsv, quoteCell } from './csv';

/**
 * Changes to a table as changes of its text: only the cells that are edited are touched, so that everything else stays byte
 * by byte. Rows are counted as `parseCsv` gives them; the head is 0.
 */
interface CellEdit {
  row: number;
  column: number;
  text: string;
}

/** Puts texts into cells, read and written once; a row that is too short is filled up. Edits come in order of their rows. */
function setCells(file: string, edits: readonly CellEdit[]): string {
  const { records, delimiter } = parseCsv(file);
  const widths = new Map<CsvRecord, number>();
  const parts: string[] = [];
  let done = 0;
  for (const { row, column, text } of edits) {
    const record = records[row];
    if (!record) continue;
    const cell = record.cells[column];
    const width = widths.get(record) ?? record.cells.length;
    const written = quoteCell(text, delimiter);
    parts.push(file.slice(done, cell?.start ?? record.end));
    parts.push(cell ? written : delimiter.repeat(column - width + 1) + written);
    if (!cell) widths.set(record, column + 1);
    done = cell?.end ?? record.end;
  }
  return parts.join('') + file.slice(done);
}

/** Puts a text into a cell. */
export const setCell = (file: string, row: number, column: number, text: string): string =>
  setCells(file, [{ row, column, text }]);

/** Adds rows at the end. */
export function addRows(file: string, rows: readonly (readonly string[])[]): string {
  const { delimiter, newline } = parseCsv(file);
  const lines = rows.map(
    (cells) => cells.map((cell) => quoteCell(cell, delimiter)).join(delimiter) + newline,
  );
  const open = file === '' || /[\r\n]$/.test(file) ? file : file + newline;
  return open + lines.join('');
}

/** Takes a row away with its line. */
export function removeRow(file: string, row: number): string {
  const record = parseCsv(file).records[row];
  if (!record) return file;
  const end = file.startsWith('\r\n', record.end) ? record.end + 2 : record.end + 1;
  return file.slice(0, record.start) + file.slice(end);
}

const keyOf = (cells: readonly string[], at: readonly number[]): string =>
  at.map((column) => (cells[column] ?? '').trim()).join('\0');

/**
 * Rows from elsewhere: one that is there, by the columns of `same`, gets the cells of the columns that were pasted and keeps
 * the others; what is not there is added.
 */
export function mergeRows(
  file: string,
  { rows, columns: pasted }: Pick<PastedRows, 'rows' | 'columns'>,
  same: readonly number[],
): string {
  const known = new Map(
    parseCsv(file).records.map(({ cells }, i) => [
      keyOf(
        cells.map(({ text }) => text),
        same,
      ),
      i,
    ]),
  );
  const replaced = new Map<number, readonly string[]>();
  for (const cells of rows) {
    const row = known.get(keyOf(cells, same));
    if (row !== undefined) replaced.set(row, cells);
  }
  const edits = [...replaced]
    .sort(([a], [b]) => a - b)
    .flatMap(([row, cells]) =>
      pasted.map((column): CellEdit => ({ row, column, text: cells[column] ?? '' })),
    );
  return addRows(
    setCells(file, edits),
    rows.filter((cells) => !known.has(keyOf(cells, same))),
  );
}

export interface PastedRows {
  /** Cells in the order of the table. */
  rows: string[][];
  /** The columns that were pasted, in their order. */
  columns: number[];
  /** Heads of columns that the table does not have. */
  unknown: string[];
}

/**
 * Cells that were copied from a spreadsheet. With a first line that names columns (by id or words) they go where it says,
 * else in the order of the table. `names`: what each column may be called.
 */
export function readPastedRows(pasted: string, names: readonly (readonly string[])[]): PastedRows {
  const records = parseCsv(pasted).records.map(cellsOf);
  const [first = [], ...rest] = records;
  const find = (text: string) => names.findIndex((each) => each.includes(text.trim()));
  const places = first.map(find);
  const isHead = places.filter((place) => place >= 0).length >= 2;
  if (!isHead) {
    const width = Math.min(names.length, Math.max(0, ...records.map((cells) => cells.length)));
    const all = Array.from({ length: width }, (_, i) => i);
    return { rows: records.map((cells) => padded(cells, names.length)), columns: all, unknown: [] };
  }
  const unknown = first.filter((text, i) => text.trim() !== '' && places[i] === -1);
  const rows = rest.map((cells) => {
    const row = names.map(() => '');
    for (const [i, place] of places.entries()) if (place >= 0) row[place] = cells[i]?.trim() ?? '';
    return row;
  });
  const columns = [...new Set(places.filter((place) => place >= 0))].sort((a, b) => a - b);
  return { rows, columns, unknown };
}

const cellsOf = ({ cells }: CsvRecord): string[] => cells.map(({ text }) => text.trim());
const padded = (cells: string[], width: number): string[] =>
  Array.from({ length: width }, (_, i) => cells[i] ?? '');

/** The file of a new table, with a row to be written over. */
export const newTableText = (kind: 'prices' | 'hours'): string =>
  kind === 'prices'
    ? '编号 key,名称 name:zh,英文名称 name:en,地区 place,从 from,到 until,金额（元） price:yuan\n'
    : '编号 key,名称 name:zh,英文名称 name:en,地区 place,从 from,到 until,周一到周五 weekday:hours,周末和节假日 weekend:hours\n';
