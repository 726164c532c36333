import { AppError } from '../../errors';
import { DAY_MS } from './calendar-days';
import { type Rule, stretchesIn } from './stretches';

/** A calendar that is closed for so long is a mistake. */
const HORIZON_MS = 6 * 366 * DAY_MS;
/** Weights of dates that clocks change are no whole numbers; a thousandth of a millisecond is nothing. */
export const TINY = 0.001;

/** How much of a duration passes between two moments; 0 when the second is not later. */
export function elapsedBetween(rule: Rule, from: number, to: number): number {
  let elapsed = 0;
  for (const { startAt, endAt, weight } of stretchesIn(rule, from, to)) {
    if (startAt >= to) return elapsed;
    elapsed += (Math.min(endAt, to) - startAt) * weight;
    if (endAt >= to) return elapsed;
  }
  return elapsed;
}

/**
 * The first moment, in whole milliseconds, by which so much has passed since `from`; `from` itself for nothing.
 * Throws `bad-content` for a calendar that is not open for years.
 */
export function momentAfter(rule: Rule, from: number, amount: number): number {
  let left = amount;
  if (left <= TINY) return from;
  for (const { startAt, endAt, weight } of stretchesIn(rule, from, from + HORIZON_MS)) {
    const length = (endAt - startAt) * weight;
    if (length >= left - TINY) return startAt + Math.ceil(left / weight - TINY);
    left -= length;
  }
  throw new AppError(
    'bad-content',
    `The calendar "${rule.calendar.id}" is closed for years: give it periods in dialogs/policies/calendars.yaml.`,
  );
}
