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
