import { sql } from 'kysely';
import { z } from 'zod';
import { channelIdSchema } from '../../contract/activity';
import type { Database } from '../database';

/** A session of a customer, on whichever of the linked channels, as colleagues look back on it. */
export const pastSessionSchema = z.object({
  id: z.string(),
  conversationId: z.string(),
  channel: channelIdSchema,
  startedAt: z.coerce.number(),
  endedAt: z.coerce.number().nullable(),
  /** How it ended: `completed`, `closed-by-agent`, …; null while it goes on. */
  outcome: z.string().nullable(),
  /** What an agent filed it under; null without one. */
  disposition: z.string().nullable(),
  note: z.string().nullable(),
  /** From 1 to 5; null when it was not rated. */
  rating: z.coerce.number().nullable(),
});
export type PastSession = z.infer<typeof pastSessionSchema>;

const LIMIT = 20;

/** The newest sessions of a conversation and of all that are linked to the same customer now. */
export async function readPastSessions(db: Database, conversationId: string): Promise<PastSession[]> {
  const { rows } = await sql`
    WITH own AS (
      SELECT ${conversationId}::text AS id
      UNION
      SELECT theirs.conversation_id FROM customer_links AS mine
        JOIN customer_links AS theirs ON theirs.customer_id = mine.customer_id
      WHERE mine.conversation_id = ${conversationId} AND mine.revoked_at IS NULL
        AND theirs.revoked_at IS NULL AND theirs.conversation_id IS NOT NULL
    ), told AS (
      SELECT conversation_id, type, at, value, coalesce(value->>'sessionId', value->>'id') AS session
      FROM facts WHERE conversation_id IN (SELECT id FROM own)
        AND type IN ('session', 'rating', 'disposition')
    )
    SELECT begun.session AS id, begun.conversation_id AS "conversationId", begun.value->>'channel' AS channel,
      begun.at AS "startedAt", over.at AS "endedAt", over.value->>'outcome' AS outcome,
      filed.value->>'code' AS disposition, filed.value->>'note' AS note, rated.value->>'score' AS rating
    FROM told AS begun
    LEFT JOIN LATERAL (SELECT * FROM told WHERE session = begun.session AND type = 'session'
      AND value->>'event' = 'ended' ORDER BY at DESC LIMIT 1) AS over ON true
    LEFT JOIN LATERAL (SELECT * FROM told WHERE session = begun.session AND type = 'disposition'
      ORDER BY at DESC LIMIT 1) AS filed ON true
    LEFT JOIN LATERAL (SELECT * FROM told WHERE session = begun.session AND type = 'rating'
      ORDER BY at DESC LIMIT 1) AS rated ON true
    WHERE begun.type = 'session' AND begun.value->>'event' = 'started'
    ORDER BY begun.at DESC, id LIMIT ${LIMIT}`.execute(db);
  return z.array(pastSessionSchema).parse(rows);
}
