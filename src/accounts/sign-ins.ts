import type { Database } from '../records/database';
import { type Account, foldLogin } from './account';
import { findAccount } from './accounts';
import { writeAudit } from './audit';
import { beginAttempt, forgetFailures, hashLogin } from './lockout';
import { isPassword } from './passwords';
import { hashToken, newToken } from './tokens';

export const SIGN_IN_MS = 12 * 3600_000;

export type SignInResult =
  | { status: 'signed-in'; token: string; account: Account }
  /** Unknown login, wrong password, no password yet, disabled: told apart by nothing. */
  | { status: 'refused' }
  | { status: 'locked'; retryAfterSeconds: number };

/** Sign-ins last 12 hours, and end sooner by signing out, by a new password, or when the account is disabled. */
export interface SignIns {
  signIn(login: string, password: string): Promise<SignInResult>;
  /** Ends one sign-in; ending it again changes nothing. */
  signOut(token: string): Promise<void>;
  /** Whose sign-in this is; null for one that is over or never was. */
  accountOf(token: string): Promise<Account | null>;
}

export function createSignIns({ db, clock }: { db: Database; clock: () => number }): SignIns {
  async function open(account: Account, passwordHash: string | null): Promise<string | null> {
    const token = newToken();
    const at = clock();
    return db.transaction().execute(async (tx) => {
      // The password may have been changed, or the account disabled, while the hash was computed.
      const still = await tx
        .selectFrom('accounts')
        .select(['password_hash', 'disabled_at'])
        .where('id', '=', account.id)
        .forUpdate()
        .executeTakeFirst();
      if (!still || still.password_hash !== passwordHash || still.disabled_at !== null) return null;
      await tx.deleteFrom('sign_ins').where('expires_at', '<', String(at)).execute();
      await tx
        .insertInto('sign_ins')
        .values({ token_hash: hashToken(token), account_id: account.id, expires_at: String(at + SIGN_IN_MS) })
        .execute();
      await writeAudit(tx, {
        accountId: account.id,
        action: 'account.sign-in',
        subject: `account:${account.id}`,
        at,
      });
      return token;
    });
  }

  async function signIn(typed: string, password: string): Promise<SignInResult> {
    const login = foldLogin(typed);
    const attempt = await beginAttempt(db, login, clock());
    if (attempt.lockedUntil > 0) {
      return { status: 'locked', retryAfterSeconds: Math.ceil((attempt.lockedUntil - clock()) / 1000) };
    }
    const account = await findAccount(db, { login });
    const row = await db
      .selectFrom('accounts')
      .select('password_hash')
      .where('login', '=', login)
      .executeTakeFirst();
    const passwordHash = row?.password_hash ?? null;
    const isRight = await isPassword(passwordHash, password);
    const token = isRight && account ? await open(account, passwordHash) : null;
    if (token !== null && account) {
      await forgetFailures(db, login, clock());
      return { status: 'signed-in', token, account };
    }
    if (attempt.isLast) {
      const subject = `login:${hashLogin(login).slice(0, 16)}`;
      await writeAudit(db, { accountId: null, action: 'account.lock', subject, at: clock() });
    }
    return { status: 'refused' };
  }

  return {
    signIn,

    async signOut(token) {
      const ended = await db
        .deleteFrom('sign_ins')
        .where('token_hash', '=', hashToken(token))
        .returning('account_id')
        .executeTakeFirst();
      if (!ended) return;
      const accountId = ended.account_id;
      await writeAudit(db, {
        accountId,
        action: 'account.sign-out',
        subject: `account:${accountId}`,
        at: clock(),
      });
    },

    async accountOf(token) {
      const row = await db
        .selectFrom('sign_ins')
        .innerJoin('accounts', 'accounts.id', 'sign_ins.account_id')
        .select(['accounts.id', 'login', 'name', 'role'])
        .where('token_hash', '=', hashToken(token))
        .where('sign_ins.expires_at', '>', String(clock()))
        .where('disabled_at', 'is', null)
        .executeTakeFirst();
      // A sign-in is made with a password, and the role was checked when it was stored.
      return row ? { ...row, role: row.role as Account['role'], disabledAt: null, hasPassword: true } : null;
    },
  };
}
