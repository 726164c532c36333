import { sql } from 'kysely';
import { z } from 'zod';
import { csatOf } from '../satisfaction/when-to-ask';
import type { Database } from './database';

/** Ratings of one kind of order on one channel in one week, as reports show them. */
export interface RatingLine {
  /** The Monday that the week begins with, in the operator's zone. */
  week: string;
  kind: string;
  channel: string;
  ratings: number;
  /** How often each score was given, from 1 to 5. */
  scores: number[];
  /** Ratings of 4 or 5 ÷ all ratings. */
  csat: number | null;
}

const rowSchema = z.object({
  week: z.string(),
  kind: z.string(),
  channel: z.string(),
  scores: z.array(z.coerce.number()),
});

/** Ratings that were given from a moment to another (ms since 1970 UTC), the newest week first. */
export async function readRatings(
  db: Database,
  { from, to, timeZone }: { from: number; to: number; timeZone: string },
): Promise<RatingLine[]> {
  const { rows } = await sql`
    SELECT to_char(date_trunc('week', to_timestamp(at / 1000.0) AT TIME ZONE ${timeZone}), 'YYYY-MM-DD') AS week,
      coalesce(value->>'kind', '') AS kind, coalesce(value->>'channel', '') AS channel,
      array_agg((value->>'score')::int) AS scores
    FROM facts WHERE type = 'rating' AND at >= ${String(from)} AND at < ${String(to)}
    GROUP BY 1, 2, 3 ORDER BY 1 DESC, 2, 3`.execute(db);
  return z
    .array(rowSchema)
    .parse(rows)
    .map(({ scores, ...line }) => ({
      ...line,
      ratings: scores.length,
      scores: [1, 2, 3, 4, 5].map((score) => scores.filter((each) => each === score).length),
      csat: csatOf(scores),
    }));
}
