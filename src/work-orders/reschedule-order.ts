import type { Command } from '../contract/conversation';
import type { OperationArgs, OperationValue } from '../contract/operations';
import { type Appointment, isOpenStatus } from '../contract/orders';
import { actAsCustomer } from './act-as-customer';
import { CUSTOMER } from './append-step';
import { changeOrder, type Decision, type OrderBooks } from './clocks/change-order';
import { type OrderRecord, viewOf } from './order-record';

type Rescheduled = OperationValue<'work-order.reschedule'>;

/**
 * Moves the visit of an open order as its customer wishes, or gives it up. The promise is not before the end of the
 * new one. The same command again moves nothing.
 */
export async function rescheduleOrder(
  books: OrderBooks,
  { number, appointment }: OperationArgs<'work-order.reschedule'>,
  command: Command,
  clock: () => number,
): Promise<Rescheduled> {
  const wanted = appointment && {
    id: appointment.id,
    startAt: Math.round(appointment.startAt),
    endAt: Math.round(appointment.endAt),
  };
  const done = await actAsCustomer(books.db, number, command, clock, ({ order }) =>
    tryOnce(books, order, wanted, command),
  );
  return done ?? { status: 'not-found', order: null };
}

async function tryOnce(
  books: OrderBooks,
  order: OrderRecord,
  wanted: Appointment | null,
  { id: key, at }: Pick<Command, 'id' | 'at'>,
): Promise<Rescheduled | null> {
  const { number } = order;
  const result = await changeOrder(books, { number, version: null, at, key }, (held) =>
    isOpenStatus(held.order.status) ? decide(held.order, wanted) : 'not-allowed',
  );
  const isMoved = result.status === 'changed';
  return { status: isMoved ? 'rescheduled' : 'unchanged', order: viewOf(isMoved ? result.order : order) };
}

/** The note names the visit before, for whoever looks for it on the calendar. */
const decide = ({ appointment }: OrderRecord, wanted: Appointment | null): Decision => ({
  order: { appointment: wanted },
  events: [],
  ...(wanted ? { visitEndAt: wanted.endAt } : {}),
  by: CUSTOMER,
  reason: wanted ? 'visit-moved' : 'visit-given-up',
  note: appointment?.id ?? null,
  change: 'appointed',
});
