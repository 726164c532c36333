import { z } from 'zod';
import type { Activity, Attachment, Locale } from '../../contract/activity';
import type { CallOutcome } from '../../contract/dialog';
import {
  orderCardWords,
  orderKindWords,
  orderStatusWords,
  technicianWords,
} from '../../contract/order-words';
import { isOpenStatus, type OrderView, orderViewSchema } from '../../contract/orders';
import { speakTime, speakWindow, type TimeContext } from '../../speak-time';
import { localeOf, readsLog, type Work } from './work';

/**
 * A card beside the words of a reply that names a work order. Our own clients draw it from `channelData` and keep it true
 * by the `order.status` events of the log; clients of others show the Adaptive Card.
 */
const outcomeSchema = z.union([
  z.object({ order: orderViewSchema }),
  z.object({ orders: z.array(orderViewSchema) }),
]);

/** Operations whose values are orders that the asker may see. */
const OPERATIONS = ['work-order.create', 'work-order.find', 'work-order.list'];

function ordersIn(operation: string, outcome: CallOutcome): OrderView[] {
  if (outcome.type !== 'ok' || !OPERATIONS.includes(operation)) return [];
  const { data } = outcomeSchema.safeParse(outcome.value);
  if (!data) return [];
  return 'order' in data ? [data.order] : data.orders;
}

/** Adds a card to each reply of this turn, from `from` on, that names one of the orders of an outcome. */
export function addOrderCards(work: Work, from: number, operation: string, outcome: CallOutcome): void {
  const orders = ordersIn(operation, outcome);
  if (orders.length === 0 || !readsLog(work.state.channel)) return;
  work.replies = work.replies.map((reply, i) => {
    const named = i < from ? [] : orders.filter(({ number }) => reply.text?.includes(number));
    return named.length === 0 ? reply : withCards(work, reply, named);
  });
}

function withCards(work: Work, reply: Activity, orders: OrderView[]): Activity {
  const { timeZone } = work.settings;
  const context = { locale: localeOf(work), timeZone, now: work.entry.at };
  return {
    ...reply,
    attachments: [...(reply.attachments ?? []), ...orders.map((order) => adaptiveCard(order, context))],
    channelData: { ...asObject(reply.channelData), orders, timeZone },
  };
}

const asObject = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

export const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

/** Version 1.3 of https://adaptivecards.io/explorer/: what every client of the Bot Framework draws. */
function adaptiveCard(order: OrderView, context: TimeContext): Attachment {
  const { locale } = context;
  const title = `${orderKindWords[locale][order.kind]} ${order.number}`;
  return {
    contentType: ADAPTIVE_CARD,
    name: title,
    content: {
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.3',
      speak: title,
      body: [
        { type: 'TextBlock', text: title, weight: 'Bolder', wrap: true },
        { type: 'TextBlock', text: orderStatusWords[locale][order.status], wrap: true },
        { type: 'FactSet', facts: factsOf(order, context, locale) },
      ],
    },
  };
}

function factsOf(order: OrderView, context: TimeContext, locale: Locale): { title: string; value: string }[] {
  const words = orderCardWords[locale];
  const { promiseAt, appointment, technician, updatedAt } = order;
  return [
    ...(promiseAt === null ? [] : [{ title: words.promise, value: speakTime(promiseAt, context) }]),
    ...(appointment === null ? [] : [{ title: words.visit, value: speakWindow(appointment, context) }]),
    ...(technician && isOpenStatus(order.status)
      ? [{ title: words.technician, value: technicianWords(locale, technician) }]
      : []),
    { title: words.updated, value: speakTime(updatedAt, context) },
  ];
}
