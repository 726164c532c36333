import type { z } from 'zod';
import { ACCOUNT_PARTS, type Vendor } from '../../contract/channel-accounts';
import { unseal } from '../../customers/seal';
import type { ChannelAccountRow } from '../../records/channel-accounts';
import { type WechatAccount, wechatAccountSchema } from '../wechat/account';
import { type WecomAccount, wecomAccountSchema } from '../wecom/account';

/** An account of either vendor as its channel uses it. */
export type AnyAccount = WechatAccount | WecomAccount;

export const ACCOUNT_SCHEMAS = { wechat: wechatAccountSchema, wecom: wecomAccountSchema } as const;

export type Secrets = Readonly<Record<string, string>>;

/** The names of the secrets of a vendor's accounts. */
export const secretNames = (vendor: Vendor): string[] => Object.keys(ACCOUNT_PARTS[vendor].secrets.shape);

/** The secrets of a row; null when they cannot be opened with this DATA_KEY. */
export function openSecrets({ sealed }: Pick<ChannelAccountRow, 'sealed'>, dataKey: string): Secrets | null {
  try {
    return JSON.parse(unseal(dataKey, sealed));
  } catch {
    return null;
  }
}

export type OpenedRow =
  | { type: 'ok'; account: AnyAccount; secrets: Secrets }
  | { type: 'fault'; fault: 'sealed' | 'unfit'; secrets: Secrets };

/** A row as an account, or why it is none. */
export function openRow(vendor: Vendor, row: ChannelAccountRow, dataKey: string): OpenedRow {
  const secrets = openSecrets(row, dataKey);
  if (secrets === null) return { type: 'fault', fault: 'sealed', secrets: {} };
  const parsed = ACCOUNT_SCHEMAS[vendor].safeParse({ name: row.name, ...asObject(row.settings), ...secrets });
  return parsed.success
    ? { type: 'ok', account: parsed.data, secrets }
    : { type: 'fault', fault: 'unfit', secrets };
}

/** What may be read back of an account: its settings, and which secrets are there. */
export function viewOf(
  vendor: Vendor,
  settings: unknown,
  secrets: Readonly<Record<string, unknown>>,
): {
  settings: z.infer<(typeof ACCOUNT_PARTS)[Vendor]['settings']> | null;
  secrets: Record<string, boolean>;
} {
  const known = ACCOUNT_PARTS[vendor].settings;
  const open = Object.fromEntries(
    Object.entries(asObject(settings)).filter(([key]) => Object.hasOwn(known.shape, key)),
  );
  return {
    settings: known.safeParse(open).data ?? null,
    secrets: Object.fromEntries(secretNames(vendor).map((name) => [name, Boolean(secrets[name])])),
  };
}

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
