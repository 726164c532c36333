import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Database } from './database';
import { keyOfMessage } from './message-key';
import type { Tables } from './tables';

/**
 * Questions that neither a concern nor the knowledge had an answer to, masked, for whoever keeps the knowledge. They
 * are kept apart from the conversations that they were put in: nothing leads back to a person.
 */
const valueSchema = z.object({
  text: z.string(),
  locale: z.string(),
  channel: z.string(),
  chosen: z.string().optional(),
});

/** No row says whose it is: the id of the fact, which does, is hashed. */
const idOf = (factId: string): string => createHash('sha256').update(`unanswered ${factId}`).digest('hex');

export interface UnansweredFact {
  id: string;
  fact: { at: number; value: Record<string, unknown> };
}

/** Writes a batch within a transaction; the same fact twice is one question. */
export async function writeUnanswered(tx: Kysely<Tables>, facts: UnansweredFact[]): Promise<void> {
  const rows = facts.flatMap(({ id, fact }) => {
    const { text, locale, channel, chosen: intent = null } = valueSchema.parse(fact.value);
    // What Postgres cannot hold in a text would stop the relay.
    const clean = text.replaceAll('\0', '');
    const key = keyOfMessage(clean);
    const row = { id: idOf(id), at: String(fact.at), locale, channel, key, text: clean, intent };
    return key === '' ? [] : [row];
  });
  if (rows.length === 0) return;
  await tx
    .insertInto('unanswered_questions')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A question with how often it was put; times are milliseconds since 1970 UTC. */
export const unansweredSchema = z.object({
  text: z.string(),
  locale: z.string(),
  channels: z.array(z.string()),
  count: z.coerce.number(),
  firstAt: z.coerce.number(),
  lastAt: z.coerce.number(),
});
export type UnansweredQuestion = z.infer<typeof unansweredSchema>;

/**
 * The most frequent first, each in the words in which it was put last; without those that were understood in the end, and
 * those of which nothing is to be learned.
 */
export async function readUnanswered(
  db: Database,
  { since, limit }: { since: number; limit: number },
): Promise<UnansweredQuestion[]> {
  const { rows } = await sql`
    SELECT (array_agg(text ORDER BY at DESC, id))[1] AS text, locale,
      array_agg(DISTINCT channel ORDER BY channel) AS channels,
      count(*) AS count, min(at) AS "firstAt", max(at) AS "lastAt"
    FROM unanswered_questions WHERE at >= ${String(since)} AND intent IS NULL
      AND key NOT IN (SELECT key FROM dismissed_messages)
    GROUP BY key, locale ORDER BY count(*) DESC, max(at) DESC, key LIMIT ${limit}`.execute(db);
  return z.array(unansweredSchema).parse(rows);
}

/** Takes out what is older; answers how many questions went. */
export async function forgetUnanswered(db: Database, before: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('unanswered_questions')
    .where('at', '<', String(before))
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
