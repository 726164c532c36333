import type { OperationArgs } from '../contract/operations';
import type { Appointment } from '../contract/orders';
import type { Zone } from '../zone';

/**
 * The field team's calendar: windows of two hours in the operator's zone, every day. A visit's id says all about it,
 * so that nothing must be stored for those that nobody took. Pure: what is busy or reserved is asked of the caller.
 */
const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;
const START_HOURS = [9, 11, 14, 16];
const LENGTH_MS = 2 * HOUR_MS;
/** A team needs this long to set out. */
const LEAD_MS = HOUR_MS;
const HORIZON_DAYS = 14;
/** Wishes further ahead are not on the calendar yet. */
const FURTHEST_MS = 60 * DAY_MS;

export type VisitKind = OperationArgs<'operator.slots'>['kind'];

/** Starts of all windows of the days from the one of `from` on. */
function startsFrom(from: number, days: number, zone: Zone): number[] {
  const local = from + zone.offsetAt(from);
  const midnight = local - (local % DAY_MS);
  return Array.from({ length: days }, (_, day) =>
    START_HOURS.map((hour) => zone.momentOf(midnight + day * DAY_MS + hour * HOUR_MS)),
  ).flat();
}

const visitAt = (kind: VisitKind, team: number, startAt: number): Appointment => ({
  id: `${kind}-${team}-${startAt}`,
  startAt,
  endAt: startAt + LENGTH_MS,
});

/** When visits are looked for: a wish that can be met, and `from` to `to`, about it. */
export function searchWindow(wanted: number | null, now: number) {
  const earliest = now + LEAD_MS;
  const wishAt = Math.min(Math.max(wanted ?? earliest, earliest), now + FURTHEST_MS);
  const from = Math.max(earliest, wishAt - (HORIZON_DAYS / 2) * DAY_MS);
  return { wishAt, from, to: from + HORIZON_DAYS * DAY_MS };
}

/** Who wishes for Saturday morning is seldom at home on Friday: what lies before the wish counts as so much farther. */
const BEFORE = 4;

/** So many of the visits that suit a wish best, in order of time. */
export function nearest<V extends Pick<Appointment, 'startAt'>>(
  visits: V[],
  wishAt: number,
  count: number,
): V[] {
  const distance = ({ startAt }: V) => (startAt < wishAt ? (wishAt - startAt) * BEFORE : startAt - wishAt);
  return [...visits]
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, count)
    .sort((a, b) => a.startAt - b.startAt);
}

/** At most three, nearest to the wish, in order of time. */
export const nearestThree = <V extends Pick<Appointment, 'startAt'>>(visits: V[], wishAt: number): V[] =>
  nearest(visits, wishAt, 3);

/** At most three free visits, nearest to the wish, in order of time. */
export function nearestVisits(
  wish: { kind: VisitKind; team: number; wishAt: number | null },
  calendar: { now: number; zone: Zone; isFree: (id: string) => boolean },
): Appointment[] {
  const { now, zone, isFree } = calendar;
  const { wishAt, from } = searchWindow(wish.wishAt, now);
  const free = startsFrom(from, HORIZON_DAYS, zone)
    .filter((startAt) => startAt >= now + LEAD_MS)
    .map((startAt) => visitAt(wish.kind, wish.team, startAt))
    .filter(({ id }) => isFree(id));
  return nearestThree(free, wishAt);
}

const ID = /^(repair|install)-(\d{1,3})-(\d{1,14})$/;

/** The visit of an id; null when no calendar of these teams has it, or it is over. */
export function readVisit(
  id: string,
  calendar: { now: number; zone: Zone; teams: number },
): Appointment | null {
  const [, kind, team = '', startAt = ''] = ID.exec(id) ?? [];
  if (kind === undefined) return null;
  const visit = visitAt(kind === 'install' ? 'install' : 'repair', Number(team), Number(startAt));
  const isAhead = visit.startAt > calendar.now && visit.startAt < calendar.now + 2 * FURTHEST_MS;
  const isOnCalendar = isAhead && startsFrom(visit.startAt, 1, calendar.zone).includes(visit.startAt);
  return Number(team) < calendar.teams && isOnCalendar && visit.id === id ? visit : null;
}
