import type { Database } from '../records/database';
import { type Account, foldLogin } from './account';
import { findAccount } from './accounts';
import { writeAudit } from './audit';
import { beginAttempt, forgetFailures, hashLogin } from './lockout';
import { isPassword } from './passwords';
import type { SecondFactors } from './second-factor/second-factors';
import { hashToken, newToken } from './tokens';

export const SIGN_IN_MS = 12 * 3600_000;
/** How old "last seen" may be: one write a minute rather than one a request. */
const SEEN_EVERY_MS = 60_000;

/** How somebody got in; who comes by the OpenID provider gave that one whatever it asks for. */
export type SignInWay = 'password' | 'open-id';

export type SignInResult =
  | { status: 'signed-in'; token: string; account: Account }
  /** Unknown login, wrong password or code, no password yet, disabled: told apart by nothing. */
  | { status: 'refused' }
  /** The password is right; a code of the app, or a recovery code, is needed beside it. */
  | { status: 'code-needed' }
  | { status: 'locked'; retryAfterSeconds: number };

export interface Credentials {
  login: string;
  password: string;
  code?: string;
}

/** Whose sign-in a token is, and how they got in. */
export interface SignedIn extends Account {
  way: SignInWay;
}

/** Sign-ins last 12 hours, and end sooner by signing out, by a new password, or when the account is disabled. */
export interface SignIns {
  signIn(credentials: Credentials, device: string | null): Promise<SignInResult>;
  /** Opens one for whom another house has vouched for; null when the account is disabled. */
  open(account: Account, way: SignInWay, device: string | null): Promise<string | null>;
  /** Whether this is the password of the account; wrong ones count as failed attempts. Throws nothing. */
  isOwnPassword(account: Account, password: string): Promise<boolean>;
  /** Ends one sign-in; ending it again changes nothing. */
  /** Answers whose it was; null when it was over already. */
  signOut(token: string): Promise<string | null>;
  /** Whose sign-in this is; null for one that is over or never was. */
  accountOf(token: string): Promise<SignedIn | null>;
}

export function createSignIns(deps: {
  db: Database;
  clock: () => number;
  factors: Pick<SecondFactors, 'read' | 'take'>;
}): SignIns {
  const { db, clock, factors } = deps;

  async function insert(tx: Database, account: Account, way: SignInWay, device: string | null) {
    const token = newToken();
    const at = clock();
    await tx.deleteFrom('sign_ins').where('expires_at', '<', String(at)).execute();
    await tx
      .insertInto('sign_ins')
      .values({
        token_hash: hashToken(token),
        account_id: account.id,
        expires_at: String(at + SIGN_IN_MS),
        began_at: String(at),
        seen_at: String(at),
        device,
        way,
      })
      .execute();
    const subject = `account:${account.id}`;
    await writeAudit(tx, { accountId: account.id, action: 'account.sign-in', subject, note: way, at });
    return token;
  }

  /** The row is locked: the password may have been changed, or the account disabled, while the hash was computed. */
  const lock = (tx: Database, accountId: string) =>
    tx
      .selectFrom('accounts')
      .select(['password_hash', 'disabled_at'])
      .where('id', '=', accountId)
      .forUpdate()
      .executeTakeFirst();

  type Opened = Extract<SignInResult, { status: 'signed-in' | 'refused' | 'code-needed' }>;

  const openByPassword = (
    account: Account,
    passwordHash: string | null,
    code: string | undefined,
    device: string | null,
  ): Promise<Opened> =>
    db.transaction().execute(async (tx) => {
      const still = await lock(tx, account.id);
      if (!still || still.password_hash !== passwordHash || still.disabled_at !== null)
        return { status: 'refused' };
      if ((await factors.read(account.id, tx)).isOn) {
        if (code === undefined || code.trim() === '') return { status: 'code-needed' };
        if (!(await factors.take(tx, account.id, code))) return { status: 'refused' };
      }
      return { status: 'signed-in', token: await insert(tx, account, 'password', device), account };
    });

  async function passwordHashOf(login: string): Promise<string | null> {
    const row = await db
      .selectFrom('accounts')
      .select('password_hash')
      .where('login', '=', login)
      .executeTakeFirst();
    return row?.password_hash ?? null;
  }

  async function noteLock(login: string): Promise<void> {
    const subject = `login:${hashLogin(login).slice(0, 16)}`;
    await writeAudit(db, { accountId: null, action: 'account.lock', subject, at: clock() });
  }

  async function signIn({ login: typed, password, code }: Credentials, device: string | null) {
    const login = foldLogin(typed);
    const attempt = await beginAttempt(db, login, clock());
    if (attempt.lockedUntil > 0) {
      const retryAfterSeconds = Math.ceil((attempt.lockedUntil - clock()) / 1000);
      return { status: 'locked' as const, retryAfterSeconds };
    }
    const account = await findAccount(db, { login });
    const passwordHash = await passwordHashOf(login);
    const isRight = await isPassword(passwordHash, password);
    const result: Opened =
      isRight && account ? await openByPassword(account, passwordHash, code, device) : { status: 'refused' };
    if (result.status === 'signed-in') await forgetFailures(db, login, clock());
    else if (attempt.isLast) await noteLock(login);
    return result;
  }

  return {
    signIn,

    open: (account, way, device) =>
      db.transaction().execute(async (tx) => {
        const still = await lock(tx, account.id);
        return !still || still.disabled_at !== null ? null : insert(tx, account, way, device);
      }),

    async isOwnPassword({ login }, password) {
      const attempt = await beginAttempt(db, login, clock());
      if (attempt.lockedUntil > 0) return false;
      if (!(await isPassword(await passwordHashOf(login), password))) return false;
      await forgetFailures(db, login, clock());
      return true;
    },

    async signOut(token) {
      const ended = await db
        .deleteFrom('sign_ins')
        .where('token_hash', '=', hashToken(token))
        .returning('account_id')
        .executeTakeFirst();
      if (!ended) return null;
      const accountId = ended.account_id;
      const subject = `account:${accountId}`;
      await writeAudit(db, { accountId, action: 'account.sign-out', subject, at: clock() });
      return accountId;
    },

    async accountOf(token) {
      const now = clock();
      const row = await db
        .selectFrom('sign_ins')
        .innerJoin('accounts', 'accounts.id', 'sign_ins.account_id')
        .leftJoin('second_factors', 'second_factors.account_id', 'accounts.id')
        .select([
          'accounts.id',
          'login',
          'name',
          'role',
          'site',
          'team',
          'places',
          'password_hash',
          'way',
          'seen_at',
          'secret',
        ])
        .where('token_hash', '=', hashToken(token))
        .where('sign_ins.expires_at', '>', String(now))
        .where('disabled_at', 'is', null)
        .executeTakeFirst();
      if (!row) return null;
      if (Number(row.seen_at) + SEEN_EVERY_MS <= now) await noteSeen(token, now);
      const { id, login, name, site, team, places } = row;
      return {
        id,
        login,
        name,
        // Checked when they were stored.
        role: row.role as Account['role'],
        site,
        team,
        places,
        way: row.way as SignInWay,
        disabledAt: null,
        hasPassword: row.password_hash !== null,
        hasSecondFactor: row.secret !== null,
      };
    },
  };

  async function noteSeen(token: string, now: number): Promise<void> {
    await db
      .updateTable('sign_ins')
      .set({ seen_at: String(now) })
      .where('token_hash', '=', hashToken(token))
      .execute();
  }
}
