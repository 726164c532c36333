import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Asker } from '../contract/conversation';
import type { OrderRef } from '../contract/dialog';
import type { OrderKind, OrderStatus, OrderView } from '../contract/orders';
import { readPhone } from '../customers/phone';
import type { Database } from '../records/database';
import type { WorkOrdersTable } from '../records/order-tables';
import type { Tables } from '../records/tables';
import { cleanText, type OrderRecord, type OrderStep, recordOf, stepOf, viewOf } from './order-record';

/**
 * Who may see an order: the conversation that made it, and every other that is linked to the same customer now; an
 * asker with a verified phone equal to the contact phone, who gives the number, in that conversation from then on.
 * Nobody else learns whether it exists.
 */
export interface Viewer {
  conversationId: string;
  asker: Asker;
}

const LIST_LIMIT = 5;
const isOver: readonly OrderStatus[] = ['closed', 'cancelled'];

/** The order if the viewer may see it, else null. Naming it with the right phone links it to the conversation. */
export async function readVisibleOrder(
  db: Database,
  number: string,
  { conversationId, asker }: Viewer,
  now: number,
): Promise<OrderView | null> {
  const phones = phonesOf(asker);
  const row = await db
    .selectFrom('work_orders as o')
    .selectAll('o')
    .where('o.number', '=', number)
    .select((eb) => isOwn(eb, db, conversationId).as('is_own'))
    .where((eb) =>
      eb.or([isOwn(eb, db, conversationId), ...phones.map((phone) => eb('o.phone', '=', phone))]),
    )
    .executeTakeFirst();
  if (!row) return null;
  // What is shown as the customer's ends with the link; only a number with the right phone is remembered here.
  if (!row.is_own) await linkOrder(db, conversationId, number, now);
  return viewOf(recordOf(row));
}

/** The phones that the asker has proven, as they are stored; one that cannot be read stands for none. */
const phonesOf = ({ phone, helpedPhone }: Asker): string[] =>
  [phone, helpedPhone].flatMap((each) => (each ? (readPhone(each) ?? []) : []));

/** Orders that the conversation or its customer made, or that were linked to it, newest first, at most five. */
export async function listVisibleOrders(db: Database, conversationId: string): Promise<OrderView[]> {
  const orders = await readOrders(db, (eb) => isOwn(eb, db, conversationId), LIST_LIMIT);
  return orders.map(viewOf);
}

/** Orders of a kind that the conversation or its customer made since then, newest first, with all that is kept of them. */
export const readOwnOrders = (
  db: Database,
  conversationId: string,
  { kind, since }: { kind: OrderKind; since: number },
): Promise<OrderRecord[]> =>
  readOrders(
    db,
    (eb) =>
      eb.and([
        isOwn(eb, db, conversationId),
        eb('o.kind', '=', kind),
        eb('o.created_at', '>', String(since)),
      ]),
    20,
  );

/** All orders of a conversation, newest first. For agents: without regard to who may see what. */
export const readOrdersOfConversation = (db: Database, conversationId: string): Promise<OrderRecord[]> =>
  readOrders(db, (eb) => isOfConversation(eb, db, conversationId), 100);

/** The orders that were changed last, newest first. Without regard to who may see what. */
export async function readLatestOrders(db: Database, limit: number): Promise<OrderRecord[]> {
  const rows = await db
    .selectFrom('work_orders')
    .selectAll()
    .orderBy('updated_at', 'desc')
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows.map(recordOf);
}

/** Of a customer, by the linked conversations: what is open, newest first, and where somebody was sent last. */
export async function readCustomerOrders(
  db: Database,
  conversationIds: string[],
  exceptOf: string,
): Promise<{ orders: OrderRef[]; address: string | null }> {
  const orders = await readOrders(db, (eb) => eb('o.conversation_id', 'in', conversationIds), 20);
  const open = orders.filter(
    ({ conversationId, status }) => conversationId !== exceptOf && !isOver.includes(status),
  );
  return {
    orders: open
      .slice(0, LIST_LIMIT)
      .map(({ number, kind, status, promiseAt, summary }) => ({ number, kind, status, promiseAt, summary })),
    address: orders.find(({ address }) => address !== null)?.address ?? null,
  };
}

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
  return { order: recordOf(row), history: await readHistory(db, row.number) };
}

/** What happened to an order, oldest first. */
export async function readHistory(db: Database, number: string): Promise<OrderStep[]> {
  const steps = await db
    .selectFrom('work_order_history')
    .selectAll()
    .where('number', '=', number)
    .orderBy('version')
    .execute();
  return steps.map(stepOf);
}

const linkedNumbers = (db: Database, conversationId: string) =>
  db.selectFrom('work_order_links').select('number').where('conversation_id', '=', conversationId);

/** Conversations that are linked to the customer of this one, itself included; none when it is linked to nobody. */
const siblings = (db: Database, conversationId: string) =>
  db
    .selectFrom('customer_links as mine')
    .innerJoin('customer_links as theirs', 'theirs.customer_id', 'mine.customer_id')
    .select('theirs.conversation_id')
    .where('mine.conversation_id', '=', conversationId)
    .where('mine.revoked_at', 'is', null)
    .where('theirs.revoked_at', 'is', null)
    .where('theirs.conversation_id', 'is not', null);

type OrderCondition = (eb: ExpressionBuilder<Tables & { o: WorkOrdersTable }, 'o'>) => Expression<SqlBool>;

const isOfConversation = (
  eb: Parameters<OrderCondition>[0],
  db: Database,
  conversationId: string,
): Expression<SqlBool> =>
  eb.or([
    eb('o.conversation_id', '=', conversationId),
    eb('o.number', 'in', linkedNumbers(db, conversationId)),
  ]);

const isOwn = (eb: Parameters<OrderCondition>[0], db: Database, conversationId: string) =>
  eb.or([
    isOfConversation(eb, db, conversationId),
    eb('o.conversation_id', 'in', siblings(db, conversationId)),
  ]);

async function readOrders(db: Database, condition: OrderCondition, limit: number): Promise<OrderRecord[]> {
  const rows = await db
    .selectFrom('work_orders as o')
    .selectAll('o')
    .where(condition)
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
