import type { Generated } from 'kysely';

/** The tables of Postgres as Kysely sees them. Times are milliseconds since 1970 UTC, kept as bigint. */
export interface Tables {
  transcript: TranscriptTable;
  facts: FactsTable;
  work_orders: WorkOrdersTable;
  work_order_history: WorkOrderHistoryTable;
  events_out: EventsOutTable;
  content_versions: ContentVersionsTable;
  accounts: AccountsTable;
  sign_ins: SignInsTable;
}

export interface TranscriptTable {
  conversation_id: string;
  position: number;
  activity: string;
}

export interface FactsTable {
  id: string;
  conversation_id: string;
  type: string;
  at: string;
  value: string;
}

export interface WorkOrdersTable {
  number: string;
  kind: string;
  status: string;
  version: number;
  conversation_id: string;
  channel: string;
  phone: string | null;
  address: string | null;
  summary: string;
  priority: string;
  promise_at: string;
  appointment: string | null;
  details: string;
  command_id: string;
  created_at: string;
  updated_at: string;
}

export interface WorkOrderHistoryTable {
  number: string;
  version: number;
  at: string;
  status: string;
  by: string;
  note: string | null;
}

export interface EventsOutTable {
  id: Generated<string>;
  conversation_id: string;
  name: string;
  value: string;
}

export interface ContentVersionsTable {
  id: string;
  created_at: string;
  files: string;
}

export interface AccountsTable {
  id: string;
  login: string;
  name: string;
  password_hash: string;
  role: string;
  disabled_at: string | null;
  failures: number;
  locked_until: string | null;
}

export interface SignInsTable {
  token_hash: string;
  account_id: string;
  expires_at: string;
}
