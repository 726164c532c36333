import type { Command } from '../contract/conversation';
import type { OperationArgs, OperationValue } from '../contract/operations';
import { actAsCustomer, type ReadOrder } from './act-as-customer';
import { CUSTOMER } from './append-step';
import type { OrderBooks } from './clocks/change-order';
import { viewOf } from './order-record';
import { transitionOrder } from './transition-order';

type Withdrawn = OperationValue<'work-order.withdraw'>;

/** In the history of an order that its customer withdrew. */
const WITHDRAWN = 'withdrawn';

/**
 * Cancels an open order because its customer wants nothing more. The same command again answers what it did the first
 * time.
 */
export async function withdrawOrder(
  books: OrderBooks,
  { number, note }: OperationArgs<'work-order.withdraw'>,
  command: Command,
  clock: () => number,
): Promise<Withdrawn> {
  const done = await actAsCustomer(books.db, number, command, clock, (found) =>
    tryOnce(books, found, note ?? null, clock()),
  );
  return done ?? { status: 'not-found', order: null };
}

/** Null when somebody else has changed the order meanwhile. */
async function tryOnce(
  books: OrderBooks,
  { order, history }: ReadOrder,
  note: string | null,
  at: number,
): Promise<Withdrawn | null> {
  const last = history.at(-1);
  const isOwn = last?.by === CUSTOMER && last.reason === WITHDRAWN;
  if (order.status === 'cancelled' && isOwn) return { status: 'withdrawn', order: viewOf(order) };
  const { number, version } = order;
  const act = { number, version, to: 'cancelled', by: CUSTOMER, reason: WITHDRAWN, note, at } as const;
  const result = await transitionOrder(books, act);
  if (result.status === 'changed') return { status: 'withdrawn', order: viewOf(result.order) };
  return result.reason === 'stale' ? null : { status: 'unchanged', order: viewOf(order) };
}
