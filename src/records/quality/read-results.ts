import { sql } from 'kysely';
import { z } from 'zod';
import { type QualityWeek, qualityFindingKindSchema } from '../../contract/quality';
import type { Pair } from '../../quality/review/agreement';
import type { Database } from '../database';

interface Range {
  /** ms since 1970 UTC. */
  from: number;
  to: number;
}

const weekSchema = z.object({
  week: z.string(),
  agentId: z.string().nullable(),
  agentName: z.string().nullable(),
  stretches: z.coerce.number(),
  withFindings: z.coerce.number(),
  findings: z.partialRecord(qualityFindingKindSchema, z.coerce.number()),
  reviewed: z.coerce.number(),
  mean: z.coerce.number().nullable(),
  zeros: z.coerce.number(),
  firstReplySeconds: z.coerce.number().nullable(),
});

/** By week and agent, the newest week first; the bot is a line of its own. */
export async function readWeeks(
  db: Database,
  { from, to, timeZone }: Range & { timeZone: string },
): Promise<QualityWeek[]> {
  const { rows } = await sql`
    WITH judged AS (
      SELECT q.*, to_char(date_trunc('week', to_timestamp(q.ended_at / 1000.0) AT TIME ZONE ${timeZone}),
          'YYYY-MM-DD') AS week, r.result
      FROM quality_items AS q
      CROSS JOIN LATERAL (
        SELECT CASE WHEN count(*) FILTER (WHERE NOT is_appeal) >= greatest(q.wanted, 1)
          THEN coalesce(max(total) FILTER (WHERE is_appeal), avg(total) FILTER (WHERE NOT is_appeal)) END AS result
        FROM quality_reviews WHERE item_id = q.id
      ) AS r
      WHERE q.ended_at >= ${String(from)} AND q.ended_at < ${String(to)}
    )
    SELECT j.week, j.agent_id AS "agentId", a.name AS "agentName", count(*) AS stretches,
      count(*) FILTER (WHERE EXISTS (SELECT FROM jsonb_array_elements(j.findings) AS f
        WHERE f->>'kind' NOT IN ('slow-first-reply', 'silence', 'no-disposition'))) AS "withFindings",
      coalesce((SELECT jsonb_object_agg(kind, n) FROM (
        SELECT f->>'kind' AS kind, count(*) AS n FROM judged AS o, jsonb_array_elements(o.findings) AS f
        WHERE o.week = j.week AND o.agent_id IS NOT DISTINCT FROM j.agent_id GROUP BY 1) AS counts), '{}') AS findings,
      count(j.result) AS reviewed, round(avg(j.result), 1) AS mean, count(*) FILTER (WHERE j.result = 0) AS zeros,
      round(avg((j.measures->>'firstReplyMs')::numeric) / 1000) AS "firstReplySeconds"
    FROM judged AS j LEFT JOIN accounts AS a ON a.id = j.agent_id
    GROUP BY j.week, j.agent_id, a.name
    ORDER BY j.week DESC, a.name NULLS LAST`.execute(db);
  return z.array(weekSchema).parse(rows);
}

const sheetSchema = z.object({
  scores: z.record(z.string(), z.number()),
  total: z.number(),
  isZero: z.boolean(),
});
const pairSchema = z.object({ one: sheetSchema, other: sheetSchema });

/** The sheets of those who judged the same stretch without seeing each other's. */
export async function readPairs(db: Database, { from, to }: Range): Promise<Pair[]> {
  const { rows } = await sql`
    SELECT
      jsonb_build_object('scores', a.scores, 'total', a.total, 'isZero', cardinality(a.zeros) > 0) AS one,
      jsonb_build_object('scores', b.scores, 'total', b.total, 'isZero', cardinality(b.zeros) > 0) AS other
    FROM quality_reviews AS a
    JOIN quality_reviews AS b ON b.item_id = a.item_id AND b.id > a.id
    JOIN quality_items AS q ON q.id = a.item_id
    WHERE NOT a.is_appeal AND NOT b.is_appeal
      AND q.ended_at >= ${String(from)} AND q.ended_at < ${String(to)}`.execute(db);
  return z
    .array(pairSchema)
    .parse(rows)
    .map(({ one, other }): Pair => [one, other]);
}
