import type { Json } from '../column-types';

/** Who wrote a version and on top of what; drafts of admins, and who read them. */
export const CONTENT_TABLES = `
  ALTER TABLE content_versions
    ADD COLUMN number int,
    ADD COLUMN author_id uuid REFERENCES accounts,
    ADD COLUMN message text NOT NULL DEFAULT '',
    ADD COLUMN parent text,
    ADD COLUMN changed_count int NOT NULL DEFAULT 0;
  UPDATE content_versions SET number = numbered.n
    FROM (SELECT id, row_number() OVER (ORDER BY created_at, id) AS n FROM content_versions) AS numbered
    WHERE content_versions.id = numbered.id;
  ALTER TABLE content_versions ALTER COLUMN number SET NOT NULL;
  CREATE UNIQUE INDEX content_versions_by_number ON content_versions (number);
  CREATE TABLE content_drafts (
    account_id uuid PRIMARY KEY REFERENCES accounts,
    base text NOT NULL REFERENCES content_versions,
    revision int NOT NULL,
    changes jsonb NOT NULL,
    updated_at bigint NOT NULL
  );
  `;

/** What customers get, which node is ready for what, models that nodes share, and who has read whose draft. */
export const SERVING_TABLES = `
  CREATE TABLE content_serving (
    id int PRIMARY KEY CHECK (id = 1),
    revision int NOT NULL,
    state jsonb NOT NULL
  );
  CREATE TABLE content_nodes (
    id uuid PRIMARY KEY,
    revision int NOT NULL,
    ready text[] NOT NULL,
    seen_at timestamptz NOT NULL
  );
  CREATE TABLE content_models (
    hash text PRIMARY KEY,
    bytes bytea NOT NULL,
    at bigint NOT NULL
  );
  CREATE TABLE content_approvals (
    version text NOT NULL,
    account_id uuid NOT NULL REFERENCES accounts,
    at bigint NOT NULL,
    PRIMARY KEY (version, account_id)
  );
  CREATE TABLE content_publications (
    id uuid PRIMARY KEY,
    at bigint NOT NULL,
    account_id uuid REFERENCES accounts,
    action text NOT NULL,
    version text NOT NULL,
    message text NOT NULL
  );
  CREATE INDEX content_publications_of_version ON content_publications (version, at);
  `;

/** Tokens of programs that push and pull content. */
export const CONTENT_TOKENS_TABLE = `
  CREATE TABLE content_tokens (
    id uuid PRIMARY KEY,
    token_hash text NOT NULL UNIQUE,
    account_id uuid NOT NULL REFERENCES accounts,
    name text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL
  );
  `;

/** What admins write. Times are milliseconds since 1970 UTC, kept as bigint. */
export interface ContentVersionsTable {
  id: string;
  created_at: string;
  used_at: string;
  files: Json;
  /** Counts versions from 1. */
  number: number;
  author_id: string | null;
  message: string;
  parent: string | null;
  changed_count: number;
}

export interface ContentDraftsTable {
  account_id: string;
  base: string;
  revision: number;
  changes: Json;
  updated_at: string;
}

export interface ContentServingTable {
  id: number;
  revision: number;
  state: Json;
}

export interface ContentNodesTable {
  id: string;
  revision: number;
  ready: string[];
  seen_at: string;
}

export interface ContentModelsTable {
  hash: string;
  bytes: Buffer;
  at: string;
}

/** Who has read a draft and agrees; by the version that its files would be, so that a later change needs another. */
export interface ContentApprovalsTable {
  version: string;
  account_id: string;
  at: string;
}

/** What was done with versions, and why, in the words of who did it. */
export interface ContentPublicationsTable {
  id: string;
  at: string;
  account_id: string | null;
  action: string;
  version: string;
  message: string;
}

export interface ContentTokensTable {
  id: string;
  token_hash: string;
  account_id: string;
  name: string;
  created_at: string;
  expires_at: string;
}
