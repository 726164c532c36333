import type { Callback } from '../contract/operator-orders';
import { readOrderNumber } from '../contract/order-number';
import type { ChangeResult, OrderBooks } from '../work-orders/clocks/change-order';
import { OPERATOR_KEY } from '../work-orders/dispatch/write-dispatch';
import { actInField } from '../work-orders/field/act-in-field';
import { readOrder } from '../work-orders/read-orders';
import { transitionOrder } from '../work-orders/transition-order';

/** Somebody else may move the order on at the same moment: it is looked at again. */
const TRIES = 5;

/**
 * Does what the operator's systems tell of an order, once for the callback's id, and durably when it resolves. Times are
 * the operator's, within what our clock and the order's last change allow.
 */
export async function applyCallback(
  books: OrderBooks,
  callback: Callback,
  clock: () => number,
): Promise<ChangeResult> {
  for (let n = 0; n < TRIES; n += 1) {
    const result = await tryOnce(books, callback, clock());
    if (result.status === 'changed' || result.reason !== 'stale') return result;
  }
  return { status: 'refused', reason: 'stale' };
}

async function tryOnce(books: OrderBooks, callback: Callback, now: number): Promise<ChangeResult> {
  const { id, act, technician } = callback;
  const found = await readOrder(books.db, readOrderNumber(callback.number) ?? '');
  if (!found) return { status: 'refused', reason: 'not-found' };
  const { number, version, updatedAt } = found.order;
  const at = Math.max(updatedAt, Math.min(callback.at, now));
  const key = OPERATOR_KEY + id;
  if (act.type !== 'cancel') {
    return actInField(books, act, { number, key, technician, assignment: null, at });
  }
  const { note = null } = act;
  const by = `operator:${technician.id}`;
  return transitionOrder(books, { number, version, to: 'cancelled', by, reason: 'cancelled', note, at, key });
}
