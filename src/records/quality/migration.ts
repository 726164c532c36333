/** How good service was: stretches with what was found, people's sheets, objections. Never edited once released. */
export const QUALITY_TABLES = `
  CREATE TABLE quality_items (
    id text PRIMARY KEY,
    kind text NOT NULL,
    conversation_id text NOT NULL,
    session_id text,
    agent_id uuid REFERENCES accounts,
    channel text NOT NULL,
    dialog text,
    began_at bigint NOT NULL,
    ended_at bigint NOT NULL,
    disposition text,
    rating int,
    measures jsonb NOT NULL,
    findings jsonb NOT NULL,
    sampled_because text[] NOT NULL,
    wanted int NOT NULL,
    judged_at bigint NOT NULL,
    version int NOT NULL DEFAULT 0
  );
  CREATE INDEX quality_items_by_time ON quality_items (ended_at DESC, id);
  CREATE INDEX quality_items_of_agent ON quality_items (agent_id, ended_at DESC);
  CREATE INDEX quality_items_sampled ON quality_items (ended_at, id) WHERE wanted > 0;
  CREATE INDEX quality_items_of_session ON quality_items (session_id);
  CREATE INDEX quality_items_of_conversation ON quality_items (conversation_id);
  CREATE TABLE quality_reviews (
    id uuid PRIMARY KEY,
    item_id text NOT NULL REFERENCES quality_items,
    reviewer_id uuid NOT NULL REFERENCES accounts,
    is_appeal boolean NOT NULL,
    scores jsonb NOT NULL,
    zeros text[] NOT NULL,
    total int NOT NULL,
    comment text NOT NULL,
    at bigint NOT NULL,
    UNIQUE (item_id, reviewer_id)
  );
  CREATE TABLE quality_appeals (
    item_id text PRIMARY KEY REFERENCES quality_items,
    at bigint NOT NULL,
    reason text NOT NULL,
    decided_at bigint
  );
  CREATE INDEX quality_appeals_open ON quality_appeals (at) WHERE decided_at IS NULL;
  CREATE INDEX stretch_facts_by_time ON facts (at) WHERE type IN ('ownership', 'session', 'rating');
  `;
