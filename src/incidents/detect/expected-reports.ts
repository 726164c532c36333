import type { BaseRates, Cell } from './base-rates';

const HOUR_MS = 3600_000;

/** Reports to be expected of a cell between two moments, full hours of the clock apart where the rate changes. */
export function expectedReports(
  rates: Pick<BaseRates, 'perHour'>,
  cell: Cell,
  span: { from: number; to: number },
  hourOf: (at: number) => number,
): number {
  let expected = 0;
  for (let from = span.from; from < span.to; ) {
    const to = Math.min((Math.floor(from / HOUR_MS) + 1) * HOUR_MS, span.to);
    expected += (rates.perHour(cell, hourOf(from)) * (to - from)) / HOUR_MS;
    from = to;
  }
  return expected;
}
