import { type OrderStatus, orderTransitions } from '../contract/orders';
import type { ClockEvent } from '../contract/sla';
import { higherPriority } from '../handoff/ownership';
import {
  type ChangeResult,
  changeOrder,
  type Decision,
  type OrderBooks,
  type Refusal,
} from './clocks/change-order';
import type { Held } from './clocks/fire-due';
import { lacksIdentity } from './field/needs-identity';
import type { OrderRecord } from './order-record';

export interface Transition {
  number: string;
  /** The version that the change was decided on. */
  version: number;
  to: OrderStatus;
  /** `agent:<account id>`, or `bot`. */
  by: string;
  /** Why, in a word that reports can count; the note is for people. */
  reason?: string | null;
  note?: string | null;
  at: number;
  /** The reason that the customer is told, by its name. */
  told?: string;
  /** The same key again changes nothing. */
  key?: string | null;
}

export type TransitionResult = ChangeResult;

/** A relapse within so long is the same matter and opens the order again; later it is a new one. */
export const REPEAT_MS = 7 * 24 * 3600_000;

const DONE: readonly OrderStatus[] = ['resolved', 'closed'];

/**
 * Moves an order on: status, clocks, history row and event in one transaction, or nothing of it. Of several that were
 * decided on the same version exactly one wins. Opening a done one again counts as a repeat, and is refused as
 * `too-late` after seven days. Tell the events relay to look afterwards.
 */
export const transitionOrder = (books: OrderBooks, transition: Transition): Promise<TransitionResult> =>
  changeOrder(books, transition, ({ order, clocks }) => {
    const isRepeat = DONE.includes(order.status) && transition.to === 'in-progress';
    if (isRepeat && transition.at - doneAt({ order, clocks }) > REPEAT_MS) return 'too-late';
    return isRepeat ? reopen(order, transition) : decideMove(order, transition);
  });

/** When it was done: what came afterwards, closing it, does not count. */
function doneAt({ order, clocks }: Held): number {
  const met = clocks.flatMap(({ log }) => log.flatMap((event) => (event.type === 'met' ? [event.at] : [])));
  return met.length > 0 ? Math.max(...met) : order.updatedAt;
}

/** What a move comes to, other than the return of what was done. */
export function decideMove(
  order: OrderRecord,
  { to, at, by, reason = null, note = null, told }: Omit<Transition, 'number' | 'version'>,
): Decision | Refusal {
  if (!orderTransitions[order.status].includes(to)) return 'not-allowed';
  if (to === 'resolved' && order.regulator !== null && order.regulator.approved === null)
    return 'reply-not-approved';
  // Somebody of ours may know that it was checked on the operator's page or at an outlet.
  if (to === 'resolved' && !by.startsWith('agent:') && lacksIdentity(order)) return 'no-identity';
  const isOver = to === 'cancelled' || to === 'resolved';
  return {
    order: { status: to, pause: isOver ? undefined : order.pause },
    events: eventsOf(to, at),
    by,
    reason,
    note,
    told,
    change: 'status',
  };
}

function eventsOf(to: OrderStatus, at: number): ClockEvent[] {
  if (to === 'resolved') return [{ type: 'met', at }];
  return to === 'cancelled' ? [{ type: 'cancelled', at }] : [];
}

function reopen(order: OrderRecord, { to, at, by, reason, note = null }: Transition): Decision {
  return {
    order: {
      status: to,
      repeats: order.repeats + 1,
      priority: higherPriority('high', order.priority),
      // Whoever was there comes again.
      field: { ...order.field, hasAccepted: false, arrivedAt: null, result: null },
      // What is not well after the recovery is a fault of its own.
      incident: null,
      // What did not satisfy is answered anew.
      regulator: order.regulator && { ...order.regulator, reply: null, returned: null, approved: null },
    },
    events: [{ type: 'reopened', at }],
    by,
    reason: reason ?? 'repeat',
    note,
    change: 'reopened',
  };
}
