import type { OrderRef } from '../../contract/dialog';
import { revisitReasonSchema } from '../../contract/field';
import { revisitWords } from '../../contract/field-words';
import {
  isOpenStatus,
  type OrderEvent,
  type OrderLapse,
  type OrderStatus,
  orderEventSchema,
} from '../../contract/orders';
import { isBlamedOnCustomer } from '../../contract/sla';
import { type PatternName, patternNames } from '../../dialogs/pattern-names';
import { reasonWords } from '../../sla/words';
import { actOn, tellOfOrder } from './clocks/act-on';
import { type HeldText, holdText } from './clocks/held-text';
import { askForWord, askLater, stopAwaiting } from './unconfirmed';
import { planReminder } from './visit-reminder';
import {
  addCommand,
  addRecord,
  cancelTimer,
  isBotAnswering,
  localeOf,
  note,
  setTimer,
  speakPattern,
  type Work,
} from './work';

const orderTimer = (number: string): string => `promise:${number}`;
/** A threshold of an order may be due: Postgres, where its clocks are, decides and answers with `order.lapsed`. */
const CHECK_ORDER = 'work-order.check';
/** Orders that a conversation remembers; older ones are asked for by their number. */
const ORDERS_LIMIT = 10;

const told: Partial<Record<OrderStatus, PatternName>> = {
  assigned: 'order-assigned',
  'in-progress': 'order-in-progress',
  resolved: 'order-resolved',
  cancelled: 'order-cancelled',
};

/** Answers the order as it is remembered. */
function remember(work: Work, { order, change, isOwn }: OrderEvent): OrderRef {
  const { number, kind, status, promiseAt, summary, pause, appointment, technician, identity } = order;
  const before = work.state.orders.find((other) => other.number === number);
  const others = work.state.orders.filter((other) => other.number !== number);
  // Who moved the visit, or had the order opened again, was told the new time on the spot.
  const isTold = !before || (isOwn === true && (change === 'appointed' || change === 'reopened'));
  const toldAt = isTold ? promiseAt : (before.toldAt ?? before.promiseAt);
  const ref = { number, kind, status, promiseAt, summary, toldAt, pause, appointment, technician, identity };
  work.state.orders = [ref, ...others].slice(0, ORDERS_LIMIT);
  return ref;
}

/** An order was made or moved on. Postgres is authoritative; the conversation keeps a snapshot and is woken by time. */
export function onOrder(work: Work, name: string, value: unknown): void {
  const event = orderEventSchema.parse(value);
  const ref = remember(work, event);
  note(work, 'order.status', { order: event.order });
  wakeFor(work, event);
  planReminder(work, ref);
  if (ref.status !== 'resolved') stopAwaiting(work, ref.number);
  if (event.lapse) return onLapse(work, event.lapse, ref);
  if (name !== 'order.changed' || event.isOwn) return;
  // What was approved is sent, whoever has the conversation.
  if (event.answer !== undefined)
    speakPattern(work, 'order-answered', { order: event.order, answer: event.answer });
  if (isBotAnswering(work.state)) tell(work, event, ref);
  else if (event.change === 'status' && ref.status === 'resolved') askLater(work, ref.number);
}

/** How an order of another conversation stands: cards of it show it, and nothing is said. */
export const onWatched = (work: Work, value: unknown): void =>
  note(work, 'order.status', { order: orderEventSchema.parse(value).order });

function wakeFor(work: Work, { order: { number, status, promiseAt }, nextAt }: OrderEvent): void {
  // Events of an earlier release do not say when.
  const dueAt = nextAt === undefined && isOpenStatus(status) ? promiseAt : (nextAt ?? null);
  if (dueAt === null) return cancelTimer(work, orderTimer(number));
  setTimer(work, { id: orderTimer(number), dueAt, value: { subject: 'promise', number } });
}

