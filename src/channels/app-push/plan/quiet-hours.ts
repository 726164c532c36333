import { zoneOf } from '../../../zone';

/** From and to in minutes after midnight of the operator's zone; over midnight when `from` is the later one. */
export interface QuietHours {
  from: number;
  to: number;
}

const RANGE = /^([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)$/;
const DAY_MS = 24 * 3600_000;

/** `21:00-08:00`; null for `off` and for an empty range, undefined for what is neither. */
export function readQuietHours(text: string): QuietHours | null | undefined {
  if (text === 'off') return null;
  const match = RANGE.exec(text);
  if (!match) return undefined;
  const [, fromHour, fromMinute, toHour, toMinute] = match.map(Number);
  const from = (fromHour ?? 0) * 60 + (fromMinute ?? 0);
  const to = (toHour ?? 0) * 60 + (toMinute ?? 0);
  return from === to ? null : { from, to };
}

/** When the quiet hours that a moment falls into end, in ms since 1970 UTC; null outside of them. */
export function quietUntil(at: number, hours: QuietHours | null, timeZone: string): number | null {
  if (hours === null) return null;
  const zone = zoneOf(timeZone);
  const wall = at + zone.offsetAt(at);
  const midnight = Math.floor(wall / DAY_MS) * DAY_MS;
  const minute = (wall - midnight) / 60_000;
  const { from, to } = hours;
  const isOverMidnight = from > to;
  const isQuiet = isOverMidnight ? minute >= from || minute < to : minute >= from && minute < to;
  if (!isQuiet) return null;
  const endsTomorrow = isOverMidnight && minute >= from;
  return zone.momentOf(midnight + to * 60_000 + (endsTomorrow ? DAY_MS : 0));
}
