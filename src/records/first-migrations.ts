/** The changes of the tables before agents had skills, oldest first. Closed: `migrations.ts` goes on. */
export const firstMigrations: string[] = [
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
  CREATE INDEX ownership_facts ON facts (conversation_id, ((value->>'epoch')::bigint) DESC)
    WHERE type = 'ownership';
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
    reason text,
    note text,
    PRIMARY KEY (number, version)
  );
  CREATE TABLE work_order_links (
    conversation_id text NOT NULL,
    number text NOT NULL REFERENCES work_orders,
    at bigint NOT NULL,
    PRIMARY KEY (conversation_id, number)
  );
  CREATE TABLE one_time_codes (
    phone text PRIMARY KEY,
    conversation_id text,
    code_hash text,
    expires_at bigint NOT NULL,
    tries_left int NOT NULL
  );
  CREATE TABLE one_time_code_sends (
    command_id text PRIMARY KEY,
    phone text NOT NULL,
    at bigint NOT NULL,
    expires_at bigint NOT NULL,
    is_sent boolean NOT NULL
  );
  CREATE INDEX one_time_code_sends_of_phone ON one_time_code_sends (phone, at);
  CREATE INDEX one_time_code_sends_by_time ON one_time_code_sends (at);
  CREATE TABLE one_time_code_checks (
    command_id text PRIMARY KEY,
    at bigint NOT NULL,
    is_verified boolean NOT NULL,
    tries_left int NOT NULL
  );
  CREATE INDEX one_time_code_checks_by_time ON one_time_code_checks (at);
  CREATE TABLE events_out (
    id bigserial PRIMARY KEY,
    conversation_id text NOT NULL,
    name text NOT NULL,
    value jsonb NOT NULL
  );
  CREATE TABLE content_versions (
    id text PRIMARY KEY,
    created_at bigint NOT NULL,
    used_at bigint NOT NULL,
    files jsonb NOT NULL
  );
  CREATE TABLE accounts (
    id uuid PRIMARY KEY,
    login text NOT NULL UNIQUE,
    name text NOT NULL,
    password_hash text,
    role text NOT NULL,
    disabled_at bigint,
    created_at bigint NOT NULL
  );
  CREATE TABLE account_links (
    token_hash text PRIMARY KEY,
    account_id uuid REFERENCES accounts,
    expires_at bigint NOT NULL
  );
  CREATE TABLE sign_ins (
    token_hash text PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts,
    expires_at bigint NOT NULL
  );
  CREATE INDEX sign_ins_of_account ON sign_ins (account_id);
  CREATE TABLE sign_in_failures (
    id uuid PRIMARY KEY,
    login_hash text NOT NULL,
    at bigint NOT NULL
  );
  CREATE INDEX sign_in_failures_of_login ON sign_in_failures (login_hash, at DESC);
  CREATE TABLE audit (
    id uuid PRIMARY KEY,
    at bigint NOT NULL,
    account_id uuid REFERENCES accounts,
    action text NOT NULL,
    subject text NOT NULL,
    note text
  );
  CREATE INDEX audit_by_time ON audit (at);
  `,
  `
  CREATE TABLE customers (
    id uuid PRIMARY KEY,
    name text,
    created_at bigint NOT NULL,
    merged_into uuid REFERENCES customers
  );
  CREATE TABLE customer_links (
    id uuid PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES customers,
    kind text NOT NULL,
    key text NOT NULL,
    conversation_id text,
    holder text,
    proof text NOT NULL,
    proof_id text NOT NULL,
    proved_at bigint NOT NULL,
    revoked_at bigint,
    revoked_because text
  );
  CREATE INDEX customer_links_of_customer ON customer_links (customer_id) WHERE revoked_at IS NULL;
  CREATE INDEX customer_links_of_key ON customer_links (kind, key);
  CREATE INDEX customer_links_of_any_time ON customer_links (conversation_id);
  CREATE UNIQUE INDEX customer_of_conversation ON customer_links (conversation_id)
    WHERE revoked_at IS NULL AND conversation_id IS NOT NULL;
  CREATE UNIQUE INDEX customer_of_phone ON customer_links (key) WHERE revoked_at IS NULL AND kind = 'phone';
  ALTER TABLE one_time_code_checks
    ADD COLUMN conversation_id text,
    ADD COLUMN phone text,
    ADD COLUMN used_by text;
  CREATE INDEX one_time_code_checks_of_conversation ON one_time_code_checks (conversation_id, at);
  `,
  `
  CREATE TABLE unanswered_questions (
    id text PRIMARY KEY,
    at bigint NOT NULL,
    locale text NOT NULL,
    channel text NOT NULL,
    key text NOT NULL,
    text text NOT NULL
  );
  CREATE INDEX unanswered_questions_by_time ON unanswered_questions (at);
  `,
  `
  ALTER TABLE work_orders ADD COLUMN area text;
  CREATE INDEX work_orders_of_area ON work_orders (area, created_at) WHERE area IS NOT NULL;
  `,
  `
  CREATE TABLE wechat_users (
    conversation_id text PRIMARY KEY,
    user_id text NOT NULL,
    union_key text NOT NULL,
    at bigint NOT NULL
  );
  CREATE INDEX wechat_users_of_union ON wechat_users (union_key);
  `,
  `
  ALTER TABLE work_orders
    ADD COLUMN repeats int NOT NULL DEFAULT 0,
    ADD COLUMN pause jsonb;
  CREATE TABLE order_clocks (
    number text NOT NULL REFERENCES work_orders,
    clock text NOT NULL,
    policies_hash text NOT NULL,
    state jsonb NOT NULL,
    next_at bigint,
    PRIMARY KEY (number, clock)
  );
  CREATE INDEX order_clocks_due ON order_clocks (next_at) WHERE next_at IS NOT NULL;
  CREATE TABLE sla_outcomes (
    id text PRIMARY KEY,
    at bigint NOT NULL,
    subject text NOT NULL,
    clock text NOT NULL,
    policy text NOT NULL,
    conversation_id text NOT NULL,
    number text,
    area text,
    channel text,
    began_at bigint NOT NULL,
    due_at bigint,
    is_kept boolean NOT NULL,
    renewals int NOT NULL
  );
  CREATE INDEX sla_outcomes_by_time ON sla_outcomes (at);
  CREATE TABLE supervisor_alarms (
    id text PRIMARY KEY,
    at bigint NOT NULL,
    reason text NOT NULL,
    conversation_id text NOT NULL,
    number text,
    policy text,
    percent real,
    seen_at bigint,
    seen_by text
  );
  CREATE INDEX supervisor_alarms_open ON supervisor_alarms (at) WHERE seen_at IS NULL;
  `,
  `
  ALTER TABLE work_orders ADD COLUMN field jsonb;
  ALTER TABLE work_order_history ADD COLUMN key text;
  CREATE UNIQUE INDEX work_order_history_by_key ON work_order_history (number, key) WHERE key IS NOT NULL;
  `,
  `
  CREATE TABLE incidents (
    id text PRIMARY KEY,
    area text NOT NULL,
    symptoms text[] NOT NULL,
    status text NOT NULL,
    version int NOT NULL,
    revision int NOT NULL,
    text jsonb,
    expected_at bigint,
    finding jsonb,
    began_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    confirmed_at bigint,
    recovered_at bigint,
    ended_at bigint
  );
  CREATE INDEX incidents_of_area ON incidents (area, updated_at);
  CREATE INDEX incidents_by_status ON incidents (status, updated_at);
  CREATE TABLE incident_reports (
    id text PRIMARY KEY,
    at bigint NOT NULL,
    area text NOT NULL,
    symptom text NOT NULL,
    conversation_id text NOT NULL,
    channel text NOT NULL,
    customer text NOT NULL,
    is_counted boolean NOT NULL,
    is_judged boolean NOT NULL,
    incident text REFERENCES incidents
  );
  CREATE INDEX incident_reports_of_area ON incident_reports (area, at);
  CREATE INDEX incident_reports_by_time ON incident_reports (at);
  CREATE INDEX incident_reports_of_incident ON incident_reports (incident) WHERE incident IS NOT NULL;
  CREATE INDEX incident_reports_unjudged ON incident_reports (at) WHERE NOT is_judged;
  CREATE TABLE incident_subscriptions (
    incident text NOT NULL REFERENCES incidents,
    conversation_id text NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (incident, conversation_id)
  );
  CREATE TABLE incident_notices (
    incident text NOT NULL REFERENCES incidents,
    conversation_id text NOT NULL,
    revision int NOT NULL,
    news text NOT NULL,
    due_at bigint NOT NULL,
    PRIMARY KEY (incident, conversation_id)
  );
  CREATE INDEX incident_notices_due ON incident_notices (due_at);
  ALTER TABLE work_orders ADD COLUMN incident text REFERENCES incidents;
  CREATE INDEX work_orders_of_incident ON work_orders (incident) WHERE incident IS NOT NULL;
  ALTER TABLE supervisor_alarms ADD COLUMN incident text;
  `,
  `
  CREATE TABLE dispatch_switch (is_on boolean PRIMARY KEY CHECK (is_on));
  CREATE TABLE dispatch_out (
    number text NOT NULL REFERENCES work_orders,
    version int NOT NULL,
    at bigint NOT NULL,
    next_at bigint NOT NULL,
    attempts int NOT NULL DEFAULT 0,
    message jsonb NOT NULL,
    reason text,
    dead_at bigint,
    PRIMARY KEY (number, version)
  );
  CREATE INDEX dispatch_out_due ON dispatch_out (next_at) WHERE dead_at IS NULL;
  `,
];
