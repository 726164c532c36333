import type { ApiName } from '../../contract/operator-api';
import { OperatorFault } from '../http/attempt';
import { createTries, type Tries, type TryDependencies } from '../http/try-calls';
import type { Operator, Reservation } from '../operator';
import { nearestThree, searchWindow } from '../visits';
import {
  heldUntilOf,
  reservedOf,
  slotsOf,
  type TmfAppointment,
  timesOf,
  toAppointment,
  toBooking,
  toCancellation,
  toSearch,
  visitorOf,
} from './appointment';
import { askCalendar, type Calendar, type CalendarDependencies } from './ask-calendar';
import { type FoundSlot, readSlotId } from './slot-id';

/** The methods of the port that are about visits. */
export type Visits = Pick<
  Operator,
  'listSlots' | 'reserveSlot' | 'bookSlot' | 'changeSlot' | 'releaseSlot' | 'findVisitor'
>;

export interface TmforumVisits extends Omit<Tries, 'run'> {
  visits: Visits;
}

/** What is to be booked at once is held for so long in case that the booking of it never comes. */
const SETTLE_MS = 15 * 60_000;

const UNKNOWN: Reservation = { status: 'unknown' };
const TAKEN: Reservation = { status: 'taken' };

/**
 * The port's visits on a calendar of TMF646 v4. A hold is an appointment that is `initialized`, with a note that says
 * until when; booked is `confirmed`, given back is `cancelled`. Before an appointment is created it is looked for by
 * its `externalId`, which is our key, so that a repeated call, or attempt, makes no second one. What was refused as
 * taken is not kept: the same key may get it once it is free. Errors as in `Tries`.
 */
export function createTmforumVisits(deps: CalendarDependencies & TryDependencies): TmforumVisits {
  const { run, ...tries } = createTries(deps);
  const { clock } = deps;
  const attempt = <T>(name: ApiName, act: (calendar: Calendar) => Promise<T>): Promise<T> =>
    run(name, () => act(askCalendar(deps, name)));

  const visits: Visits = {
    listSlots: ({ kind, address, wishAt }) =>
      attempt('listSlots', async (calendar) => {
        const window = searchWindow(wishAt ?? null, clock());
        const found = await calendar.search(
          toSearch({ kind, address }, { startAt: window.from, endAt: window.to }),
        );
        if (found.status === 'inProgress' || found.status === 'terminatedWithError')
          throw new OperatorFault('listSlots', 'failed', `the search is ${found.status}`);
        return nearestThree(slotsOf(found, { kind, address }, clock()), window.wishAt);
      }),
    async reserveSlot({ slotId, holdMs = null }, key) {
      const slot = readSlotId(slotId);
      if (slot === null) return UNKNOWN;
      return attempt('reserveSlot', (calendar) => reserve(calendar, { slot, holdMs, key }, clock));
    },
    bookSlot: (appointmentId) =>
      attempt('bookSlot', async (calendar) => {
        const found = await calendar.read(appointmentId);
        return found ? book(calendar, found, clock()) : UNKNOWN;
      }),
    async changeSlot({ appointmentId, slotId }) {
      const slot = readSlotId(slotId);
      if (slot === null) return UNKNOWN;
      return attempt('changeSlot', (calendar) => change(calendar, appointmentId, slot, clock()));
    },
    releaseSlot: (appointmentId) =>
      attempt('releaseSlot', async (calendar) => {
        const found = await calendar.read(appointmentId);
        if (found === null || found.status === 'completed') return false;
        if (found.status === 'cancelled' || found.status === 'failed') return true;
        const left = await calendar.patch(found.id, toCancellation(found));
        if (left === 'conflict')
          throw new OperatorFault('releaseSlot', 'refused', 'the calendar keeps the appointment');
        return left !== null;
      }),
    findVisitor: (appointmentId) =>
      attempt('findVisitor', async (calendar) => {
        const found = await calendar.read(appointmentId);
        const isAhead = found?.status === 'confirmed' && timesOf(found.validFor).endAt > clock();
        return isAhead ? visitorOf(found) : null;
      }),
  };
  return { visits, ...tries };
}

async function reserve(
  calendar: Calendar,
  { slot, holdMs, key }: { slot: FoundSlot; holdMs: number | null; key: string },
  clock: () => number,
): Promise<Reservation> {
  const answer = (found: TmfAppointment, heldUntilAt: number | null) => {
    if (holdMs === null) return book(calendar, found, clock());
    return isHeld(found, clock()) ? reservedOf(found, heldUntilAt) : standing(found, clock());
  };
  const known = await calendar.find(key);
  if (known) return answer(known, heldUntilOf(known));
  if (slot.startAt <= clock()) return UNKNOWN;
  const heldUntilAt = clock() + (holdMs ?? SETTLE_MS);
  const made = await calendar.create(toAppointment(slot, key, heldUntilAt));
  if (made !== 'conflict') return answer(made, heldUntilAt);
  // It may be our own that is in the way: made by an attempt whose answer was lost.
  const own = await calendar.find(key);
  return own ? answer(own, heldUntilOf(own)) : TAKEN;
}

const isHeld = (found: TmfAppointment, now: number): boolean =>
  found.status === 'initialized' && (heldUntilOf(found) ?? Number.POSITIVE_INFINITY) > now;

/** How an appointment that is not held stands: booked, lapsed, or given back. */
function standing(found: TmfAppointment, now: number): Reservation {
  if (found.status === 'confirmed') return reservedOf(found, null);
  return (heldUntilOf(found) ?? Number.POSITIVE_INFINITY) <= now ? TAKEN : UNKNOWN;
}

/** A hold that is over is not booked, even where nobody else has the time: `lapseHolds` may be about to cancel it. */
async function book(calendar: Calendar, found: TmfAppointment, now: number): Promise<Reservation> {
  if (!isHeld(found, now)) return standing(found, now);
  return bookedOf('bookSlot', await calendar.patch(found.id, toBooking(found)));
}

async function change(
  calendar: Calendar,
  appointmentId: string,
  slot: FoundSlot,
  now: number,
): Promise<Reservation> {
  const found = await calendar.read(appointmentId);
  if (found === null || (found.status !== 'confirmed' && !isHeld(found, now))) return UNKNOWN;
  const { startAt, endAt } = timesOf(found.validFor);
  const isDone = found.status === 'confirmed' && startAt === slot.startAt && endAt === slot.endAt;
  if (isDone) return reservedOf(found, null);
  if (slot.startAt <= now) return UNKNOWN;
  return bookedOf('changeSlot', await calendar.patch(found.id, toBooking(found, slot)));
}

function bookedOf(name: ApiName, answer: TmfAppointment | 'conflict' | null): Reservation {
  if (answer === null) return UNKNOWN;
  if (answer === 'conflict') return TAKEN;
  if (answer.status === 'confirmed') return reservedOf(answer, null);
  throw new OperatorFault(name, 'garbage', `the appointment is ${answer.status}, not confirmed`);
}
