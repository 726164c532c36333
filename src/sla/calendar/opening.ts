import type { Calendar } from '../../contract/sla';
import { DAY_MS } from './calendar-days';
import { stretchesIn } from './stretches';

/** No office is closed for longer than the longest holidays. */
const FURTHEST_MS = 31 * DAY_MS;

/** When a calendar is open next: the moment itself when it is open; null when it is not within a month. */
export function nextOpening(calendar: Calendar, at: number): number | null {
  for (const { startAt, endAt } of stretchesIn({ calendar, measure: 'open' }, at, at + FURTHEST_MS)) {
    if (endAt > at) return Math.max(startAt, at);
  }
  return null;
}

export const isOpenAt = (calendar: Calendar, at: number): boolean => nextOpening(calendar, at) === at;
