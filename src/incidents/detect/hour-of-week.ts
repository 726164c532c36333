import { zoneOf } from '../../zone';
import { HOURS } from './base-rates';

const HOUR_MS = 3600_000;
/** The first Monday of 1970. */
const MONDAY_MS = 4 * 24 * HOUR_MS;

/** The hour of the week of a moment: 0 for Monday 0:00 to 1:00 in the zone. */
export function hourOfWeek(at: number, timeZone: string): number {
  const local = at + zoneOf(timeZone).offsetAt(at);
  return Math.floor((local - MONDAY_MS) / HOUR_MS) % HOURS;
}
