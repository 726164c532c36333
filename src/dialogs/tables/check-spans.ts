import type { FactRow } from '../../contract/tables';

/** Notes what is wrong in a line of the file; `path` is the column. */
export type ReportLine = (line: number, path: string, message: string, remedy: string) => void;

/** Before and after every day that can be written. */
const EVER = '0000-00-00';
const NEVER = '9999-99-99';
const DAY_MS = 24 * 3600 * 1000;

export const beginOf = ({ from }: FactRow): string => from ?? EVER;
export const endOf = ({ until }: FactRow): string => until ?? NEVER;

const dayAfter = (day: string): string =>
  day === NEVER ? NEVER : new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

/** Rows of one key and place, by their first day. */
export function seriesOf(rows: readonly FactRow[]): FactRow[][] {
  const byPlace = new Map<string, FactRow[]>();
  for (const row of rows) {
    const name = `${row.key}\0${row.place ?? ''}`;
    const known = byPlace.get(name);
    if (known) known.push(row);
    else byPlace.set(name, [row]);
  }
  return [...byPlace.values()].map((series) =>
    series.sort((a, b) => (beginOf(a) < beginOf(b) ? -1 : beginOf(a) > beginOf(b) ? 1 : a.line - b.line)),
  );
}

const named = ({ key, place }: FactRow): string => (place === null ? key : `${key} ${place}`);

/** Two rows that hold on one day could both be meant; between two that leave days out nothing can be said. */
export function checkSpans(rows: readonly FactRow[], report: ReportLine, warn: ReportLine): void {
  for (const series of seriesOf(rows)) {
    let last: FactRow | null = null;
    for (const row of series) {
      if (last && beginOf(row) <= endOf(last))
        report(
          row.line,
          'from',
          `"${named(row)}" holds twice: line ${last.line} too`,
          'let one end before the other begins',
        );
      else if (last && beginOf(row) > dayAfter(endOf(last)))
        warn(
          row.line,
          'from',
          `nothing holds for "${named(row)}" from ${dayAfter(endOf(last))} until then`,
          'close the gap, or leave it so that it is not said',
        );
      if (!last || endOf(row) > endOf(last)) last = row;
    }
  }
}
