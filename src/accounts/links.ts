import { AppError } from '../errors';
import type { Database } from '../records/database';
import type { Account, Setup } from './account';
import { addAccount, endSignIns, findAccount, isWithoutAccounts, lockAdmins } from './accounts';
import { writeAudit } from './audit';
import { forgetFailures } from './lockout';
import { hashPassword, passwordProblem } from './passwords';
import { hashToken, newToken } from './tokens';

export const LINK_MS = 24 * 3600_000;

/** One-time links: the first admin comes in by one, and everybody sets a password by one. */
export interface AccountLinks {
  /** A link by which the first admin makes an account; null once there is any account. */
  createFirstAdminLink(): Promise<string | null>;
  /** A link by which the holder of an account sets a password; a used or older one is dead. */
  createPasswordLink(accountId: string, by: string | null): Promise<string>;
  /** Whom a token is for, so that the page can ask for the right things; `dead` when it cannot be used any more. */
  read(
    token: string,
  ): Promise<{ type: 'first-admin' } | { type: 'account'; login: string } | { type: 'dead' }>;
  /**
   * Uses a link up. Throws `bad-request` for a password or login that will not do (the link stays usable) and
   * `forbidden` for a link that is dead.
   */
  redeem(setup: Setup): Promise<Account>;
}

const deadLink = () =>
  new AppError(
    'forbidden',
    'This link has been used or has expired. Nothing was changed: ask for a new one (npm run accounts:add).',
  );

export function createAccountLinks(deps: {
  db: Database;
  clock: () => number;
  /** Address of this server as people reach it, without a slash at its end. */
  baseUrl: () => string;
}): AccountLinks {
  const { db, clock } = deps;

  async function create(tx: Database, accountId: string | null): Promise<string> {
    const token = newToken();
    await tx.deleteFrom('account_links').where('expires_at', '<', String(clock())).execute();
    await tx
      .insertInto('account_links')
      .values({ token_hash: hashToken(token), account_id: accountId, expires_at: String(clock() + LINK_MS) })
      .execute();
    return `${deps.baseUrl()}/setup?token=${token}`;
  }

  async function find(tx: Database, token: string): Promise<{ account: Account | null } | null> {
    const link = await tx
      .selectFrom('account_links')
      .select('account_id')
      .where('token_hash', '=', hashToken(token))
      .where('expires_at', '>', String(clock()))
      .executeTakeFirst();
    if (!link) return null;
    if (link.account_id === null) return (await isWithoutAccounts(tx)) ? { account: null } : null;
    const account = await findAccount(tx, { id: link.account_id });
    return account && account.disabledAt === null ? { account } : null;
  }

  /** Takes the link away; of two who use it at once, the second finds it gone. */
  async function useUp(tx: Database, token: string): Promise<void> {
    const used = await tx
      .deleteFrom('account_links')
      .where('token_hash', '=', hashToken(token))
      .executeTakeFirst();
    if (Number(used.numDeletedRows) === 0) throw deadLink();
  }

  async function setPassword(account: Account, token: string, passwordHash: string): Promise<Account> {
    const at = clock();
    return db.transaction().execute(async (tx) => {
      await useUp(tx, token);
      await tx
        .updateTable('accounts')
        .set({ password_hash: passwordHash })
        .where('id', '=', account.id)
        .execute();
      await tx.deleteFrom('account_links').where('account_id', '=', account.id).execute();
      await endSignIns(tx, account.id);
      await forgetFailures(tx, account.login, at);
      const subject = `account:${account.id}`;
      await writeAudit(tx, { accountId: account.id, action: 'account.set-password', subject, at });
      return { ...account, hasPassword: true };
    });
  }

  async function makeFirstAdmin(
    login: string,
    name: string,
    token: string,
    passwordHash: string,
  ): Promise<Account> {
    return db.transaction().execute(async (tx) => {
      await lockAdmins(tx);
      if (!(await isWithoutAccounts(tx))) throw deadLink();
      await useUp(tx, token);
      await tx.deleteFrom('account_links').where('account_id', 'is', null).execute();
      const admin = { login, name, role: 'admin' as const };
      const id = await addAccount(tx, admin, { accountId: null, at: clock(), passwordHash });
      const stands = { site: null, team: null, places: [], disabledAt: null };
      const means = { hasPassword: true, hasSecondFactor: false };
      return { ...admin, ...stands, ...means, id };
    });
  }

  return {
    createFirstAdminLink: async () => ((await isWithoutAccounts(db)) ? create(db, null) : null),

    createPasswordLink: (accountId, by) =>
      db.transaction().execute(async (tx) => {
        await tx.deleteFrom('account_links').where('account_id', '=', accountId).execute();
        const subject = `account:${accountId}`;
        await writeAudit(tx, { accountId: by, action: 'account.link', subject, at: clock() });
        return create(tx, accountId);
      }),

    async read(token) {
      const found = await find(db, token);
      if (!found) return { type: 'dead' };
      return found.account ? { type: 'account', login: found.account.login } : { type: 'first-admin' };
    },

    async redeem({ token, login, name, password }) {
      const found = await find(db, token);
      if (!found) throw deadLink();
      const { account } = found;
      const forLogin = account?.login ?? login;
      if (forLogin === undefined || (!account && name === undefined)) {
        throw new AppError('bad-request', 'The first admin needs a login and a name. Nothing was changed.');
      }
      const problem = passwordProblem(password, forLogin);
      if (problem)
        throw new AppError(
          'bad-request',
          `${problem} 未做任何更改，链接仍然有效。Nothing was changed; the link still works.`,
        );
      const passwordHash = await hashPassword(password);
      return account
        ? setPassword(account, token, passwordHash)
        : makeFirstAdmin(forLogin, name ?? '', token, passwordHash);
    },
  };
}
