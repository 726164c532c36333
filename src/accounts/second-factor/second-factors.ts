import { AppError } from '../../errors';
import type { Database } from '../../records/database';
import type { Account } from '../account';
import { endSignIns } from '../accounts';
import { writeAudit } from '../audit';
import { hashToken } from '../tokens';
import { addressOf, foldCode, newRecoveryCodes, newSecret, stepOf } from './totp';

/** Encrypts and decrypts the secrets that lie in the database. */
export interface Seal {
  seal: (plain: string) => string;
  unseal: (sealed: string) => string;
}

export interface FactorState {
  isOn: boolean;
  /** Recovery codes that were not used yet. */
  recoveryCodesLeft: number;
}

/** The code from an authenticator app that some accounts give beside their password. */
export interface SecondFactors {
  read(accountId: string, tx?: Database): Promise<FactorState>;
  /** A new secret, which counts once a code of it was given; an older one that is on stays until then. */
  begin(account: Account): Promise<{ secret: string; address: string }>;
  /** Turns it on, ends the other sign-ins and answers the recovery codes, once. Throws `bad-request` for a wrong code. */
  confirm(account: Account, code: string, keptToken: string): Promise<string[]>;
  /** Turns it off. `by` is the admin who helps somebody without a phone; all sign-ins of that account end. */
  remove(account: Account, by: string): Promise<void>;
  /** Uses up a code of the app, or a recovery code. False for a wrong, an old or a used one. */
  take(db: Database, accountId: string, code: string): Promise<boolean>;
}

/** What the app shows the account under. */
const ISSUER = 'Telecom Service Desk';

const wrongCode = () =>
  new AppError(
    'bad-request',
    '验证码不对，未做任何更改。请等下一个验证码再试，并检查手机时间。The code is wrong; nothing was changed. Wait for the next one, and check the clock of the phone.',
  );

export function createSecondFactors(deps: { db: Database; clock: () => number; seal: Seal }): SecondFactors {
  const { db, clock, seal } = deps;

  const factorOf = (tx: Database, accountId: string) =>
    tx
      .selectFrom('second_factors')
      .selectAll()
      .where('account_id', '=', accountId)
      .forUpdate()
      .executeTakeFirst();

  async function takeAppCode(tx: Database, accountId: string, code: string): Promise<boolean> {
    const factor = await factorOf(tx, accountId);
    if (!factor?.secret) return false;
    const step = stepOf(seal.unseal(factor.secret), code, clock(), Number(factor.last_step));
    if (step === null) return false;
    await tx
      .updateTable('second_factors')
      .set({ last_step: String(step) })
      .where('account_id', '=', accountId)
      .execute();
    return true;
  }

  async function takeRecoveryCode(tx: Database, accountId: string, code: string): Promise<boolean> {
    const used = await tx
      .deleteFrom('recovery_codes')
      .where('account_id', '=', accountId)
      .where('code_hash', '=', hashToken(code))
      .returning('account_id')
      .executeTakeFirst();
    if (!used) return false;
    const subject = `account:${accountId}`;
    await writeAudit(tx, { accountId, action: 'account.recovery-code', subject, at: clock() });
    return true;
  }

  return {
    async read(accountId, tx = db) {
      const row = await tx
        .selectFrom('second_factors')
        .select('secret')
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      const codes = await tx
        .selectFrom('recovery_codes')
        .select('code_hash')
        .where('account_id', '=', accountId)
        .execute();
      return { isOn: Boolean(row?.secret), recoveryCodesLeft: codes.length };
    },

    async begin(account) {
      const secret = newSecret();
      const pending = seal.seal(secret);
      await db
        .insertInto('second_factors')
        .values({ account_id: account.id, secret: null, pending, last_step: '0' })
        .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ pending }))
        .execute();
      return { secret, address: addressOf(secret, account.login, ISSUER) };
    },

    confirm: (account, code, keptToken) =>
      db.transaction().execute(async (tx) => {
        const factor = await factorOf(tx, account.id);
        if (!factor?.pending)
          throw new AppError(
            'conflict',
            'There is no new secret to confirm. Nothing was changed: begin again.',
          );
        const step = stepOf(seal.unseal(factor.pending), foldCode(code), clock(), 0);
        if (step === null) throw wrongCode();
        const codes = newRecoveryCodes();
        await tx
          .updateTable('second_factors')
          .set({ secret: factor.pending, pending: null, last_step: String(step) })
          .where('account_id', '=', account.id)
          .execute();
        await tx.deleteFrom('recovery_codes').where('account_id', '=', account.id).execute();
        await tx
          .insertInto('recovery_codes')
          .values(codes.map((each) => ({ account_id: account.id, code_hash: hashToken(foldCode(each)) })))
          .execute();
        await endSignIns(tx, account.id, keptToken);
        const subject = `account:${account.id}`;
        await writeAudit(tx, {
          accountId: account.id,
          action: 'account.second-factor',
          subject,
          at: clock(),
        });
        return codes;
      }),

    remove: (account, by) =>
      db.transaction().execute(async (tx) => {
        await tx.deleteFrom('second_factors').where('account_id', '=', account.id).execute();
        await tx.deleteFrom('recovery_codes').where('account_id', '=', account.id).execute();
        if (by !== account.id) await endSignIns(tx, account.id);
        const subject = `account:${account.id}`;
        await writeAudit(tx, { accountId: by, action: 'account.no-second-factor', subject, at: clock() });
      }),

    async take(tx, accountId, typed) {
      const code = foldCode(typed);
      if (/^\d{6}$/.test(code)) return takeAppCode(tx, accountId, code);
      return takeRecoveryCode(tx, accountId, code);
    },
  };
}
