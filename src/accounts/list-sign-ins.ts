import type { Database } from '../records/database';
import { writeAudit } from './audit';
import { hashToken } from './tokens';

/** A sign-in as its owner, or an admin, sees it. Times are milliseconds since 1970 UTC. */
export interface SignInView {
  id: string;
  beganAt: number;
  /** At most a minute old. */
  seenAt: number;
  expiresAt: number;
  device: string | null;
  way: string;
  /** The one of this very request. */
  isThis: boolean;
}

/** The sign-ins of an account that go on, the newest first. */
export async function listSignIns(
  db: Database,
  accountId: string,
  now: number,
  token = '',
): Promise<SignInView[]> {
  const rows = await db
    .selectFrom('sign_ins')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('expires_at', '>', String(now))
    .orderBy('began_at', 'desc')
    .execute();
  const own = hashToken(token);
  return rows.map(({ id, began_at, seen_at, expires_at, device, way, token_hash }) => ({
    id,
    beganAt: Number(began_at),
    seenAt: Number(seen_at),
    expiresAt: Number(expires_at),
    device,
    way,
    isThis: token_hash === own,
  }));
}

/** Ends one sign-in of an account. False when it is over already, or another's. */
export async function endSignIn(
  db: Database,
  wanted: { accountId: string; id: string },
  by: { accountId: string; at: number },
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const ended = await tx
      .deleteFrom('sign_ins')
      .where('account_id', '=', wanted.accountId)
      .where('id', '=', wanted.id)
      .returning('id')
      .executeTakeFirst();
    if (!ended) return false;
    const subject = `account:${wanted.accountId}`;
    await writeAudit(tx, { ...by, action: 'account.sign-in.end', subject });
    return true;
  });
}
