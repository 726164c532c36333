import type { ServerResponse } from 'node:http';

type Cell = string | number | null;

/** A cell that a spreadsheet shows and never runs as a formula. */
function cellOf(value: Cell): string {
  const text = String(value ?? '');
  const safe = /^[\s]*[=+\-@]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** With a byte-order mark, without which spreadsheets take Chinese for something else. */
export const csvText = (rows: Cell[][]): string =>
  `\ufeff${rows.map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`;

/** Answers with a file of that name. */
export function sendCsv(response: ServerResponse, name: string, text: string): void {
  response.writeHead(200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(text);
}
