import { sql } from 'kysely';
import { z } from 'zod';
import type { Material } from '../../quality/judge/stretch';
import type { Database } from '../database';
import type { FoundStretch } from './find-stretches';

const LINES = 1000;
const DAY_MS = 24 * 3600_000;

const lineSchema = z.object({
  position: z.number(),
  at: z.coerce.number(),
  role: z.enum(['user', 'bot', 'agent']).catch('user'),
  text: z.string(),
});

const factsSchema = z.object({
  provedAt: z.coerce.number().nullable(),
  isClosed: z.boolean(),
  disposition: z.string().nullable(),
  rating: z.number().int().nullable(),
  humanAt: z.array(z.coerce.number()),
  isComplaint: z.boolean(),
  sessionsBefore: z.coerce.number(),
  accountMadeAt: z.coerce.number().nullable(),
});

const taskSchema = z.object({
  createdAt: z.coerce.number(),
  dueAt: z.coerce.number(),
  doneAt: z.coerce.number().nullable(),
});

/** Words of a stretch, in order. A bot's reply and the change of hands after it have one time. */
export async function readLines(
  db: Database,
  { conversationId, beganAt, endedAt }: Pick<FoundStretch, 'conversationId' | 'beganAt' | 'endedAt'>,
) {
  const { rows } = await sql`
    SELECT position, at, role, text FROM (
      SELECT position, (extract(epoch FROM (activity->>'timestamp')::timestamptz) * 1000)::bigint AS at,
        coalesce(activity->'from'->>'role', 'user') AS role, activity->>'text' AS text
      FROM transcript WHERE conversation_id = ${conversationId} AND activity->>'type' = 'message'
        AND coalesce(activity->>'text', '') <> '' AND activity ? 'timestamp'
    ) AS said
    WHERE at BETWEEN ${String(beganAt)} AND ${String(endedAt)} ORDER BY position LIMIT ${LINES}`.execute(db);
  return z.array(lineSchema).parse(rows);
}

async function readTasks(db: Database, { conversationId, kind, beganAt, endedAt }: FoundStretch) {
  if (kind === 'bot') return [];
  const { rows } = await sql`
    SELECT created_at AS "createdAt", due_at AS "dueAt", done_at AS "doneAt" FROM agent_tasks
    WHERE conversation_id = ${conversationId} AND created_at BETWEEN ${String(beganAt)} AND ${String(endedAt)}`.execute(
    db,
  );
  return z.array(taskSchema).parse(rows);
}

/** All that a stretch is judged by. `repeatDays`: how far back a customer who comes again is looked for. */
export async function readMaterial(
  db: Database,
  stretch: FoundStretch,
  repeatDays: number,
): Promise<Material> {
  const { conversationId: id, sessionId, agentId, channel, beganAt, endedAt } = stretch;
  const [began, ended] = [String(beganAt), String(endedAt)];
  const { rows } = await sql`
    WITH own AS (
      SELECT ${id}::text AS id UNION
      SELECT theirs.conversation_id FROM customer_links AS mine
        JOIN customer_links AS theirs ON theirs.customer_id = mine.customer_id
      WHERE mine.conversation_id = ${id} AND mine.revoked_at IS NULL
        AND theirs.revoked_at IS NULL AND theirs.conversation_id IS NOT NULL
    ), near AS (
      SELECT type, at, value FROM facts WHERE conversation_id = ${id} AND at BETWEEN ${began} AND ${ended}
    )
    SELECT
      (SELECT min(proved_at) FROM (
        SELECT proved_at FROM customer_links WHERE conversation_id = ${id}
          AND (revoked_at IS NULL OR revoked_at > ${began})
        UNION ALL SELECT at FROM one_time_code_checks WHERE conversation_id = ${id} AND is_verified
      ) AS proofs) AS "provedAt",
      EXISTS (SELECT FROM near WHERE type = 'ownership' AND value->>'owner' = 'wrap-up'
        AND value->>'agentId' = ${agentId}::text) AS "isClosed",
      (SELECT value->>'code' FROM near WHERE type = 'disposition' AND value->>'agentId' = ${agentId}::text
        ORDER BY at DESC LIMIT 1) AS disposition,
      (SELECT (value->>'score')::int FROM facts WHERE conversation_id = ${id} AND type = 'rating'
        AND value->>'sessionId' = ${sessionId}::text ORDER BY at DESC LIMIT 1) AS rating,
      coalesce((SELECT json_agg(at) FROM near WHERE type = 'ownership'
        AND value->>'owner' IN ('queued', 'human')), '[]'::json) AS "humanAt",
      EXISTS (SELECT FROM near WHERE type = 'ownership' AND value->>'dialog' IN
          ('complaint', 'complaint-withdraw', 'regulator-appeal'))
        OR EXISTS (SELECT FROM work_orders WHERE conversation_id = ${id} AND kind = 'complaint'
          AND created_at BETWEEN ${String(beganAt - DAY_MS)} AND ${ended}) AS "isComplaint",
      (SELECT count(*) FROM facts WHERE conversation_id IN (SELECT id FROM own) AND type = 'session'
        AND value->>'event' = 'started' AND value->>'id' IS DISTINCT FROM ${sessionId}::text
        AND at BETWEEN ${String(beganAt - repeatDays * DAY_MS)} AND ${began}) AS "sessionsBefore",
      (SELECT created_at FROM accounts WHERE id::text = ${agentId}::text) AS "accountMadeAt"`.execute(db);
  const facts = factsSchema.parse(rows[0]);
  const [lines, tasks] = await Promise.all([readLines(db, stretch), readTasks(db, stretch)]);
  // The operator's app vouches for whoever writes in it.
  return { ...stretch, ...facts, provedAt: channel === 'app' ? 0 : facts.provedAt, lines, tasks };
}