/** What the customer hears of a change; what only moved a deadline, or they did themselves, is not told. */
function tell(work: Work, { change, order, reason, compensationYuan }: OrderEvent, ref: OrderRef): void {
  switch (change) {
    case 'status': {
      if (compensationYuan !== undefined)
        speakPattern(work, 'order-compensated', { order, yuan: compensationYuan });
      // Nothing is closed before the customer has said yes.
      if (order.status === 'resolved' && askForWord(work, { number: order.number, asked: 1 })) return;
      if (reason === 'unconfirmed') return say(work, { pattern: 'order-unconfirmed', number: order.number });
      const pattern = told[order.status];
      return pattern ? speakPattern(work, pattern, { order }) : undefined;
    }
    case 'paused':
      return say(work, { pattern: 'order-paused', number: order.number });
    case 'resumed':
      return say(work, { pattern: 'order-resumed', number: order.number });
    case 'reopened':
      return tellOfOrder(work, 'order-reopened', { ...ref, toldAt: ref.promiseAt });
    case 'appointed':
      return say(work, { pattern: 'order-appointed', number: order.number });
    case 'reassigned':
      return say(work, { pattern: 'order-reassigned', number: order.number });
    case 'arrived':
      return speakPattern(work, 'order-arrived', { order });
    case 'revisit':
      return say(work, { pattern: 'order-revisit', number: order.number, reason });
    case 'disputed':
    case 'clock':
    case 'remark':
      return;
  }
}

/** Now, or in the morning. */
function say(work: Work, text: HeldText): void {
  if (!holdText(work, text)) speakHeld(work, text);
}

/** What was held at night, if it still holds. */
export function onHeldText(work: Work, text: HeldText): void {
  if (isBotAnswering(work.state) || work.state.ownership.owner === 'queued') speakHeld(work, text);
  else addRecord(work, 'unshown', { pattern: text.pattern, number: text.number });
}

function speakHeld(work: Work, { pattern, number, reason: why }: HeldText): void {
  const order = work.state.orders.find((each) => each.number === number);
  if (order?.status === 'closed' && pattern === 'order-unconfirmed') {
    return speakPattern(work, pattern, { order });
  }
  if (!order || !isOpenStatus(order.status)) return;
  if (pattern === 'order-revisit') {
    const known = revisitReasonSchema.safeParse(why);
    const reason = known.success ? revisitWords[known.data][localeOf(work)] : '';
    return speakPattern(work, pattern, { order, reason });
  }
  if (pattern === 'order-resumed') return tellOfOrder(work, pattern, { ...order, toldAt: order.promiseAt });
  if (pattern !== 'order-paused') {
    const name = patternNames.find((each) => each === pattern);
    return name ? tellOfOrder(work, name, order) : undefined;
  }
  if (!order.pause) return;
  const { reason, isDisputed } = order.pause;
  const isDisputable = isBlamedOnCustomer(reason) && !isDisputed;
  speakPattern(work, pattern, { order, reason: reasonWords[reason][localeOf(work)], isDisputable });
}

/** The timer of an order: whether anything is due is for Postgres to say. */
export const onOrderDue = (work: Work, number: string): void =>
  void addCommand(work, { operation: CHECK_ORDER, args: { number } });

/** A threshold of an order was passed: what its policy says is done here, as far as it is not done already. */
function onLapse(work: Work, lapse: OrderLapse, order: OrderRef): void {
  const { policy, clock, percent, wasDueAt, actions } = lapse;
  addRecord(work, 'breach', { subject: 'order', number: order.number, kind: order.kind, policy, percent });
  const isPromise = clock === 'promise';
  const reason = isPromise ? `promise-lapsed:${order.number}` : `sla:${policy}:${order.number}`;
  const known = isPromise && wasDueAt !== null ? { ...order, toldAt: order.toldAt ?? wasDueAt } : order;
  actOn(work, actions, { policy, percent, reason, order: known });
}
