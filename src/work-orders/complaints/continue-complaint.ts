import type { Command } from '../../contract/conversation';
import type { OperationArgs, OperationValue } from '../../contract/operations';
import { higherPriority } from '../../handoff/ownership';
import { actAsCustomer } from '../act-as-customer';
import { CUSTOMER } from '../append-step';
import { changeOrder, type Decision, type OrderBooks, type Refusal } from '../clocks/change-order';
import { cleanText, type OrderRecord, viewOf } from '../order-record';
import { AGAIN, countTimes, SAME_CASE_MS } from './find-earlier';

type Continued = OperationValue<'complaint.continue'>;
interface Said {
  text: string;
  isThreat: boolean;
  at: number;
  /** How often the complaint was made before. */
  times: number;
}

/** The third time a supervisor is told. */
const SUPERVISOR_FROM = 3;

/**
 * Goes on with a complaint of the customer's: what they say now stands in its history, its owner and its clock stay,
 * and one that was answered is open again. The third time, or with a threat of appeal, the supervisor is told. The
 * same command again adds nothing.
 */
export async function continueComplaint(
  books: OrderBooks,
  { number, text, isThreat }: OperationArgs<'complaint.continue'>,
  command: Command,
  clock: () => number,
): Promise<Continued> {
  const { id: key, at } = command;
  const done = await actAsCustomer(
    books.db,
    number,
    command,
    clock,
    async ({ order }): Promise<Continued> => {
      const said = { text, isThreat: isThreat ?? false, at, times: await countTimes(books.db, order.number) };
      const request = { number: order.number, version: null, at, key };
      const result = await changeOrder(books, request, (held) => decide(held.order, said));
      const times = await countTimes(books.db, order.number);
      if (result.status === 'changed') return { status: 'continued', order: viewOf(result.order), times };
      return { status: 'unchanged', order: viewOf(order), times };
    },
  );
  return done ?? { status: 'not-found', order: null, times: 0 };
}

function decide(order: OrderRecord, { text, isThreat, at, times }: Said): Decision | Refusal {
  const isTooOld = at - order.createdAt > SAME_CASE_MS;
  if (order.kind !== 'complaint' || order.status === 'cancelled' || isTooOld) return 'not-allowed';
  const isAnswered = order.status === 'resolved' || order.status === 'closed';
  return {
    order: {
      priority: higherPriority('high', order.priority),
      ...(isAnswered && { status: 'in-progress' as const, repeats: order.repeats + 1 }),
    },
    events: isAnswered ? [{ type: 'reopened', at }] : [],
    by: CUSTOMER,
    reason: AGAIN,
    note: cleanText(text),
    change: isAnswered ? 'reopened' : 'remark',
    ...alarmOf(times + 1, isThreat),
  };
}

function alarmOf(times: number, isThreat: boolean): Pick<Decision, 'alarm'> {
  if (isThreat) return { alarm: 'appeal-threatened' };
  return times >= SUPERVISOR_FROM ? { alarm: 'complaint-repeated' } : {};
}
