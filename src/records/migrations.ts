/** Every change of the tables, oldest first. Never edited once released: a change is a new entry at the end. */
export const migrations: string[] = [
  `
  CREATE TABLE transcript (
    conversation_id text NOT NULL,
    position int NOT NULL,
    activity jsonb NOT NULL,
    PRIMARY KEY (conversation_id, position)
  );
  CREATE TABLE facts (
    id text PRIMARY KEY,
    conversation_id text NOT NULL,
    type text NOT NULL,
    at bigint NOT NULL,
    value jsonb NOT NULL
  );
  CREATE INDEX facts_of_conversation ON facts (conversation_id, at);
  CREATE TABLE work_orders (
    number text PRIMARY KEY,
    kind text NOT NULL,
    status text NOT NULL,
    version int NOT NULL,
    conversation_id text NOT NULL,
    channel text NOT NULL,
    phone text,
    address text,
    summary text NOT NULL,
    priority text NOT NULL,
    promise_at bigint NOT NULL,
    appointment jsonb,
    details jsonb NOT NULL,
    command_id text NOT NULL UNIQUE,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
  );
  CREATE INDEX work_orders_of_conversation ON work_orders (conversation_id, created_at DESC);
  CREATE INDEX work_orders_of_phone ON work_orders (phone, created_at DESC);
  CREATE TABLE work_order_history (
    number text NOT NULL REFERENCES work_orders,
    version int NOT NULL,
    at bigint NOT NULL,
    status text NOT NULL,
    by text NOT NULL,
    note text,
    PRIMARY KEY (number, version)
  );
  CREATE TABLE events_out (
    id bigserial PRIMARY KEY,
    conversation_id text NOT NULL,
    name text NOT NULL,
    value jsonb NOT NULL
  );
  CREATE TABLE content_versions (id text PRIMARY KEY, created_at bigint NOT NULL, files jsonb NOT NULL);
  CREATE TABLE accounts (
    id uuid PRIMARY KEY,
    login text NOT NULL UNIQUE,
    name text NOT NULL,
    password_hash text NOT NULL,
    role text NOT NULL,
    disabled_at bigint,
    failures int NOT NULL DEFAULT 0,
    locked_until bigint
  );
  CREATE TABLE sign_ins (
    token_hash text PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts,
    expires_at bigint NOT NULL
  );
  `,
];
