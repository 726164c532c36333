import { v7 as uuid } from 'uuid';
import type { CannedReply } from '../../contract/canned-replies';
import { AppError } from '../../errors';
import type { Database } from '../database';

/** An own one before everybody's of the same shortcut. */
export async function readCannedReplies(db: Database, accountId: string): Promise<CannedReply[]> {
  const rows = await db
    .selectFrom('canned_replies')
    .selectAll()
    .where((eb) => eb.or([eb('account_id', 'is', null), eb('account_id', '=', accountId)]))
    .orderBy('shortcut')
    .orderBy('account_id')
    .execute();
  return rows.map(({ id, account_id, shortcut, text_zh, text_en }) => ({
    id,
    isTeam: account_id === null,
    shortcut,
    text: { zh: text_zh, en: text_en },
  }));
}

interface Wanted {
  id: string | null;
  isTeam: boolean;
  shortcut: string;
  text: { zh: string; en: string };
}

/**
 * Adds one (without an id) or changes it; an agent's own can be changed by nobody else. Answers its id. Throws
 * `not-found`, and `conflict` for a shortcut that is in use.
 */
export async function writeCannedReply(
  db: Database,
  { id, isTeam, shortcut, text }: Wanted,
  { accountId, at }: { accountId: string; at: number },
): Promise<string> {
  const values = {
    shortcut,
    text_zh: text.zh,
    text_en: text.en,
    updated_at: String(at),
    updated_by: accountId,
  };
  const owner = isTeam ? null : accountId;
  try {
    if (id === null) {
      const added = uuid();
      await db
        .insertInto('canned_replies')
        .values({ id: added, account_id: owner, ...values })
        .execute();
      return added;
    }
    const changed = await db
      .updateTable('canned_replies')
      .set(values)
      .where('id', '=', id)
      .where('account_id', owner === null ? 'is' : '=', owner)
      .executeTakeFirst();
    if (Number(changed.numUpdatedRows) === 0) throw gone();
    return id;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === '23505')) throw error;
    throw new AppError('conflict', `"/${shortcut}" is in use. Nothing was changed: choose another word.`);
  }
}

const gone = () =>
  new AppError('not-found', 'There is no such reply. Nothing was changed: read the list again.');

/** Throws `not-found` for one that is gone, or another agent's. */
export async function deleteCannedReply(
  db: Database,
  { id, isTeam, accountId }: { id: string; isTeam: boolean; accountId: string },
): Promise<void> {
  const deleted = await db
    .deleteFrom('canned_replies')
    .where('id', '=', id)
    .where('account_id', isTeam ? 'is' : '=', isTeam ? null : accountId)
    .executeTakeFirst();
  if (Number(deleted.numDeletedRows) === 0) throw gone();
}
