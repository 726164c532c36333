import { z } from 'zod';
import type { OrderRef } from '../../contract/dialog';
import { isOpenStatus } from '../../contract/orders';
import { type Zone, zoneOf } from '../../zone';
import { addRecord, cancelTimer, isBotAnswering, setTimer, speakPattern, type Work } from './work';

/** The customer is reminded of a visit on the evening before, at this hour of the operator's wall clock. */
const EVENING_HOUR = 18;
const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;

/** The value of the timer. `startAt` tells the visit from one that took its place. */
export const visitDueSchema = z.object({
  subject: z.literal('visit'),
  number: z.string(),
  startAt: z.number(),
});
type VisitDue = Omit<z.infer<typeof visitDueSchema>, 'subject'>;

const timerOf = (number: string): string => `visit:${number}`;

/** The evening before a moment, on the zone's calendar. */
export function eveningBefore(at: number, zone: Zone): number {
  const wall = at + zone.offsetAt(at);
  return zone.momentOf(wall - (wall % DAY_MS) - DAY_MS + EVENING_HOUR * HOUR_MS);
}

/** To be called when an order has changed: the reminder goes with the visit. What is agreed on that late needs none. */
export function planReminder(work: Work, { number, status, appointment }: OrderRef): void {
  const { startAt } = appointment ?? {};
  const dueAt =
    startAt !== undefined && isOpenStatus(status)
      ? eveningBefore(startAt, zoneOf(work.settings.timeZone))
      : null;
  if (startAt === undefined || dueAt === null || dueAt <= work.entry.at)
    return cancelTimer(work, timerOf(number));
  setTimer(work, { id: timerOf(number), dueAt, value: { subject: 'visit', number, startAt } });
}

/** Says nothing of a visit that was moved or is over, nor in the middle of a human's talk with the customer. */
export function onVisitDue(work: Work, { number, startAt }: VisitDue): void {
  const order = work.state.orders.find((each) => each.number === number);
  const isAhead = order?.appointment?.startAt === startAt && startAt > work.entry.at;
  if (!order || !isAhead || !isOpenStatus(order.status)) return;
  if (isBotAnswering(work.state) || work.state.ownership.owner === 'queued')
    speakPattern(work, 'visit-tomorrow', { order });
  else addRecord(work, 'unshown', { pattern: 'visit-tomorrow', number });
}
