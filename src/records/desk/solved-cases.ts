import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../database';

const solvedCaseSchema = z.object({
  id: z.string(),
  type: z.enum(['conversation', 'order']),
  at: z.coerce.number(),
  disposition: z.string().nullable(),
  order: z.string().nullable(),
  helped: z.string(),
  rating: z.coerce.number().nullable(),
  conversationId: z.string(),
  dialog: z.string().nullable(),
  words: z.string(),
  names: z.array(z.string()),
});
export type SolvedCaseRow = z.infer<typeof solvedCaseSchema>;

/** Of conversations and of orders each: the newest; with what was said in them read in a few hundredths of a second. */
const LIMIT = 200;
/** Words of a customer that are compared, at most. */
const WORDS = 400;

export interface SolvedCasesWanted {
  /** Dispositions that count as solved, as `<service>/<result>`. */
  codes: string[];
  since: number;
  /** The conversation that is asked about: its own past is shown elsewhere. */
  conversationId: string;
}

/** Conversations that were closed as solved with a note on how, and orders with a note on what was done. */
export async function readSolvedCases(db: Database, wanted: SolvedCasesWanted): Promise<SolvedCaseRow[]> {
  const [talks, orders] = await Promise.all([readTalks(db, wanted), readOrders(db, wanted)]);
  return z.array(solvedCaseSchema).parse([...talks, ...orders]);
}

const namesOf = sql`(SELECT coalesce(array_agg(c.name) FILTER (WHERE c.name IS NOT NULL), '{}')
  FROM customer_links AS l JOIN customers AS c ON c.id = l.customer_id
  WHERE l.conversation_id = found.conversation_id)`;

async function readTalks(db: Database, { codes, since, conversationId }: SolvedCasesWanted) {
  const { rows } = await sql`
    WITH found AS MATERIALIZED (
      SELECT id, conversation_id, at, value FROM facts
      WHERE type = 'disposition' AND at > ${since} AND value->>'code' = ANY(${codes}::text[])
        AND coalesce(value->>'note', '') <> '' AND conversation_id <> ${conversationId}
      ORDER BY at DESC LIMIT ${LIMIT}
    )
    SELECT found.id, 'conversation' AS type, found.at, found.value->>'code' AS disposition, NULL AS order,
      found.value->>'note' AS helped, found.value->>'dialog' AS dialog,
      found.conversation_id AS "conversationId", ${namesOf} AS names,
      (SELECT value->>'score' FROM facts AS rated WHERE rated.conversation_id = found.conversation_id
        AND rated.type = 'rating' AND rated.value->>'sessionId' = found.value->>'sessionId'
        ORDER BY at DESC LIMIT 1) AS rating,
      coalesce((SELECT left(string_agg(said.activity->>'text', ' ' ORDER BY said.position), ${WORDS})
        FROM facts AS begun JOIN transcript AS said ON said.conversation_id = begun.conversation_id
        WHERE begun.conversation_id = found.conversation_id AND begun.type = 'session'
          AND begun.value->>'event' = 'started' AND begun.value->>'id' = found.value->>'sessionId'
          AND said.activity->>'type' = 'message' AND coalesce(said.activity->'from'->>'role', 'user') = 'user'
          AND said.activity->>'timestamp' >= to_char(to_timestamp(begun.at / 1000.0) AT TIME ZONE 'UTC', ${ISO})
          AND said.activity->>'timestamp' <= to_char(to_timestamp(found.at / 1000.0) AT TIME ZONE 'UTC', ${ISO})
      ), '') AS words
    FROM found`.execute(db);
  return rows;
}

/** As times of activities are written, so that they compare as texts. */
const ISO = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"';

async function readOrders(db: Database, { since, conversationId }: SolvedCasesWanted) {
  const { rows } = await sql`
    WITH found AS MATERIALIZED (
      SELECT number, conversation_id, summary, updated_at FROM work_orders
      WHERE status IN ('resolved', 'closed') AND updated_at > ${since}
        AND summary <> '' AND conversation_id <> ${conversationId}
      ORDER BY updated_at DESC LIMIT ${LIMIT}
    )
    SELECT found.number AS id, 'order' AS type, done.at, NULL AS disposition, found.number AS order,
      done.note AS helped, NULL AS dialog, found.conversation_id AS "conversationId", ${namesOf} AS names,
      NULL AS rating, left(found.summary, ${WORDS}) AS words
    FROM found JOIN LATERAL (SELECT at, note FROM work_order_history AS step
      WHERE step.number = found.number AND step.status = 'resolved' AND coalesce(step.note, '') <> ''
      ORDER BY version DESC LIMIT 1) AS done ON true`.execute(db);
  return rows;
}
