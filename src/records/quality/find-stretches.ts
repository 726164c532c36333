import { sql } from 'kysely';
import { z } from 'zod';
import { channelIdSchema } from '../../contract/activity';
import type { Database } from '../database';

/** A stretch that is over, as the facts of turns tell it. */
export const foundStretchSchema = z.object({
  id: z.string(),
  kind: z.enum(['human', 'bot']),
  conversationId: z.string(),
  sessionId: z.string().nullable(),
  agentId: z.string().nullable(),
  channel: channelIdSchema,
  dialog: z.string().nullable(),
  beganAt: z.coerce.number(),
  endedAt: z.coerce.number(),
});
export type FoundStretch = z.infer<typeof foundStretchSchema>;

const LIMIT = 200;
const DAY_MS = 24 * 3600_000;

/**
 * Human stretches since a moment that are over and not judged yet, the oldest first. One is over when the next who has
 * the conversation is neither the same agent nor their wrap-up. Desks outside have no accounts, and are left out.
 */
async function findHuman(db: Database, since: number): Promise<unknown[]> {
  const { rows } = await sql`
    SELECT h.conversation_id || ':h:' || (h.value->>'epoch') AS id, 'human' AS kind,
      h.conversation_id AS "conversationId", s.id AS "sessionId", h.value->>'agentId' AS "agentId",
      h.value->>'channel' AS channel, h.value->>'dialog' AS dialog, h.at AS "beganAt", n.at AS "endedAt"
    FROM facts AS h
    JOIN accounts AS a ON a.id::text = h.value->>'agentId'
    JOIN LATERAL (
      SELECT at FROM facts WHERE conversation_id = h.conversation_id AND type = 'ownership'
        AND (value->>'epoch')::bigint > (h.value->>'epoch')::bigint
        AND (value->>'owner' NOT IN ('human', 'wrap-up') OR value->>'agentId' <> h.value->>'agentId')
      ORDER BY (value->>'epoch')::bigint LIMIT 1
    ) AS n ON true
    LEFT JOIN LATERAL (
      SELECT value->>'id' AS id FROM facts WHERE conversation_id = h.conversation_id AND type = 'session'
        AND value->>'event' = 'started' AND at <= h.at ORDER BY at DESC LIMIT 1
    ) AS s ON true
    WHERE h.type = 'ownership' AND h.value->>'owner' = 'human' AND h.at > ${String(since)}
      AND NOT EXISTS (
        SELECT FROM quality_items WHERE id = h.conversation_id || ':h:' || (h.value->>'epoch'))
    ORDER BY h.at LIMIT ${LIMIT}`.execute(db);
  return rows;
}

/**
 * The bot's parts of sessions: until the session ends or a human takes it; one that does neither is taken for over a
 * day after it began.
 */
async function findBot(db: Database, since: number, now: number): Promise<unknown[]> {
  const { rows } = await sql`
    SELECT s.conversation_id || ':b:' || (s.value->>'id') AS id, 'bot' AS kind,
      s.conversation_id AS "conversationId", s.value->>'id' AS "sessionId", NULL AS "agentId",
      s.value->>'channel' AS channel, e.dialog, s.at AS "beganAt", e.at AS "endedAt"
    FROM facts AS s
    JOIN LATERAL (
      SELECT at, value->>'dialog' AS dialog FROM facts WHERE conversation_id = s.conversation_id AND at >= s.at
        AND ((type = 'session' AND value->>'event' = 'ended' AND value->>'id' = s.value->>'id')
          OR (type = 'session' AND value->>'event' = 'started' AND id <> s.id)
          OR (type = 'ownership' AND value->>'owner' = 'human'))
      UNION ALL
      SELECT s.at + ${DAY_MS}, NULL WHERE s.at + ${DAY_MS} <= ${String(now)}::bigint
      ORDER BY at LIMIT 1
    ) AS e ON true
    WHERE s.type = 'session' AND s.value->>'event' = 'started' AND s.at > ${String(since)}
      AND NOT EXISTS (
        SELECT FROM quality_items WHERE id = s.conversation_id || ':b:' || (s.value->>'id'))
    ORDER BY s.at LIMIT ${LIMIT}`.execute(db);
  return rows;
}

export async function findStretches(db: Database, since: number, now: number): Promise<FoundStretch[]> {
  const found = [...(await findHuman(db, since)), ...(await findBot(db, since, now))];
  return z.array(foundStretchSchema).parse(found);
}

/** Judged stretches that something has happened to since: a rating came, or a promised time passed. */
export async function findChanged(db: Database, since: number, now: number): Promise<FoundStretch[]> {
  const { rows } = await sql`
    SELECT q.id, q.kind, q.conversation_id AS "conversationId", q.session_id AS "sessionId",
      q.agent_id AS "agentId", q.channel, q.dialog, q.began_at AS "beganAt", q.ended_at AS "endedAt"
    FROM quality_items AS q
    WHERE q.ended_at > ${String(since)} AND (
      EXISTS (SELECT FROM facts WHERE conversation_id = q.conversation_id AND type = 'rating'
        AND value->>'sessionId' = q.session_id AND at > q.judged_at)
      OR EXISTS (SELECT FROM agent_tasks WHERE conversation_id = q.conversation_id AND q.kind = 'human'
        AND created_at BETWEEN q.began_at AND q.ended_at
        AND due_at BETWEEN q.judged_at AND ${String(now)}::bigint))
    ORDER BY q.ended_at LIMIT ${LIMIT}`.execute(db);
  return z.array(foundStretchSchema).parse(rows);
}
