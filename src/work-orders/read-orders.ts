import type { Asker } from '../contract/conversation';
import type { OrderView } from '../contract/operations';
import { readPhone } from '../customers/phone';
import type { Database } from '../records/database';
import { cleanText, type OrderRecord, type OrderStep, recordOf, stepOf, viewOf } from './order-record';

/**
 * Who may see an order: the conversation that made it; an asker with a verified phone equal to the contact phone,
 * who gives the number, in that conversation from then on. Nobody else learns whether it exists.
 */
export interface Viewer {
  conversationId: string;
  asker: Asker;
}

const LIST_LIMIT = 5;

/** The order if the viewer may see it, else null. Naming it with the right phone links it to the conversation. */
export async function readVisibleOrder(
  db: Database,
  number: string,
  { conversationId, asker }: Viewer,
  now: number,
): Promise<OrderView | null> {
  const phone = asker.phone === null ? null : readPhone(asker.phone);
  const row = await db
    .selectFrom('work_orders as o')
    .selectAll('o')
    .where('o.number', '=', number)
    .where((eb) =>
      eb.or([
        eb('o.conversation_id', '=', conversationId),
        eb('o.number', 'in', linkedNumbers(db, conversationId)),
        // Comparing with null is never true: neither for an unverified asker nor for an order without a phone.
        eb('o.phone', '=', phone),
      ]),
    )
    .executeTakeFirst();
  if (!row) return null;
  if (row.conversation_id !== conversationId) await linkOrder(db, conversationId, number, now);
  return viewOf(recordOf(row));
}

/** Orders that the conversation made or was linked to, newest first, at most five. */
export async function listVisibleOrders(db: Database, conversationId: string): Promise<OrderView[]> {
  const orders = await readOrders(db, conversationId, LIST_LIMIT);
  return orders.map(viewOf);
}

/** All orders of a conversation, newest first. For agents: without regard to who may see what. */
export const readOrdersOfConversation = (db: Database, conversationId: string): Promise<OrderRecord[]> =>
  readOrders(db, conversationId, 100);

/** An order with its history, oldest step first; null when there is none. For agents. */
export async function readOrder(
  db: Database,
  number: string,
): Promise<{ order: OrderRecord; history: OrderStep[] } | null> {
  const row = await db
    .selectFrom('work_orders')
    .selectAll()
    .where('number', '=', cleanText(number))
    .executeTakeFirst();
  if (!row) return null;
  const steps = await db
    .selectFrom('work_order_history')
    .selectAll()
    .where('number', '=', row.number)
    .orderBy('version')
    .execute();
  return { order: recordOf(row), history: steps.map(stepOf) };
}

const linkedNumbers = (db: Database, conversationId: string) =>
  db.selectFrom('work_order_links').select('number').where('conversation_id', '=', conversationId);

async function readOrders(db: Database, conversationId: string, limit: number): Promise<OrderRecord[]> {
  const rows = await db
    .selectFrom('work_orders as o')
    .selectAll('o')
    .where((eb) =>
      eb.or([
        eb('o.conversation_id', '=', conversationId),
        eb('o.number', 'in', linkedNumbers(db, conversationId)),
      ]),
    )
    .orderBy('o.created_at', 'desc')
    .orderBy('o.number', 'desc')
    .limit(limit)
    .execute();
  return rows.map(recordOf);
}

async function linkOrder(db: Database, conversationId: string, number: string, now: number): Promise<void> {
  await db
    .insertInto('work_order_links')
    .values({ conversation_id: conversationId, number, at: String(now) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
