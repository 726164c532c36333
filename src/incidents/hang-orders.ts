import { sql } from 'kysely';
import { openStatuses } from '../contract/orders';
import type { Database } from '../records/database';
import type { IncidentRecord } from './incident-record';

/**
 * Hangs open orders of the area and symptoms under a confirmed incident, and lets their conversations hear its news.
 * Answers the conversations.
 */
export async function hangOrders(
  tx: Database,
  { id, area, symptoms, beganAt }: IncidentRecord,
  at: number,
): Promise<string[]> {
  const { rows } = await sql<{ conversation_id: string }>`
    UPDATE work_orders SET incident = ${id}
    WHERE incident IS NULL AND kind = 'fault' AND area = ${area} AND created_at >= ${beganAt}
      AND status IN (${sql.join([...openStatuses])}) AND repeats = 0
      AND substr(details->>'intent', 7) = ANY(${symptoms}::text[])
    RETURNING conversation_id`.execute(tx);
  const conversations = [...new Set(rows.map(({ conversation_id }) => conversation_id))];
  for (const conversationId of conversations) await subscribe(tx, { id, conversationId, at });
  return conversations;
}

export async function subscribe(
  tx: Database,
  { id, conversationId, at }: { id: string; conversationId: string; at: number },
): Promise<void> {
  await tx
    .insertInto('incident_subscriptions')
    .values({ incident: id, conversation_id: conversationId, at: String(at) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Whoever reported before there was anything to be told waits for news all the same. */
export async function subscribeReporters(tx: Database, id: string, at: number): Promise<void> {
  await sql`
    INSERT INTO incident_subscriptions (incident, conversation_id, at)
    SELECT DISTINCT ${id}, conversation_id, ${at}::bigint FROM incident_reports
    WHERE incident = ${id} AND conversation_id <> ''
    ON CONFLICT DO NOTHING`.execute(tx);
}
