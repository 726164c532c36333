import { sql } from 'kysely';
import { orderEventSchema } from '../contract/operations';
import type { Database } from '../records/database';
import { jsonText } from '../records/write-records';
import { cleanNullable, cleanText, type OrderRecord, viewOf } from './order-record';

/** Names the lock; the second number of the pair is the conversation. */
const EVENTS_LOCK = 727_002;

/**
 * Writes what every change of an order leaves behind, in the transaction of the change: a row of its history and an
 * event for its conversation. Events of a conversation become visible in the order of their ids, since one waits for
 * the other's commit.
 */
export async function appendStep(
  tx: Database,
  order: OrderRecord,
  step: { by: string; reason?: string | null; note?: string | null },
): Promise<void> {
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
    })
    .execute();
  await sql`SELECT pg_advisory_xact_lock(${EVENTS_LOCK}, hashtext(${order.conversationId}))`.execute(tx);
  await tx
    .insertInto('events_out')
    .values({
      conversation_id: order.conversationId,
      name: order.version === 1 ? 'order.registered' : 'order.changed',
      value: jsonText(orderEventSchema.parse({ order: viewOf(order), version: order.version })),
    })
    .execute();
}
