import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../database';

/** A session that an agent has filed: what the bot had taken it for, and under what it was filed in the end. */
export const filedSessionSchema = z.object({
  sessionId: z.string(),
  /** `<service>/<result>`. */
  code: z.string(),
  /** The dialog that was open. */
  dialog: z.string(),
});
export type FiledSession = z.infer<typeof filedSessionSchema>;

/** The newest first; those without a dialog or a disposition tell nothing. */
export async function readFiledSessions(
  db: Database,
  { since, limit }: { since: number; limit: number },
): Promise<FiledSession[]> {
  const { rows } = await sql`
    SELECT value->>'sessionId' AS "sessionId", value->>'code' AS code, value->>'dialog' AS dialog FROM facts
    WHERE type = 'disposition' AND at >= ${String(since)} AND value->>'sessionId' IS NOT NULL
      AND value->>'code' IS NOT NULL AND value->>'dialog' IS NOT NULL
    ORDER BY at DESC LIMIT ${limit}`.execute(db);
  return z.array(filedSessionSchema).parse(rows);
}
