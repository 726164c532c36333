import { writeAudit } from '../accounts/audit';
import {
  type Bulletin,
  bulletinSchema,
  type ListedBulletin,
  listedBulletinSchema,
  MAX_LIVE_BULLETINS,
  type NewBulletin,
} from '../contract/bulletins';
import { AppError } from '../errors';
import { BULLETINS_LOCK, takeLock } from '../records/advisory-lock';
import type { Database } from '../records/database';

/**
 * Emergency bulletins as they are kept: written by one person, told at once by every node, ended early or by themselves,
 * never changed. Of each act the audit keeps who, when and which; the words stand here.
 */

const MINUTE_MS = 60_000;
/** What was told is listed for so long. */
const LISTED_MS = 30 * 24 * 60 * MINUTE_MS;
const LISTED = 50;

/** What is told at a time, the oldest first: the order in which customers hear it. */
export async function readLiveBulletins(db: Database, now: number): Promise<Bulletin[]> {
  const rows = await db
    .selectFrom('bulletins')
    .select(['id', 'text', 'places', 'channels', 'at', 'until_at as untilAt'])
    .where('until_at', '>', String(now))
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map((row) => bulletinSchema.parse(row));
}

/** What is told and was told within thirty days, the newest first. */
export async function listBulletins(db: Database, now: number): Promise<ListedBulletin[]> {
  const rows = await db
    .selectFrom('bulletins')
    .innerJoin('accounts', 'accounts.id', 'bulletins.account_id')
    .leftJoin('accounts as enders', 'enders.id', 'bulletins.ended_by')
    .select(['bulletins.id', 'text', 'bulletins.places', 'channels', 'at', 'until_at as untilAt'])
    .select(['ended_at as endedAt', 'accounts.name as byName', 'enders.name as endedByName'])
    .where('until_at', '>', String(now - LISTED_MS))
    .orderBy('at', 'desc')
    .limit(LISTED)
    .execute();
  return rows.map((row) => listedBulletinSchema.parse(row));
}

/** Begins to tell one; the same id again changes nothing. Throws `conflict` when so many are told already. */
export async function publishBulletin(
  db: Database,
  { id, text, places, channels, minutes }: NewBulletin,
  by: { accountId: string; at: number },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // Of two who publish the last one at once, one is refused.
    await takeLock(tx, BULLETINS_LOCK);
    const known = await tx.selectFrom('bulletins').select('id').where('id', '=', id).executeTakeFirst();
    if (known) return;
    if ((await readLiveBulletins(tx, by.at)).length >= MAX_LIVE_BULLETINS)
      throw new AppError(
        'conflict',
        `${MAX_LIVE_BULLETINS} bulletins are told already. Nothing was published: end one of them first.`,
      );
    await tx
      .insertInto('bulletins')
      .values({
        id,
        account_id: by.accountId,
        text: JSON.stringify(text),
        places: JSON.stringify(places),
        channels,
        at: String(by.at),
        until_at: String(by.at + minutes * MINUTE_MS),
        ended_at: null,
        ended_by: null,
      })
      .execute();
    await writeAudit(tx, { ...by, action: 'bulletin.publish', subject: `bulletin:${id}` });
  });
}

/** Ends one before its time. False when it is over already. */
export async function endBulletin(
  db: Database,
  id: string,
  by: { accountId: string; at: number },
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const at = String(by.at);
    const ended = await tx
      .updateTable('bulletins')
      .set({ until_at: at, ended_at: at, ended_by: by.accountId })
      .where('id', '=', id)
      .where('until_at', '>', at)
      .returning('id')
      .executeTakeFirst();
    if (!ended) return false;
    await writeAudit(tx, { ...by, action: 'bulletin.end', subject: `bulletin:${id}` });
    return true;
  });
}
