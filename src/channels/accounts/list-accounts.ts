import { type ChannelAccount, type Vendor, vendorSchema } from '../../contract/channel-accounts';
import type { ChannelAccountRow } from '../../records/channel-accounts';
import type { AccountBook } from './account-book';
import { openSecrets, viewOf } from './account-parts';

interface Where {
  dataKey: string;
  baseUrl: string;
}

/** Every account, those of the environment first, without what nobody may read. */
export function listAccounts(book: AccountBook, where: Where): ChannelAccount[] {
  const fixed = vendorSchema.options.flatMap((vendor) =>
    [...book.maps[vendor].values()]
      .filter(({ name }) => book.isFixed(vendor, name))
      .map((account) => fixedAccount(vendor, account, where)),
  );
  const rows = book.rows().flatMap((row) => {
    const vendor = vendorSchema.safeParse(row.vendor).data;
    return vendor ? [ofRow(book, vendor, row, where)] : [];
  });
  return [...fixed, ...rows];
}

const callbackOf = ({ baseUrl }: Where, vendor: Vendor, name: string): string =>
  `${baseUrl}/${vendor}/${name}`;

const fixedAccount = (vendor: Vendor, account: { name: string }, where: Where): ChannelAccount =>
  ({
    vendor,
    name: account.name,
    setIn: 'server',
    isOn: true,
    callback: callbackOf(where, vendor, account.name),
    revision: null,
    changedAt: null,
    changedBy: null,
    fault: null,
    ...viewOf(vendor, account, { ...account }),
  }) as ChannelAccount;

const ofRow = (book: AccountBook, vendor: Vendor, row: ChannelAccountRow, where: Where): ChannelAccount =>
  ({
    vendor,
    name: row.name,
    setIn: 'page',
    isOn: row.isOn,
    callback: callbackOf(where, vendor, row.name),
    revision: row.revision,
    changedAt: row.at,
    changedBy: row.by,
    fault: book.faultOf(row),
    ...viewOf(vendor, row.settings, openSecrets(row, where.dataKey) ?? {}),
  }) as ChannelAccount;
