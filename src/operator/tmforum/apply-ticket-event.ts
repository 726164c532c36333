import { z } from 'zod';
import { causeSchema, type SuspendReason, suspendReasonSchema } from '../../contract/field';
import type { Callback } from '../../contract/operator-orders';
import { readOrderNumber } from '../../contract/order-number';
import { isOpenStatus } from '../../contract/orders';
import type { ChangeResult, OrderBooks } from '../../work-orders/clocks/change-order';
import { OPERATOR_KEY } from '../../work-orders/dispatch/write-dispatch';
import type { OrderRecord } from '../../work-orders/order-record';
import { readOrder } from '../../work-orders/read-orders';
import { transitionOrder } from '../../work-orders/transition-order';
import { applyCallback } from '../apply-callback';
import { characteristicOf, numberOf, type Ticket, ticketSchema, ticketStatusOf } from './ticket';

/** An event of a ticket, as listeners of TMF621 get it. */
export const ticketEventSchema = z.looseObject({
  eventId: z.string().min(1).max(80),
  eventTime: z.iso.datetime({ offset: true }),
  event: z.looseObject({ troubleTicket: ticketSchema }),
});
export type TicketEvent = z.infer<typeof ticketEventSchema>;

/** What a ticket's new status asks of our order; `resolve` without saying what was found. */
export type TicketAct = Callback['act'] | { type: 'resolve' };

/** A pause is blamed on the customer only where the system says so in our words. */
const pauseReasonOf = ({ statusChangeReason }: Ticket): SuspendReason =>
  suspendReasonSchema.safeParse(statusChangeReason).data ?? 'third-party';

function finishOf(ticket: Ticket): TicketAct {
  const cause = causeSchema.safeParse(characteristicOf(ticket, 'cause')).data;
  const dbm = Number(characteristicOf(ticket, 'opticalDbm') ?? Number.NaN);
  const isMeasured = cause !== undefined && Number.isFinite(dbm);
  return isMeasured ? { type: 'finish', cause, reading: { type: 'optical', dbm } } : { type: 'resolve' };
}

/**
 * What is to be done to an order for its ticket's status; null when the order stands so already, or it is not ours to
 * do. What we change comes back as an event: one that is older than the order's last change moves it to no other open
 * state.
 */
export function actOf(
  ticket: Ticket,
  { status, pause, field, updatedAt }: Pick<OrderRecord, 'status' | 'pause' | 'field' | 'updatedAt'>,
  eventAt: number,
): TicketAct | null {
  if (!isOpenStatus(status) || ticket.status === ticketStatusOf({ status, pause: pause ?? null }))
    return null;
  const isPassing = ticket.status === 'inProgress' || ticket.status === 'pending' || ticket.status === 'held';
  if (isPassing && eventAt < updatedAt) return null;
  switch (ticket.status) {
    case 'inProgress':
      if (pause) return { type: 'resume' };
      return field.hasAccepted ? null : { type: 'accept' };
    case 'pending':
    case 'held':
      return pause ? null : { type: 'suspend', reason: pauseReasonOf(ticket) };
    case 'resolved':
      return finishOf(ticket);
    case 'cancelled':
    case 'rejected':
      return { type: 'cancel', note: ticket.statusChangeReason?.slice(0, 500) };
    // An order is closed by its customer, not by the ticket system.
    case 'closed':
    case 'acknowledged':
    case undefined:
      return null;
  }
}

function technicianOf({ relatedParty = [] }: Ticket): Callback['technician'] {
  const party = relatedParty.find(({ role }) => role === 'technician')?.partyOrPartyRole;
  return {
    id: party?.id.slice(0, 40) ?? 'tmf621',
    name: party?.name?.trim().slice(0, 60) || '装维师傅',
    phone: null,
  };
}

export type TicketResult = ChangeResult | { status: 'nothing' };

/** Does to an order what an event of its ticket says, once for the event's id, and durably when it resolves. */
export async function applyTicketEvent(
  books: OrderBooks,
  { eventId, eventTime }: Pick<TicketEvent, 'eventId' | 'eventTime'>,
  ticket: Ticket,
  clock: () => number,
): Promise<TicketResult> {
  const found = await readOrder(books.db, readOrderNumber(numberOf(ticket) ?? '') ?? '');
  if (!found) return { status: 'refused', reason: 'not-found' };
  const { number, version, updatedAt } = found.order;
  const at = Date.parse(eventTime);
  const act = actOf(ticket, found.order, at);
  if (act === null) return { status: 'nothing' };
  const id = `tmf621:${eventId}`;
  const technician = technicianOf(ticket);
  if (act.type !== 'resolve') return applyCallback(books, { id, number, at, technician, act }, clock);
  return transitionOrder(books, {
    number,
    version,
    to: 'resolved',
    by: `operator:${technician.id}`,
    reason: 'resolved',
    note: ticket.statusChangeReason?.slice(0, 500) ?? null,
    at: Math.max(updatedAt, Math.min(at, clock())),
    key: OPERATOR_KEY + id,
  });
}
