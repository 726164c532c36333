import type { Json } from './column-types';

/** Emergency bulletins. Never edited once released. */
export const BULLETINS_TABLE = `
  CREATE TABLE bulletins (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts,
    text jsonb NOT NULL,
    places jsonb NOT NULL,
    channels text[],
    at bigint NOT NULL,
    until_at bigint NOT NULL,
    ended_at bigint,
    ended_by uuid REFERENCES accounts
  );
  CREATE INDEX bulletins_by_end ON bulletins (until_at);
  CREATE INDEX bulletins_by_time ON bulletins (at DESC);
  `;

/** Times are milliseconds since 1970 UTC, kept as bigint. */
export interface BulletinsTable {
  id: string;
  account_id: string;
  text: Json;
  places: Json;
  /** Null: all. */
  channels: string[] | null;
  at: string;
  /** When it was to end; one that was ended has that time here too. */
  until_at: string;
  ended_at: string | null;
  ended_by: string | null;
}
