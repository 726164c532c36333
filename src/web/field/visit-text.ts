import { wallParts } from '../../speak-time';
import { zoneOf } from '../../zone';

/** A visit as the inputs hold it: wall-clock time of the operator's zone, whatever zone the phone is set to. */
export interface VisitText {
  /** `2026-11-24`. */
  day: string;
  /** `14:00`. */
  from: string;
  to: string;
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const TIME = /^\d\d:\d\d$/;

/** Null while something is missing. */
export function readVisit(
  { day, from, to }: VisitText,
  timeZone: string,
): { startAt: number; endAt: number } | null {
  // Browsers read almost anything as some date.
  if (!DAY.test(day) || !TIME.test(from) || !TIME.test(to)) return null;
  const walls = [from, to].map((time) => Date.parse(`${day}T${time}:00Z`));
  if (walls.some(Number.isNaN)) return null;
  const zone = zoneOf(timeZone);
  const [startAt = 0, endAt = 0] = walls.map(zone.momentOf);
  return { startAt, endAt };
}

const two = (text: string | undefined): string => (text ?? '').padStart(2, '0');

/** The next full hour, for one hour. */
export function nextHour(now: number, timeZone: string): VisitText {
  const hour = 3600_000;
  const startAt = Math.ceil(now / hour) * hour;
  const start = wallParts(startAt, timeZone);
  const end = wallParts(startAt + hour, timeZone);
  return {
    day: `${start.year}-${two(start.month)}-${two(start.day)}`,
    from: `${start.hour}:${start.minute}`,
    to: `${end.hour}:${end.minute}`,
  };
}
