import type { Calendar, Measure } from '../../contract/sla';
import { type Zone, zoneOf } from '../../zone';
import { DAY_MS, isAlwaysOpen, periodsOf } from './calendar-days';

/** How a duration is measured. */
export interface Rule {
  calendar: Calendar;
  measure: Measure;
}

/** Time that counts: every millisecond of it is worth `weight`, which is 1 but where a date that clocks change is a day. */
export interface Stretch {
  startAt: number;
  endAt: number;
  weight: number;
}

const MINUTE_MS = 60_000;
/** No zone is further from UTC. */
const FURTHEST_MS = 15 * 3600_000;

/**
 * The stretches of time that count, in order, between two moments (the last may go a little beyond). What the wall
 * clock shows decides: a period of an hour that clocks skip is not, one that they repeat is twice.
 */
export function* stretchesIn({ calendar, measure }: Rule, from: number, to: number): Generator<Stretch> {
  if (measure === 'plain' || (measure === 'open' && isAlwaysOpen(calendar))) {
    yield { startAt: from, endAt: Number.POSITIVE_INFINITY, weight: 1 };
    return;
  }
  const zone = zoneOf(calendar.timeZone);
  for (const piece of piecesIn(zone, from, to)) {
    if (measure === 'open') yield* openIn(calendar, piece);
    else yield* datesIn(calendar, measure, zone, piece);
  }
}

/** A span in which the wall clock is ahead of UTC by the same all along. */
interface Piece {
  startAt: number;
  endAt: number;
  offset: number;
}

/** Days one by one, cut where clocks are changed. */
function* piecesIn(zone: Zone, from: number, to: number): Generator<Piece> {
  for (let startAt = from; startAt < to; startAt += DAY_MS) {
    const endAt = startAt + DAY_MS;
    const [offset, later] = [zone.offsetAt(startAt), zone.offsetAt(endAt)];
    if (offset === later) {
      yield { startAt, endAt, offset };
      continue;
    }
    const cut = firstMinute(startAt, endAt, (at) => zone.offsetAt(at) === later);
    yield { startAt, endAt: cut, offset };
    yield { startAt: cut, endAt, offset: later };
  }
}

/** The first whole minute after `low` at which something holds that holds from some minute on; it holds at `high`. */
function firstMinute(low: number, high: number, holds: (at: number) => boolean): number {
  let [no, yes] = [Math.floor(low / MINUTE_MS), Math.ceil(high / MINUTE_MS)];
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2);
    if (holds(middle * MINUTE_MS)) yes = middle;
    else no = middle;
  }
  return Math.min(yes * MINUTE_MS, high);
}

function* wallDays({ startAt, endAt, offset }: Piece): Generator<number> {
  for (let day = Math.floor((startAt + offset) / DAY_MS); day * DAY_MS - offset < endAt; day += 1) yield day;
}

function* openIn(calendar: Calendar, piece: Piece): Generator<Stretch> {
  for (const day of wallDays(piece)) {
    const midnight = day * DAY_MS - piece.offset;
    for (const [first, last] of periodsOf(calendar, day)) {
      const startAt = Math.max(piece.startAt, midnight + first * MINUTE_MS);
      const endAt = Math.min(piece.endAt, midnight + last * MINUTE_MS);
      if (startAt < endAt) yield { startAt, endAt, weight: 1 };
    }
  }
}

function* datesIn(
  calendar: Calendar,
  measure: 'days' | 'working-days',
  zone: Zone,
  piece: Piece,
): Generator<Stretch> {
  for (const day of wallDays(piece)) {
    if (measure === 'working-days' && periodsOf(calendar, day).length === 0) continue;
    const midnight = day * DAY_MS - piece.offset;
    const startAt = Math.max(piece.startAt, midnight);
    const endAt = Math.min(piece.endAt, midnight + DAY_MS);
    const weight = DAY_MS / (startOfDate(zone, day + 1) - startOfDate(zone, day));
    if (startAt < endAt) yield { startAt, endAt, weight };
  }
}

/** The first moment of a date. */
export function startOfDate(zone: Zone, day: number): number {
  const [low, high] = [day * DAY_MS - FURTHEST_MS, day * DAY_MS + FURTHEST_MS];
  const offset = zone.offsetAt(low);
  if (offset === zone.offsetAt(high)) return day * DAY_MS - offset;
  return firstMinute(low, high, (at) => at + zone.offsetAt(at) >= day * DAY_MS);
}
