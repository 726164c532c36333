import type { Account } from '../../../accounts/account';

/** Accounts in which every word of what is sought stands, in name, login or place; disabled ones last. */
export function matchAccounts(accounts: Account[], sought: string): Account[] {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const textOf = ({ name, login, site, team }: Account) =>
    [name, login, site, team].filter(Boolean).join(' ').toLowerCase();
  const found = accounts.filter((account) => words.every((word) => textOf(account).includes(word)));
  const rank = ({ disabledAt }: Account) => (disabledAt === null ? 0 : 1);
  return found.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'zh'));
}
