import { sql } from 'kysely';
import { CUSTOMERS_LOCK, takeLock } from './advisory-lock';
import type { Database } from './database';

/** Orders that nobody works on any more. */
const CLOSED = ['closed', 'cancelled'];

/**
 * Takes out of Postgres what a conversation tells of its customer: words, names, phones, addresses. That there was a
 * conversation, when, and what became of its orders, stays for the reports. Answers false, and changes nothing, while
 * an order of the conversation is open. Doing it again changes nothing. The customer's other conversations stay linked;
 * with the last of them goes all that is known of the customer.
 */
export const createForgetConversation =
  (db: Database) =>
  (conversationId: string): Promise<boolean> =>
    db.transaction().execute(async (tx) => {
      // Locked, so that none is opened again meanwhile.
      const orders = await sql<{ status: string }>`
        SELECT status FROM work_orders WHERE conversation_id = ${conversationId} FOR UPDATE`.execute(tx);
      if (orders.rows.some(({ status }) => !CLOSED.includes(status))) return false;
      await sql`
        UPDATE transcript SET activity = jsonb_build_object(
          'type', activity->'type', 'timestamp', activity->'timestamp',
          'from', jsonb_build_object('id', 'forgotten', 'role', activity->'from'->'role'))
        WHERE conversation_id = ${conversationId}`.execute(tx);
      await sql`
        UPDATE work_orders SET phone = NULL, address = NULL, summary = '', details = '{}'::jsonb
        WHERE conversation_id = ${conversationId}`.execute(tx);
      await sql`
        UPDATE work_order_history SET note = NULL
        WHERE number IN (SELECT number FROM work_orders WHERE conversation_id = ${conversationId})`.execute(
        tx,
      );
      await sql`
        UPDATE facts SET value = value - 'lastText' - 'note' WHERE conversation_id = ${conversationId}`.execute(
        tx,
      );
      await sql`DELETE FROM conversation_notes WHERE conversation_id = ${conversationId}`.execute(tx);
      await sql`DELETE FROM agent_tasks WHERE conversation_id = ${conversationId}`.execute(tx);
      // What was found names lines, not words; what people wrote about them may repeat some.
      await sql`
        UPDATE quality_reviews SET comment = '' WHERE item_id IN (
          SELECT id FROM quality_items WHERE conversation_id = ${conversationId})`.execute(tx);
      await sql`
        UPDATE quality_appeals SET reason = '' WHERE item_id IN (
          SELECT id FROM quality_items WHERE conversation_id = ${conversationId})`.execute(tx);
      await sql`DELETE FROM work_order_links WHERE conversation_id = ${conversationId}`.execute(tx);
      await sql`
        UPDATE incident_reports SET conversation_id = '', customer = '' WHERE conversation_id = ${conversationId}`.execute(
        tx,
      );
      await sql`DELETE FROM incident_subscriptions WHERE conversation_id = ${conversationId}`.execute(tx);
      await sql`DELETE FROM incident_notices WHERE conversation_id = ${conversationId}`.execute(tx);
      await forgetCustomer(tx, conversationId);
      return true;
    });

/** Who spoke in the conversation, in every link that it ever had; phones and name when no conversation is left. */
async function forgetCustomer(tx: Database, conversationId: string): Promise<void> {
  await takeLock(tx, CUSTOMERS_LOCK);
  await sql`DELETE FROM wechat_users WHERE conversation_id = ${conversationId}`.execute(tx);
  const { rows } = await sql<{ customer_id: string }>`
    SELECT DISTINCT customer_id FROM customer_links WHERE conversation_id = ${conversationId}`.execute(tx);
  await sql`
    DELETE FROM customer_links WHERE conversation_id = ${conversationId}`.execute(tx);
  for (const { customer_id: id } of rows) {
    await sql`
      DELETE FROM customer_links WHERE customer_id = ${id} AND NOT EXISTS (
        SELECT FROM customer_links WHERE customer_id = ${id} AND conversation_id IS NOT NULL
          AND revoked_at IS NULL)`.execute(tx);
    await sql`
      UPDATE customers SET name = NULL WHERE id = ${id} AND NOT EXISTS (
        SELECT FROM customer_links WHERE customer_id = ${id})`.execute(tx);
  }
  await sql`
    UPDATE one_time_code_checks SET phone = NULL WHERE conversation_id = ${conversationId}`.execute(tx);
}
