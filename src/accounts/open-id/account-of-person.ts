import type { Database } from '../../records/database';
import type { Account } from '../account';
import { findAccount } from '../accounts';
import { writeAudit } from '../audit';
import type { Person } from './open-id';

/**
 * The account of a person at the provider. Theirs for good once found: the provider's subject never changes and is
 * never given to another, whereas a login may be. The first time it is the account with the login that the provider
 * names; null when an admin has made none, or when it is somebody else's already.
 */
export async function accountOfPerson(
  db: Database,
  { issuer, subject, login }: Person,
  at: number,
): Promise<Account | null> {
  return db.transaction().execute(async (tx) => {
    const known = await tx
      .selectFrom('open_ids')
      .select('account_id')
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .executeTakeFirst();
    if (known) return findAccount(tx, { id: known.account_id });
    const account = login === null ? null : await findAccount(tx, { login });
    if (!account) return null;
    const others = await tx
      .selectFrom('open_ids')
      .select('subject')
      .where('issuer', '=', issuer)
      .where('account_id', '=', account.id)
      .executeTakeFirst();
    if (others) return null;
    await tx
      .insertInto('open_ids')
      .values({ issuer, subject, account_id: account.id, at: String(at) })
      .execute();
    const entry = {
      accountId: account.id,
      action: 'account.open-id',
      subject: `account:${account.id}`,
    } as const;
    await writeAudit(tx, { ...entry, at });
    return account;
  });
}
