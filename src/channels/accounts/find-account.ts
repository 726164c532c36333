/** The accounts that a channel serves, by name. */
export interface KnownAccounts<Account> {
  /** Admins may add to it and take from it while it is used. */
  accounts: ReadonlyMap<string, Account>;
  /** Called when an account is not among them: another node may have been told of it already. */
  learnAccounts?: (() => Promise<void>) | undefined;
}

/** An account that is served; looked for anew before it is missed. */
export async function findAccount<Account>(
  { accounts, learnAccounts }: KnownAccounts<Account>,
  name: string,
): Promise<Account | undefined> {
  if (!accounts.has(name)) await learnAccounts?.();
  return accounts.get(name);
}
