import type { z } from 'zod';
import { writeAudit } from '../accounts/audit';
import { type Broadcast, broadcastSchema, type newBroadcastSchema } from '../contract/supervision';
import { AppError } from '../errors';
import type { Database } from '../records/database';

/** An announcement is of the day. */
const LONGEST_MS = 24 * 3600_000;

/** What every desk shows now, the newest first. */
export async function readBroadcasts(db: Database, now: number): Promise<Broadcast[]> {
  const rows = await db
    .selectFrom('desk_broadcasts')
    .innerJoin('accounts', 'accounts.id', 'desk_broadcasts.account_id')
    .select(['desk_broadcasts.id', 'text', 'at', 'accounts.name as byName', 'until_at as untilAt'])
    .where('until_at', '>', String(now))
    .orderBy('at', 'desc')
    .limit(20)
    .execute();
  return rows.map((row) => broadcastSchema.parse(row));
}

/** Announces; the same id again changes nothing. Throws `bad-request` for an end that is over, or beyond a day. */
export async function addBroadcast(
  db: Database,
  { id, text, untilAt }: z.infer<typeof newBroadcastSchema>,
  by: { accountId: string; at: number },
): Promise<void> {
  if (untilAt <= by.at || untilAt > by.at + LONGEST_MS)
    throw new AppError('bad-request', 'untilAt: a time ahead, within a day. Nothing was announced.');
  await db.transaction().execute(async (tx) => {
    const added = await tx
      .insertInto('desk_broadcasts')
      .values({ id, text, account_id: by.accountId, at: String(by.at), until_at: String(untilAt) })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (added) await writeAudit(tx, { ...by, action: 'desk.broadcast', subject: `broadcast:${id}` });
  });
}

/** Takes one off the desks before its time. False when it is over already. */
export async function endBroadcast(
  db: Database,
  id: string,
  by: { accountId: string; at: number },
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const ended = await tx
      .updateTable('desk_broadcasts')
      .set({ until_at: String(by.at) })
      .where('id', '=', id)
      .where('until_at', '>', String(by.at))
      .returning('id')
      .executeTakeFirst();
    if (!ended) return false;
    await writeAudit(tx, { ...by, action: 'desk.broadcast.end', subject: `broadcast:${id}` });
    return true;
  });
}
