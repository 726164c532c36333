import { sql } from 'kysely';
import { z } from 'zod';
import { channelIdSchema, localeSchema } from '../../contract/activity';
import type { Database } from '../database';

/** What a customer wrote to the bot in one session, as it is kept. Times are milliseconds since 1970 UTC. */
export const saidSessionSchema = z.object({
  id: z.string(),
  conversationId: z.string(),
  channel: channelIdSchema,
  locale: localeSchema.catch('zh'),
  startedAt: z.coerce.number(),
  messages: z.array(z.object({ text: z.string(), hasAttachment: z.boolean(), at: z.coerce.number() })),
});
export type SaidSession = z.infer<typeof saidSessionSchema>;

/** More of one session tells nothing new. */
const MESSAGES = 60;

const sessions = (which: ReturnType<typeof sql>) => sql`
  WITH begun AS (
    SELECT value->>'id' AS id, conversation_id, value->>'channel' AS channel, at AS started_at FROM facts
    WHERE type = 'session' AND value->>'event' = 'started' AND ${which}
  ), bounded AS (
    SELECT begun.*, (
      SELECT min(at) FROM facts WHERE conversation_id = begun.conversation_id AND at > begun.started_at
        AND type = 'session' AND value->>'event' = 'started'
    ) AS until_at FROM begun
  ), told AS (
    SELECT bounded.id, position, activity,
      (extract(epoch FROM (activity->>'timestamp')::timestamptz) * 1000)::bigint AS at,
      coalesce(activity->'from'->>'role', 'user') AS role
    FROM bounded JOIN transcript ON transcript.conversation_id = bounded.conversation_id
    WHERE activity->>'type' = 'message' AND activity ? 'timestamp'
  ), heard AS (
    SELECT told.*, row_number() OVER (PARTITION BY told.id ORDER BY position) AS n FROM told
    JOIN bounded ON bounded.id = told.id
    WHERE role = 'user' AND at >= started_at AND at < coalesce(until_at, 9223372036854775807)
      AND position < coalesce((
        SELECT min(position) FROM told AS human
        WHERE human.id = told.id AND human.role = 'agent' AND human.at >= started_at
      ), 2147483647)
  )
  SELECT bounded.id, conversation_id AS "conversationId", channel, started_at AS "startedAt",
    coalesce((array_agg(activity->>'locale' ORDER BY position))[1], 'zh') AS locale,
    jsonb_agg(jsonb_build_object('text', coalesce(activity->>'text', ''), 'at', at,
      'hasAttachment', jsonb_array_length(coalesce(activity->'attachments', '[]')) > 0)
      ORDER BY position) AS messages
  FROM bounded JOIN heard ON heard.id = bounded.id WHERE n <= ${MESSAGES}
  GROUP BY bounded.id, conversation_id, channel, started_at ORDER BY started_at DESC`;

/** The last sessions in which customers wrote, newest first; what they wrote after a human had come is left out. */
export async function readSaidSessions(db: Database, limit: number): Promise<SaidSession[]> {
  if (limit < 1) return [];
  const newest = sql`at >= coalesce((
    SELECT at FROM facts WHERE type = 'session' AND value->>'event' = 'started'
    ORDER BY at DESC OFFSET ${limit - 1} LIMIT 1), 0)`;
  const { rows } = await sessions(newest).execute(db);
  return z.array(saidSessionSchema).parse(rows).slice(0, limit);
}

/** One of them; null when no customer wrote in it. */
export async function readSaidSession(db: Database, id: string): Promise<SaidSession | null> {
  const { rows } = await sessions(sql`value->>'id' = ${id}`).execute(db);
  return z.array(saidSessionSchema).parse(rows)[0] ?? null;
}
