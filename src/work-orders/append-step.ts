import { sql } from 'kysely';
import { orderEventSchema } from '../contract/orders';
import type { Database } from '../records/database';
import { jsonText } from '../records/write-records';
import { writeDispatch } from './dispatch/write-dispatch';
import { cleanNullable, cleanText, type OrderRecord, viewOf } from './order-record';
import type { Step } from './step';

/** Names the lock; the second number of the pair is the conversation. */
const EVENTS_LOCK = 727_002;

/**
 * Writes what every change of an order leaves behind, in the transaction of the change: a row of its history and an
 * event for its conversation. Events of a conversation become visible in the order of their ids, since one waits for
 * the other's commit.
 */
export async function appendStep(tx: Database, order: OrderRecord, step: Step): Promise<void> {
  await tx
    .insertInto('work_order_history')
    .values({
      number: order.number,
      version: order.version,
      at: String(order.updatedAt),
      status: order.status,
      by: cleanText(step.by),
      reason: cleanNullable(step.reason),
      note: cleanNullable(step.note),
      key: cleanNullable(step.key),
    })
    .execute();
  await writeDispatch(tx, order, step);
  const { conversationId } = order;
  await appendEvent(tx, { conversationId, name: nameOf(order, step), value: eventOf(order, step) });
  if (order.version > 1) await tellWatchers(tx, order, step);
}

/** Adds an event for a conversation (`value` is JSON), in the transaction of what it tells about. */
export async function appendEvent(
  tx: Database,
  { conversationId, name, value }: { conversationId: string; name: string; value: string },
): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${EVENTS_LOCK}, hashtext(${conversationId}))`.execute(tx);
  await tx.insertInto('events_out').values({ conversation_id: conversationId, name, value }).execute();
}

/** A conversation that lay idle for longer has left Redis, and reads the order anew when it comes back. */
const WATCHED_MS = 30 * 24 * 3600_000;

/**
 * Other conversations that may show a card of the order keep it true as well: those in which it was looked up by its
 * number, and those of the same customer. They are told how it stands and say nothing of it.
 */
async function tellWatchers(tx: Database, order: OrderRecord, step: Step): Promise<void> {
  const { conversationId, number, updatedAt } = order;
  const since = String(updatedAt - WATCHED_MS);
  await sql`
    INSERT INTO events_out (conversation_id, name, value)
    SELECT watcher, 'order.watched', ${eventOf(order, step)}::jsonb FROM (
      SELECT conversation_id AS watcher FROM work_order_links WHERE number = ${number} AND at > ${since}
      UNION
      SELECT theirs.conversation_id FROM customer_links AS mine
        JOIN customer_links AS theirs ON theirs.customer_id = mine.customer_id
      WHERE mine.conversation_id = ${conversationId} AND mine.revoked_at IS NULL
        AND theirs.revoked_at IS NULL AND theirs.kind IN ('web', 'app') AND theirs.proved_at > ${since}
    ) AS watchers WHERE watcher <> ${conversationId}`.execute(tx);
}

function nameOf({ version }: OrderRecord, { lapse }: Step): string {
  if (version === 1) return 'order.registered';
  return lapse ? 'order.lapsed' : 'order.changed';
}

/** Who acts when a customer has an order changed in chat. */
export const CUSTOMER = 'customer';

function eventOf(order: OrderRecord, step: Step): string {
  const { by, change, nextAt, lapse, told: reason, answer, compensationYuan } = step;
  const isOwn = by === CUSTOMER || undefined;
  const event = {
    order: viewOf(order),
    version: order.version,
    change,
    nextAt,
    isOwn,
    lapse,
    reason,
    answer,
    compensationYuan,
  };
  return jsonText(orderEventSchema.parse(event));
}
