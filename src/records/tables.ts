import type { ColumnType, Generated } from 'kysely';

/** Written as JSON text, read as the value that Postgres parsed. */
type Json = ColumnType<unknown, string | null, string | null>;

/** The tables of Postgres as Kysely sees them. Times are milliseconds since 1970 UTC, kept as bigint. */
export interface Tables {
  transcript: TranscriptTable;
  facts: FactsTable;
  work_orders: WorkOrdersTable;
  work_order_history: WorkOrderHistoryTable;
  work_order_links: WorkOrderLinksTable;
  events_out: EventsOutTable;
  one_time_codes: OneTimeCodesTable;
  one_time_code_sends: OneTimeCodeSendsTable;
  one_time_code_checks: OneTimeCodeChecksTable;
  customers: CustomersTable;
  customer_links: CustomerLinksTable;
  wechat_users: WechatUsersTable;
  content_versions: ContentVersionsTable;
  accounts: AccountsTable;
  account_links: AccountLinksTable;
  sign_ins: SignInsTable;
  sign_in_failures: SignInFailuresTable;
  audit: AuditTable;
  unanswered_questions: UnansweredQuestionsTable;
  order_clocks: OrderClocksTable;
  sla_outcomes: SlaOutcomesTable;
  supervisor_alarms: SupervisorAlarmsTable;
  dispatch_switch: DispatchSwitchTable;
  dispatch_out: DispatchOutTable;
  incidents: IncidentsTable;
  incident_reports: IncidentReportsTable;
  incident_subscriptions: IncidentSubscriptionsTable;
  incident_notices: IncidentNoticesTable;
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
  /** Id of the service area. */
  area: string | null;
  summary: string;
  priority: string;
  promise_at: string;
  appointment: Json;
  details: Json;
  command_id: string;
  created_at: string;
  updated_at: string;
  /** How often it was opened again. */
  repeats: Generated<number>;
  /** Why it stands still; null while it does not. */
  pause: Json;
  /** How the work in the field stands; null before anybody was sent. */
  field: Json;
  /** The mass outage that it hangs under. */
  incident: string | null;
}

/** One row a clock of an order: its event log, and when the next threshold is reached. */
export interface OrderClocksTable {
  number: string;
  clock: string;
  /** Of the set of policies that it was looked at with last. */
  policies_hash: string;
  state: Json;
  next_at: string | null;
}

/** What became of a promise that was due: kept or not. */
export interface SlaOutcomesTable {
  id: string;
  at: string;
  subject: string;
  clock: string;
  policy: string;
  conversation_id: string;
  number: string | null;
  area: string | null;
  channel: string | null;
  began_at: string;
  due_at: string | null;
  is_kept: boolean;
  renewals: number;
}

export interface SupervisorAlarmsTable {
  id: string;
  at: string;
  reason: string;
  conversation_id: string;
  number: string | null;
  policy: string | null;
  percent: number | null;
  /** The mass outage that it tells of. */
  incident: string | null;
  seen_at: string | null;
  seen_by: string | null;
}

/** A mass outage, suspected or declared. */
export interface IncidentsTable {
  id: string;
  area: string;
  symptoms: string[];
  status: string;
  version: number;
  /** Of what customers are told; 0 before they are. */
  revision: number;
  text: Json;
  expected_at: string | null;
  /** Why it was suspected; null when it was declared by hand. */
  finding: Json;
  began_at: string;
  updated_at: string;
  confirmed_at: string | null;
  recovered_at: string | null;
  ended_at: string | null;
}

/** One fault report, as it is counted. */
export interface IncidentReportsTable {
  id: string;
  at: string;
  area: string;
  symptom: string;
  conversation_id: string;
  channel: string;
  /** The customer's id or a keyed hash: who it was cannot be read from it. */
  customer: string;
  /** False for the same again within a day. */
  is_counted: boolean;
  is_judged: boolean;
  incident: string | null;
}

export interface IncidentSubscriptionsTable {
  incident: string;
  conversation_id: string;
  at: string;
}

