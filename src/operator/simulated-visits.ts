import { createHash } from 'node:crypto';
import type { Appointment } from '../contract/orders';
import type { Reservation } from './operator';

/** Keeps at most so many entries; the oldest go first. */
export function keep<V>(map: Map<string, V>, key: string, value: V, limit = 10_000): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > limit && oldest !== undefined) map.delete(oldest);
}

interface Holding {
  appointmentId: string;
  /** Null when it is booked. */
  untilAt: number | null;
}

/** A visit goes on for so long after it began. */
const VISIT_MS = 2 * 3600 * 1000;

/** An appointment's id begins with the slot that it was made for. */
const idOf = (slotId: string, key: string): string =>
  `${slotId}~${createHash('sha256').update(key).digest('hex').slice(0, 12)}`;
const slotOf = (appointmentId: string): string => appointmentId.split('~')[0] ?? '';

/**
 * Who has which visit of the simulated operator. An appointment that was made before this process began says itself
 * which visit it is for, and counts as booked while nobody else has it.
 */
export function createVisitBook(deps: {
  clock: () => number;
  /** Booked by telephone. */
  isBusy: (slotId: string) => boolean;
  /** Null for what no calendar has, or what began longer ago. */
  read: (slotId: string, agoMs: number) => Appointment | null;
}) {
  const { clock } = deps;
  /** What can still be had. */
  const read = (slotId: string) => deps.read(slotId, 0);
  const holdings = new Map<string, Holding>();
  const released = new Map<string, true>();
  const answers = new Map<string, Reservation>();

  const holdingOf = (slotId: string): Holding | undefined => {
    const found = holdings.get(slotId);
    return found && (found.untilAt === null || found.untilAt > clock()) ? found : undefined;
  };
  const isFree = (slotId: string) => !holdingOf(slotId) && !deps.isBusy(slotId);
  /** The visit that an appointment has, up to its end; null when it has none. */
  function find(appointmentId: string): Appointment | null {
    const slotId = slotOf(appointmentId);
    const holder = holdingOf(slotId)?.appointmentId ?? appointmentId;
    return holder === appointmentId && !released.has(appointmentId) ? deps.read(slotId, VISIT_MS) : null;
  }

  /** The answer of the first call with this key. */
  function once(key: string, act: () => Reservation): Reservation {
    const answer = answers.get(key) ?? act();
    keep(answers, key, answer);
    return answer;
  }

  function take(slotId: string, appointmentId: string, untilAt: number | null): Reservation {
    const visit = read(slotId);
    if (!visit) return { status: 'unknown' };
    keep(holdings, slotId, { appointmentId, untilAt });
    return { status: 'reserved', appointment: { ...visit, id: appointmentId }, heldUntilAt: untilAt };
  }

  function reserve(slotId: string, key: string, holdMs: number | null): Reservation {
    if (!read(slotId)) return { status: 'unknown' };
    if (!isFree(slotId)) return { status: 'taken' };
    return take(slotId, idOf(slotId, key), holdMs === null ? null : clock() + holdMs);
  }

  function release(appointmentId: string): boolean {
    if (released.has(appointmentId)) return true;
    if (!find(appointmentId)) return false;
    holdings.delete(slotOf(appointmentId));
    keep(released, appointmentId, true);
    return true;
  }

  return {
    isFree,
    find,
    release,
    reserve: (slotId: string, key: string, holdMs: number | null) =>
      once(`reserve:${key}`, () => reserve(slotId, key, holdMs)),
    book: (appointmentId: string, key: string) =>
      once(`book:${key}`, () => {
        if (find(appointmentId)) return take(slotOf(appointmentId), appointmentId, null);
        return { status: released.has(appointmentId) || !read(slotOf(appointmentId)) ? 'unknown' : 'taken' };
      }),
    change: (appointmentId: string, slotId: string, key: string) =>
      once(`change:${key}`, () => {
        if (!find(appointmentId)) return { status: 'unknown' };
        const answer = reserve(slotId, key, null);
        if (answer.status === 'reserved') release(appointmentId);
        return answer;
      }),
  };
}
