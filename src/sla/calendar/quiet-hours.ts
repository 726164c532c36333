import { zoneOf } from '../../zone';
import { DAY_MS } from './calendar-days';

/** Minutes of the day, by the wall clock; they may go past midnight. */
export interface QuietHours {
  from: number;
  to: number;
}

const MINUTE_MS = 60_000;

/** When the quiet hours that a moment lies in are over; null when it lies in none. */
export function quietUntil(hours: QuietHours | null, timeZone: string, at: number): number | null {
  if (!hours) return null;
  const zone = zoneOf(timeZone);
  const wall = at + zone.offsetAt(at);
  const midnight = Math.floor(wall / DAY_MS) * DAY_MS;
  const minute = (wall - midnight) / MINUTE_MS;
  const { from, to } = hours;
  const goesPastMidnight = from >= to;
  const isQuiet = goesPastMidnight ? minute >= from || minute < to : minute >= from && minute < to;
  if (!isQuiet) return null;
  const isTomorrow = goesPastMidnight && minute >= from;
  return zone.momentOf(midnight + (isTomorrow ? DAY_MS : 0) + to * MINUTE_MS);
}
