import type { Command } from '../contract/conversation';
import type { OperationArgs, OperationValue } from '../contract/operations';
import type { OrderStatus } from '../contract/orders';
import { actAsCustomer, type ReadOrder } from './act-as-customer';
import { CUSTOMER } from './append-step';
import type { OrderBooks } from './clocks/change-order';
import { type OrderRecord, type OrderStep, viewOf } from './order-record';
import { transitionOrder } from './transition-order';

type Confirmed = OperationValue<'work-order.confirm'>;

/**
 * What the customer says of an order that is reported as done: yes closes it, no opens it again with its history. Only
 * who may see the order has a say. The same command again answers what it did the first time.
 */
export async function confirmOrder(
  books: OrderBooks,
  { number, isSolved }: OperationArgs<'work-order.confirm'>,
  command: Command,
  clock: () => number,
): Promise<Confirmed> {
  const done = await actAsCustomer(books.db, number, command, clock, (found) =>
    tryOnce(books, found, isSolved, clock()),
  );
  return done ?? { status: 'not-found', order: null };
}

/** Null when somebody else has changed the order meanwhile. */
async function tryOnce(
  books: OrderBooks,
  { order, history }: ReadOrder,
  isSolved: boolean,
  at: number,
): Promise<Confirmed | null> {
  const to: OrderStatus = isSolved ? 'closed' : 'in-progress';
  if (order.status === to) return { ...stateOf(to, history), order: viewOf(order) };
  const reason = isSolved ? 'confirmed' : 'not-solved';
  const { number, version } = order;
  const result = await transitionOrder(books, { number, version, to, by: CUSTOMER, reason, at });
  if (result.status === 'changed') return answerOf(to, result.order);
  switch (result.reason) {
    case 'stale':
      return null;
    case 'too-late':
      return { status: 'too-late', order: viewOf(order) };
    default:
      return { status: 'unchanged', order: viewOf(order) };
  }
}

const answerOf = (to: OrderStatus, order: OrderRecord): Confirmed => ({
  status: to === 'closed' ? 'closed' : 'reopened',
  order: viewOf(order),
});

/** A command that is made again after a crash finds what it did itself. */
function stateOf(to: OrderStatus, history: OrderStep[]): Pick<Confirmed, 'status'> {
  const isOwn = history.at(-1)?.by === CUSTOMER;
  if (!isOwn) return { status: 'unchanged' };
  return { status: to === 'closed' ? 'closed' : 'reopened' };
}
