import { sql } from 'kysely';
import { type UnspokenCounts, unspokenCountsSchema } from '../contract/content-tables';
import type { Database } from './database';

const MOST = 200;

/** Facts of tables that could not be said since a time (milliseconds since 1970 UTC), the most frequent first. */
export async function readUnspokenFacts(db: Database, since: number): Promise<UnspokenCounts> {
  const { rows } = await sql`
    SELECT value->>'fact' AS fact, value->>'reason' AS reason, count(*) AS count
    FROM facts
    WHERE type = 'unspoken-fact' AND at >= ${since}
    GROUP BY 1, 2
    ORDER BY 3 DESC, 1, 2
    LIMIT ${MOST}`.execute(db);
  return unspokenCountsSchema.parse({ facts: rows });
}
