import type { Json } from '../column-types';

/** What came of trying drafts, with what people said of the differences. */
export const TRIAL_TABLES = `
  CREATE TABLE content_trials (
    id uuid PRIMARY KEY,
    version text NOT NULL,
    base text NOT NULL,
    account_id uuid NOT NULL REFERENCES accounts,
    started_at bigint NOT NULL,
    ended_at bigint,
    error text,
    changed_dialogs jsonb NOT NULL,
    result jsonb,
    verdicts jsonb NOT NULL DEFAULT '{}'
  );
  CREATE INDEX content_trials_of_version ON content_trials (version, base, started_at DESC);
  CREATE INDEX content_trials_of_account ON content_trials (account_id, started_at DESC);
  CREATE INDEX sessions_begun ON facts (at DESC) WHERE type = 'session' AND value->>'event' = 'started';
  `;

/** Times are milliseconds since 1970 UTC, kept as bigint. */
export interface ContentTrialsTable {
  id: string;
  version: string;
  base: string;
  account_id: string;
  started_at: string;
  ended_at: string | null;
  error: string | null;
  changed_dialogs: Json;
  result: Json | null;
  verdicts: Json;
}

/** Conversations of customers that are to become tests, and who has read them. */
export const PROPOSAL_TABLES = `
  CREATE TABLE content_proposals (
    id uuid PRIMARY KEY,
    session_id text NOT NULL UNIQUE,
    name text NOT NULL,
    script text NOT NULL,
    proposed_by uuid NOT NULL REFERENCES accounts,
    proposed_at bigint NOT NULL,
    state text NOT NULL,
    read_by uuid REFERENCES accounts,
    read_at bigint
  );
  CREATE INDEX content_proposals_open ON content_proposals (proposed_at) WHERE state = 'proposed';
  `;

export interface ContentProposalsTable {
  id: string;
  session_id: string;
  name: string;
  script: string;
  proposed_by: string;
  proposed_at: string;
  state: string;
  read_by: string | null;
  read_at: string | null;
}
