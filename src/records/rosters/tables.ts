/** Who works when. Never edited once released. */
export const SHIFTS_TABLE = `
  CREATE TABLE shifts (
    account_id uuid NOT NULL REFERENCES accounts,
    date text NOT NULL,
    from_at bigint NOT NULL,
    to_at bigint NOT NULL,
    PRIMARY KEY (account_id, from_at)
  );
  CREATE INDEX shifts_by_end ON shifts (to_at);
  `;

/** Times are milliseconds since 1970 UTC, kept as bigint. */
export interface ShiftsTable {
  account_id: string;
  /** The date that it begins on, in the operator's zone. */
  date: string;
  from_at: string;
  to_at: string;
}
