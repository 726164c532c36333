import type { Json } from './column-types';

/** Accounts of channels that admins set up: what is open as JSON, the secrets encrypted in one text. */
export const CHANNEL_ACCOUNTS_TABLE = `
  CREATE TABLE channel_accounts (
    vendor text NOT NULL,
    name text NOT NULL,
    is_on boolean NOT NULL,
    settings jsonb NOT NULL,
    sealed text NOT NULL,
    revision integer NOT NULL,
    at bigint NOT NULL,
    account_id uuid NOT NULL REFERENCES accounts,
    PRIMARY KEY (vendor, name)
  );
  `;

/** Times are milliseconds since 1970 UTC, kept as bigint. */
export interface ChannelAccountsTable {
  vendor: string;
  name: string;
  is_on: boolean;
  settings: Json;
  sealed: string;
  revision: number;
  at: string;
  account_id: string;
}
