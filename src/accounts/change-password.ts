import { AppError } from '../errors';
import type { Database } from '../records/database';
import type { Account } from './account';
import { endSignIns } from './accounts';
import { writeAudit } from './audit';
import { hashPassword, passwordProblem } from './passwords';

/** Sets a new password; every other sign-in of the account ends. Throws `bad-request` for one that will not do. */
export async function changePassword(
  db: Database,
  account: Account,
  password: string,
  { keptToken, at }: { keptToken: string; at: number },
): Promise<void> {
  const problem = passwordProblem(password, account.login);
  if (problem) throw new AppError('bad-request', `${problem} 未做任何更改。Nothing was changed.`);
  const passwordHash = await hashPassword(password);
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable('accounts')
      .set({ password_hash: passwordHash })
      .where('id', '=', account.id)
      .execute();
    await endSignIns(tx, account.id, keptToken);
    const subject = `account:${account.id}`;
    await writeAudit(tx, { accountId: account.id, action: 'account.set-password', subject, at });
  });
}