/** What a conversation is yet to be told; newer news takes the place of older. */
export interface IncidentNoticesTable {
  incident: string;
  conversation_id: string;
  revision: number;
  news: string;
  due_at: string;
}

/** A row while the operator's systems are told of orders. */
export interface DispatchSwitchTable {
  is_on: boolean;
}

/** What the operator's systems are still to be told of an order. */
export interface DispatchOutTable {
  number: string;
  version: number;
  at: string;
  next_at: string;
  attempts: Generated<number>;
  message: Json;
  reason: string | null;
  /** When it was given up. */
  dead_at: string | null;
}

export interface WorkOrderHistoryTable {
  number: string;
  version: number;
  at: string;
  status: string;
  by: string;
  reason: string | null;
  note: string | null;
  /** By which a message that was sent twice is known; null for changes that come once only. */
  key: string | null;
}

/** An order that a verified asker named, shown in that conversation from then on. */
export interface WorkOrderLinksTable {
  conversation_id: string;
  number: string;
  at: string;
}

export interface EventsOutTable {
  id: Generated<string>;
  conversation_id: string;
  name: string;
  value: Json;
}

/** One row a phone: its newest code, null once used up. The row is the lock of everything about the phone. */
export interface OneTimeCodesTable {
  phone: string;
  conversation_id: string | null;
  code_hash: string | null;
  expires_at: string;
  tries_left: number;
}

export interface OneTimeCodeSendsTable {
  command_id: string;
  phone: string;
  at: string;
  expires_at: string;
  is_sent: boolean;
}

export interface OneTimeCodeChecksTable {
  command_id: string;
  at: string;
  is_verified: boolean;
  tries_left: number;
  conversation_id: string | null;
  phone: string | null;
  /** The command that linked a customer by it: a proof is good for one. */
  used_by: string | null;
}

export interface CustomersTable {
  id: string;
  name: string | null;
  created_at: string;
  /** The customer that this one turned out to be. */
  merged_into: string | null;
}

/** What belongs to a customer, how that was proven and when it ended. */
export interface CustomerLinksTable {
  id: string;
  customer_id: string;
  /** The channel of a conversation, `phone` or `account` (broadband). */
  kind: string;
  /** The user of the channel (on WeChat account and openid), the phone, or the account. */
  key: string;
  /** Null for phones and accounts. */
  conversation_id: string | null;
  /** Of a phone: a keyed hash of whom the operator had as its holder. */
  holder: string | null;
  proof: string;
  /** The command that it was proven by. */
  proof_id: string;
  proved_at: string;
  revoked_at: string | null;
  revoked_because: string | null;
}

/** Which person of WeChat a conversation is with, across the accounts of one open platform. */
export interface WechatUsersTable {
  conversation_id: string;
  user_id: string;
  union_key: string;
  at: string;
}

export interface ContentVersionsTable {
  id: string;
  created_at: string;
  used_at: string;
  files: string;
}

export interface AccountsTable {
  id: string;
  login: string;
  name: string;
  /** Null until the holder has set one by a link. */
  password_hash: string | null;
  role: string;
  disabled_at: string | null;
  created_at: string;
}

export interface AccountLinksTable {
  token_hash: string;
  /** Null: the link makes the first admin. */
  account_id: string | null;
  expires_at: string;
}

export interface SignInsTable {
  token_hash: string;
  account_id: string;
  expires_at: string;
}

export interface SignInFailuresTable {
  id: string;
  login_hash: string;
  at: string;
}

/** One row each time that a question had no answer; nothing of it leads back to a conversation. */
export interface UnansweredQuestionsTable {
  id: string;
  at: string;
  locale: string;
  channel: string;
  /** The same for questions that differ in spaces and punctuation only. */
  key: string;
  text: string;
}

export interface AuditTable {
  id: string;
  at: string;
  /** Who; null for what nobody signed in did. */
  account_id: string | null;
  action: string;
  subject: string;
  note: string | null;
}
