import { type OrderEvent, type OrderStatus, orderEventSchema } from '../../contract/operations';
import type { PatternName } from '../../dialogs/schema';
import { handOver } from './change-owner';
import { addRecord, cancelTimer, isBotAnswering, note, setTimer, speakPattern, type Work } from './work';

const promiseTimer = (number: string): string => `promise:${number}`;
/** Orders that a conversation remembers; older ones are asked for by their number. */
const ORDERS_LIMIT = 10;

const OPEN: readonly string[] = ['registered', 'assigned', 'in-progress'] satisfies OrderStatus[];

const told: Partial<Record<OrderStatus, PatternName>> = {
  assigned: 'order-assigned',
  'in-progress': 'order-in-progress',
  resolved: 'order-resolved',
  cancelled: 'order-cancelled',
};

function remember(work: Work, { order }: OrderEvent): void {
  const { number, kind, status, promiseAt, summary } = order;
  const others = work.state.orders.filter((other) => other.number !== number);
  work.state.orders = [{ number, kind, status, promiseAt, summary }, ...others].slice(0, ORDERS_LIMIT);
}

/** An order was made or moved on. Postgres is authoritative; the conversation keeps a snapshot and the clock. */
export function onOrder(work: Work, name: string, value: unknown): void {
  const event = orderEventSchema.parse(value);
  const { number, status, promiseAt } = event.order;
  remember(work, event);
  note(work, 'order.status', { order: event.order });
  if (OPEN.includes(status) && promiseAt !== null) {
    setTimer(work, { id: promiseTimer(number), dueAt: promiseAt, value: { subject: 'promise', number } });
  } else cancelTimer(work, promiseTimer(number));
  const pattern = name === 'order.changed' ? told[status] : undefined;
  if (pattern && isBotAnswering(work.state)) speakPattern(work, pattern, { order: event.order });
}

/** An order is past its promise: the customer hears the truth, and the conversation goes before a human. */
export function onPromiseLapse(work: Work, number: string): void {
  const order = work.state.orders.find((each) => each.number === number);
  if (!order || !OPEN.includes(order.status)) return;
  addRecord(work, 'breach', { subject: 'order', number, kind: order.kind, promiseAt: order.promiseAt });
  const { owner } = work.state.ownership;
  if (owner === 'human') return;
  speakPattern(work, 'promise-lapsed', { order });
  const resumeAt = work.state.dialog?.frames.at(-1)?.step ?? null;
  // There is an order already: none is offered when nobody is on duty.
  handOver(work, { reason: `promise-lapsed:${number}`, priority: 'high', resumeAt }, () => undefined);
}
