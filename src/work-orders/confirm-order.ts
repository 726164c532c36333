import type { Command } from '../contract/conversation';
import type { OperationArgs, OperationValue, OrderStatus } from '../contract/operations';
import { CUSTOMER } from './append-step';
import type { OrderBooks } from './clocks/change-order';
import { type OrderRecord, type OrderStep, viewOf } from './order-record';
import { readOrder, readVisibleOrder } from './read-orders';
import { transitionOrder } from './transition-order';

type Confirmed = OperationValue<'work-order.confirm'>;

/** Somebody else may move the order on at the same moment: it is looked at again. */
const TRIES = 5;

/**
 * What the customer says of an order that is reported as done: yes closes it, no opens it again with its history. Only
 * who may see the order has a say. The same command again answers what it did the first time.
 */
export async function confirmOrder(
  books: OrderBooks,
  { number, isSolved }: OperationArgs<'work-order.confirm'>,
  { conversationId, asker }: Command,
  clock: () => number,
): Promise<Confirmed> {
  const visible = await readVisibleOrder(books.db, number, { conversationId, asker }, clock());
  if (!visible) return { status: 'not-found', order: null };
  for (let n = 0; n < TRIES; n += 1) {
    const done = await tryOnce(books, visible.number, isSolved, clock());
    if (done) return done;
  }
  throw new Error('The order is changed faster than it can be read.');
}

/** Null when somebody else has changed the order meanwhile. */
async function tryOnce(
  books: OrderBooks,
  number: string,
  isSolved: boolean,
  at: number,
): Promise<Confirmed | null> {
  const found = await readOrder(books.db, number);
  if (!found) return { status: 'not-found', order: null };
  const { order, history } = found;
  const to: OrderStatus = isSolved ? 'closed' : 'in-progress';
  if (order.status === to) return { ...stateOf(to, history), order: viewOf(order) };
  const reason = isSolved ? 'confirmed' : 'not-solved';
  const result = await transitionOrder(books, {
    number,
    version: order.version,
    to,
    by: CUSTOMER,
    reason,
    at,
  });
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
