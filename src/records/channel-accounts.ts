import { writeAudit } from '../accounts/audit';
import { AppError } from '../errors';
import type { Database } from './database';

/** An account of a channel as it is kept; the secrets are encrypted in one text. */
export interface ChannelAccountRow {
  vendor: string;
  name: string;
  isOn: boolean;
  settings: unknown;
  sealed: string;
  revision: number;
  at: number;
  /** The name of who changed it. */
  by: string;
}

/** At most so many of them are set up: each is looked after every second. */
const LIMIT = 100;

export async function readChannelAccounts(db: Database): Promise<ChannelAccountRow[]> {
  const rows = await db
    .selectFrom('channel_accounts')
    .innerJoin('accounts', 'accounts.id', 'channel_accounts.account_id')
    .selectAll('channel_accounts')
    .select('accounts.name as by')
    .orderBy('vendor')
    .orderBy('channel_accounts.name')
    .execute();
  return rows.map(({ is_on, at, vendor, name, settings, sealed, revision, by }) => ({
    ...{ vendor, name, settings, sealed, revision, by },
    isOn: is_on,
    at: Number(at),
  }));
}

/** A number that is another one after every change. */
export async function readAccountsStamp(db: Database): Promise<string> {
  const rows = await db
    .selectFrom('channel_accounts')
    .select(['vendor', 'name', 'revision', 'at'])
    .orderBy('vendor')
    .orderBy('name')
    .execute();
  return JSON.stringify(rows);
}

interface Wanted extends Pick<ChannelAccountRow, 'vendor' | 'name' | 'isOn' | 'settings' | 'sealed'> {
  /** The one that it changes; null for a new one. */
  revision: number | null;
}

interface By {
  accountId: string;
  at: number;
}

/** Adds an account, or changes the revision that was read. Throws `conflict` when there is another one by now. */
export async function writeChannelAccount(db: Database, wanted: Wanted, by: By): Promise<void> {
  const { vendor, name, revision, isOn, settings, sealed } = wanted;
  await db.transaction().execute(async (transaction) => {
    const values = {
      is_on: isOn,
      settings: JSON.stringify(settings),
      sealed,
      revision: (revision ?? 0) + 1,
      at: String(by.at),
      account_id: by.accountId,
    };
    const { count } = await transaction
      .selectFrom('channel_accounts')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow();
    if (revision === null && Number(count) >= LIMIT)
      throw new AppError('conflict', `There are ${LIMIT} accounts already. Nothing was changed.`);
    const done =
      revision === null
        ? await transaction
            .insertInto('channel_accounts')
            .values({ vendor, name, ...values })
            .onConflict((conflict) => conflict.doNothing())
            .returning('revision')
            .executeTakeFirst()
        : await transaction
            .updateTable('channel_accounts')
            .set(values)
            .where('vendor', '=', vendor)
            .where('name', '=', name)
            .where('revision', '=', revision)
            .returning('revision')
            .executeTakeFirst();
    if (!done) throw changed();
    await audit(transaction, 'channel.change', wanted, by);
  });
}

/** Throws `conflict` when there is another revision by now. */
export async function removeChannelAccount(
  db: Database,
  which: { vendor: string; name: string; revision: number },
  by: By,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const removed = await transaction
      .deleteFrom('channel_accounts')
      .where('vendor', '=', which.vendor)
      .where('name', '=', which.name)
      .where('revision', '=', which.revision)
      .returning('revision')
      .executeTakeFirst();
    if (!removed) throw changed();
    await audit(transaction, 'channel.remove', which, by);
  });
}

const audit = (
  db: Database,
  action: 'channel.change' | 'channel.remove',
  { vendor, name }: { vendor: string; name: string },
  by: By,
): Promise<void> => writeAudit(db, { ...by, action, subject: `channel:${vendor}/${name}` });

const changed = () =>
  new AppError(
    'conflict',
    'Somebody has changed this account meanwhile. Nothing was changed: read it again.',
  );
