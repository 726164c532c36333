import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../accounts/audit';
import { type LearnableMessage, learnableMessageSchema } from '../../contract/content-messages';
import type { Database } from '../database';

/** The most frequent first, each in the words in which it came last; without those that were dismissed. */
export async function readLearnableMessages(
  db: Database,
  { since, limit }: { since: number; limit: number },
): Promise<LearnableMessage[]> {
  const { rows } = await sql`
    SELECT key, (array_agg(text ORDER BY at DESC, id))[1] AS text, locale, count(*) AS count, max(at) AS "lastAt",
      mode() WITHIN GROUP (ORDER BY intent) AS chosen
    FROM unanswered_questions
    WHERE at >= ${String(since)} AND key NOT IN (SELECT key FROM dismissed_messages)
    GROUP BY key, locale ORDER BY count(*) DESC, max(at) DESC, key LIMIT ${limit}`.execute(db);
  return z.array(learnableMessageSchema).parse(rows);
}

/** Of these messages those that were dismissed. */
export async function readDismissed(db: Database, keys: string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await db.selectFrom('dismissed_messages').select('key').where('key', 'in', keys).execute();
  return new Set(rows.map(({ key }) => key));
}

/** Keeps that nothing is to be learned from messages, whoever says them. The audit gets how many, not their words. */
export async function dismissMessages(
  db: Database,
  { keys, accountId, at }: { keys: string[]; accountId: string; at: number },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('dismissed_messages')
      .values(keys.map((key) => ({ key, account_id: accountId, at: String(at) })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await writeAudit(tx, {
      at,
      accountId,
      action: 'message.dismiss',
      subject: 'messages',
      note: `${keys.length}`,
    });
  });
}
