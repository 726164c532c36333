/** A cell, and where it stands in the file with its quotation marks. */
export interface CsvCell {
  text: string;
  start: number;
  end: number;
}

/** A line of cells; a cell in quotation marks may go over several lines of the file. */
export interface CsvRecord {
  line: number;
  cells: CsvCell[];
  /** In the file, without the end of the line. */
  start: number;
  end: number;
}

export interface Csv {
  delimiter: string;
  newline: string;
  /** Empty lines are passed over. */
  records: CsvRecord[];
  /** The first place where quotation marks do not fit; null when all is well. */
  fault: { line: number; message: string } | null;
}

const DELIMITERS = [',', '\t', ';', '，'];

/** What divides the cells of the first line: spreadsheets write commas, tabs or semicolons as their settings say. */
function delimiterOf(text: string): string {
  const [head = ''] = text.split(/[\r\n]/, 1);
  const counts = DELIMITERS.map((each) => head.split(each).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/**
 * Takes a file of a spreadsheet apart: with or without a byte order mark, with any ends of lines. Reads every character
 * once and never fails; what is not well is in `fault`.
 */
export function parseCsv(file: string): Csv {
  const start = file.startsWith('\ufeff') ? 1 : 0;
  const delimiter = delimiterOf(file.slice(start));
  const newline = file.includes('\r\n') ? '\r\n' : '\n';
  const csv: Csv = { delimiter, newline, records: [], fault: null };
  let at = start;
  let line = 1;
  while (at < file.length) {
    const { record, next, lines, fault } = readRecord(file, at, line, delimiter);
    csv.fault ??= fault;
    if (record.cells.some(({ text }) => text.trim() !== '')) csv.records.push(record);
    at = next;
    line += lines;
  }
  return csv;
}

function readRecord(file: string, from: number, line: number, delimiter: string) {
  const cells: CsvCell[] = [];
  let fault: Csv['fault'] = null;
  let lines = 0;
  let at = from;
  for (;;) {
    const cell = file[at] === '"' ? readQuoted(file, at, delimiter) : readBare(file, at, delimiter);
    cells.push({ text: cell.text, start: at, end: cell.end });
    if (cell.message) fault ??= { line: line + lines, message: cell.message };
    lines += cell.lines;
    at = cell.end;
    if (file[at] !== delimiter) break;
    at += 1;
  }
  const end = at;
  const next = file.startsWith('\r\n', at) ? at + 2 : at + 1;
  return { record: { line, cells, start: from, end }, next, lines: lines + 1, fault };
}

interface ReadCell {
  text: string;
  end: number;
  /** Ends of lines within it. */
  lines: number;
  message: string | null;
}

const endsCell = (char: string | undefined, delimiter: string): boolean =>
  char === undefined || char === delimiter || char === '\n' || char === '\r';

function readBare(file: string, from: number, delimiter: string): ReadCell {
  let end = from;
  while (!endsCell(file[end], delimiter)) end += 1;
  return { text: file.slice(from, end), end, lines: 0, message: null };
}

function readQuoted(file: string, from: number, delimiter: string): ReadCell {
  const parts: string[] = [];
  let lines = 0;
  let at = from + 1;
  let begun = at;
  for (; at < file.length; at += 1) {
    const char = file[at];
    if (char === '\n') lines += 1;
    if (char !== '"') continue;
    parts.push(file.slice(begun, at));
    if (file[at + 1] !== '"') break;
    parts.push('"');
    at += 1;
    begun = at + 1;
  }
  if (at >= file.length) {
    const text = parts.join('') + file.slice(begun);
    return { text, end: file.length, lines, message: 'a quotation mark is not closed' };
  }
  const rest = readBare(file, at + 1, delimiter);
  const message = rest.text.trim() === '' ? null : 'a word stands after a closing quotation mark';
  return { text: parts.join('') + rest.text.trim(), end: rest.end, lines, message };
}

/** A cell as it is written into a file. */
export function quoteCell(text: string, delimiter: string): string {
  const isPlain = !text.includes(delimiter) && !/["\r\n]|^\s|\s$/.test(text);
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}
