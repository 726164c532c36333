import type { Json } from '../column-types';

/** Practice with simulated customers: a table of its own, so that nothing of it is in any report. */
export const PRACTICE_TABLE = `
  CREATE TABLE practice_runs (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts,
    scenario text NOT NULL,
    locale text NOT NULL,
    began_at bigint NOT NULL,
    ended_at bigint,
    state jsonb NOT NULL,
    result jsonb
  );
  CREATE INDEX practice_runs_of_account ON practice_runs (account_id, began_at DESC);
  `;

/** Times are milliseconds since 1970 UTC, kept as bigint. */
export interface PracticeRunsTable {
  id: string;
  account_id: string;
  scenario: string;
  locale: string;
  began_at: string;
  ended_at: string | null;
  state: Json;
  result: Json;
}
