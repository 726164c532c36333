import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { AppError } from '../errors';
import type { Database } from '../records/database';
import { type Account, type AccountChange, accountSchema, type NewAccount } from './account';
import { writeAudit } from './audit';
import { hashToken } from './tokens';

/** One number for the advisory lock under which admins come and go: there must always be one left. */
const ADMINS_LOCK = 727_003;

export const lockAdmins = (tx: Database) => sql`SELECT pg_advisory_xact_lock(${ADMINS_LOCK})`.execute(tx);

const accountsIn = (db: Database) =>
  db
    .selectFrom('accounts')
    .select(['id', 'login', 'name', 'role', 'site', 'team', 'places', 'disabled_at as disabledAt'])
    .leftJoin('second_factors', 'second_factors.account_id', 'accounts.id')
    .select(sql<boolean>`password_hash IS NOT NULL`.as('hasPassword'))
    .select(sql<boolean>`secret IS NOT NULL`.as('hasSecondFactor'));

/** All accounts by login, the disabled ones too. */
export async function listAccounts(db: Database): Promise<Account[]> {
  const rows = await accountsIn(db).orderBy('login').execute();
  return rows.map((row) => accountSchema.parse(row));
}

export async function findAccount(
  db: Database,
  by: { id: string } | { login: string },
): Promise<Account | null> {
  const query =
    'id' in by ? accountsIn(db).where('id', '=', by.id) : accountsIn(db).where('login', '=', by.login);
  const row = await query.executeTakeFirst();
  return row ? accountSchema.parse(row) : null;
}

/** True when nobody can sign in yet or ever could: the first admin may be made. */
export async function isWithoutAccounts(db: Database): Promise<boolean> {
  return (await db.selectFrom('accounts').select('id').limit(1).executeTakeFirst()) === undefined;
}

/** Adds an account without a password. Throws `conflict` when the login is in use. Answers its id. */
export async function addAccount(
  db: Database,
  account: NewAccount,
  by: { accountId: string | null; at: number; passwordHash?: string },
): Promise<string> {
  const id = uuid();
  const row = { ...account, id, password_hash: by.passwordHash ?? null, created_at: String(by.at) };
  const added = await db
    .insertInto('accounts')
    .values(row)
    .onConflict((conflict) => conflict.column('login').doNothing())
    .executeTakeFirst();
  if (Number(added.numInsertedOrUpdatedRows ?? 0) === 0) {
    throw new AppError('conflict', 'There is an account with this login already. Nothing was added.');
  }
  await writeAudit(db, {
    accountId: by.accountId,
    action: 'account.add',
    subject: `account:${id}`,
    note: account.role,
    at: by.at,
  });
  return id;
}

/**
 * Changes name, role, where somebody works or may change content, disables or enables. Disabling ends every sign-in at once. Throws `not-found`, and `conflict`
 * for what would leave nobody who can manage accounts.
 */
export async function changeAccount(
  db: Database,
  id: string,
  change: AccountChange,
  by: { accountId: string; at: number },
): Promise<Account> {
  return db.transaction().execute(async (tx) => {
    await lockAdmins(tx);
    const before = await findAccount(tx, { id });
    if (!before) throw new AppError('not-found', 'There is no such account.');
    const { isDisabled = before.disabledAt !== null, ...rest } = change;
    const disabledAt = isDisabled ? (before.disabledAt ?? by.at) : null;
    await tx
      .updateTable('accounts')
      .set({ ...rest, disabled_at: disabledAt === null ? null : String(disabledAt) })
      .where('id', '=', id)
      .execute();
    if (isDisabled) await endSignIns(tx, id);
    await refuseWithoutAdmin(tx);
    const note = Object.keys(change).sort().join(', ');
    await writeAudit(tx, { ...by, action: 'account.change', subject: `account:${id}`, note });
    return { ...before, ...rest, disabledAt };
  });
}

/** Ends every sign-in of an account but the one of `keptToken`: it was disabled, or has a new password. */
export async function endSignIns(db: Database, accountId: string, keptToken = ''): Promise<void> {
  await db
    .deleteFrom('sign_ins')
    .where('account_id', '=', accountId)
    .where('token_hash', '!=', hashToken(keptToken))
    .execute();
}

async function refuseWithoutAdmin(tx: Database): Promise<void> {
  const admin = await tx
    .selectFrom('accounts')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled_at', 'is', null)
    .where('password_hash', 'is not', null)
    .where(sql<boolean>`places = '{}'`)
    .executeTakeFirst();
  if (admin) return;
  throw new AppError(
    'conflict',
    'This is the last admin who can sign in and is not limited to places. Nothing was changed: make another admin first.',
  );
}
