import { type AccountBook, openAccountBook } from '../channels/accounts/account-book';
import type { Foundation } from './foundation';

/** The accounts of the environment and those that admins have set up. */
export async function openChannelAccounts({
  config,
  db,
  keys,
  log,
  cleanup,
}: Foundation): Promise<AccountBook> {
  const named = <Account extends { name: string }>(accounts: readonly Account[]) =>
    new Map(accounts.map((account) => [account.name, account]));
  const maps = { wechat: named(config.WECHAT_ACCOUNTS), wecom: named(config.WECOM_ACCOUNTS) };
  const book = await openAccountBook({ db, dataKey: keys.dataKey, maps, log });
  cleanup.add(book.stop);
  return book;
}
