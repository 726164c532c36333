import { sql } from 'kysely';
import type { Database } from './database';

/**
 * The newest recorded ownership of every conversation that does not belong to the bot: what waits for an agent and
 * what an agent has. Epochs, not times, tell which is newest: clocks of nodes differ.
 */
export async function readOwnerships(db: Database): Promise<unknown[]> {
  const { rows } = await sql<{ conversationId: string; value: unknown }>`
    SELECT conversation_id AS "conversationId", value
    FROM (
      SELECT DISTINCT ON (conversation_id) conversation_id, value
      FROM facts
      WHERE type = 'ownership'
      ORDER BY conversation_id, (value->>'epoch')::bigint DESC
    ) newest
    WHERE value->>'owner' <> 'bot'`.execute(db);
  return rows;
}
