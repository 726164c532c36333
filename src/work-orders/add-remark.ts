import type { Command } from '../contract/conversation';
import type { OperationArgs, OperationValue } from '../contract/operations';
import type { OrderStatus } from '../contract/orders';
import { actAsCustomer } from './act-as-customer';
import { CUSTOMER } from './append-step';
import { changeOrder, type OrderBooks } from './clocks/change-order';
import { cleanText, viewOf } from './order-record';

type Added = OperationValue<'work-order.add'>;

const OVER: readonly OrderStatus[] = ['closed', 'cancelled'];

/** Keeps what a customer says about their order in its history. The same command again adds nothing. */
export async function addRemark(
  books: OrderBooks,
  { number, text }: OperationArgs<'work-order.add'>,
  command: Command,
  clock: () => number,
): Promise<Added> {
  const { id: key, at } = command;
  const done = await actAsCustomer(books.db, number, command, clock, async ({ order }): Promise<Added> => {
    const request = { number: order.number, version: null, at, key };
    const result = await changeOrder(books, request, (held) => {
      if (OVER.includes(held.order.status)) return 'not-allowed';
      const note = cleanText(text);
      return { order: {}, events: [], by: CUSTOMER, reason: 'remark', note, change: 'remark' };
    });
    const isAdded = result.status === 'changed';
    return { status: isAdded ? 'added' : 'unchanged', order: viewOf(isAdded ? result.order : order) };
  });
  return done ?? { status: 'not-found', order: null };
}
