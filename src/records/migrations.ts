import { BULLETINS_TABLE } from './bulletin-table';
import { CHANNEL_ACCOUNTS_TABLE } from './channel-account-table';
import { CONTENT_TABLES, CONTENT_TOKENS_TABLE, SERVING_TABLES } from './content/tables';
import { PROPOSAL_TABLES, TRIAL_TABLES } from './content/trial-tables';
import { DESK_TABLES } from './desk/migration';
import { firstMigrations } from './first-migrations';
import { QUALITY_TABLES } from './quality/migration';
import { SHIFTS_TABLE } from './rosters/tables';
import { PRACTICE_TABLE } from './sandbox/tables';

/** Every change of the tables, oldest first. Never edited once released: a change is a new entry at the end. */
export const migrations: string[] = [
  ...firstMigrations,
  `
  ALTER TABLE sign_ins ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid();
  ALTER TABLE sign_ins ADD COLUMN began_at bigint NOT NULL DEFAULT 0;
  ALTER TABLE sign_ins ADD COLUMN seen_at bigint NOT NULL DEFAULT 0;
  ALTER TABLE sign_ins ADD COLUMN device text;
  ALTER TABLE sign_ins ADD COLUMN way text NOT NULL DEFAULT 'password';
  CREATE TABLE second_factors (
    account_id uuid PRIMARY KEY REFERENCES accounts,
    secret text,
    pending text,
    last_step bigint NOT NULL
  );
  CREATE TABLE recovery_codes (
    account_id uuid NOT NULL REFERENCES accounts,
    code_hash text NOT NULL,
    PRIMARY KEY (account_id, code_hash)
  );
  CREATE TABLE open_ids (
    issuer text NOT NULL,
    subject text NOT NULL,
    account_id uuid NOT NULL REFERENCES accounts,
    at bigint NOT NULL,
    PRIMARY KEY (issuer, subject)
  );
  `,
  `
  CREATE TABLE agent_skills (
    account_id uuid PRIMARY KEY REFERENCES accounts,
    groups jsonb,
    languages text[],
    capacity int NOT NULL,
    shift_end text,
    updated_at bigint NOT NULL
  );
  `,
  `
  CREATE TABLE agent_tasks (
    id uuid PRIMARY KEY,
    conversation_id text NOT NULL,
    account_id uuid NOT NULL REFERENCES accounts,
    text text NOT NULL,
    due_at bigint NOT NULL,
    created_at bigint NOT NULL,
    done_at bigint
  );
  CREATE INDEX agent_tasks_of_account ON agent_tasks (account_id, due_at) WHERE done_at IS NULL;
  CREATE INDEX agent_tasks_of_conversation ON agent_tasks (conversation_id, due_at);
  CREATE INDEX agent_tasks_due ON agent_tasks (due_at) WHERE done_at IS NULL;
  `,
  `
  ALTER TABLE work_orders ADD COLUMN regulator jsonb;
  `,
  `
  CREATE TABLE desk_broadcasts (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts,
    text text NOT NULL,
    at bigint NOT NULL,
    until_at bigint NOT NULL
  );
  CREATE INDEX desk_broadcasts_by_end ON desk_broadcasts (until_at);
  `,
  DESK_TABLES,
  `
  ALTER TABLE agent_tasks ADD COLUMN told_at bigint;
  DROP INDEX agent_tasks_due;
  CREATE INDEX agent_tasks_due ON agent_tasks (due_at) WHERE done_at IS NULL AND told_at IS NULL;
  `,
  QUALITY_TABLES,
  SHIFTS_TABLE,
  `
  ALTER TABLE accounts ADD COLUMN site text, ADD COLUMN team text;
  `,
  PRACTICE_TABLE,
  CONTENT_TABLES,
  TRIAL_TABLES,
  PROPOSAL_TABLES,
  `
  CREATE INDEX facts_of_dispositions ON facts (at DESC) WHERE type = 'disposition';
  CREATE INDEX work_orders_done ON work_orders (updated_at DESC) WHERE status IN ('resolved', 'closed');
  `,
  SERVING_TABLES,
  CONTENT_TOKENS_TABLE,
  BULLETINS_TABLE,
  `
  ALTER TABLE unanswered_questions ADD COLUMN intent text;
  CREATE TABLE dismissed_messages (
    key text PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts,
    at bigint NOT NULL
  );
  `,
  CHANNEL_ACCOUNTS_TABLE,
  `
  ALTER TABLE accounts ADD COLUMN places text[] NOT NULL DEFAULT '{}';
  `,
];
