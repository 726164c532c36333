import type {
  AccountLinksTable,
  AccountsTable,
  AgentSkillsTable,
  AgentTasksTable,
  DeskBroadcastsTable,
  OpenIdsTable,
  RecoveryCodesTable,
  SecondFactorsTable,
  SignInFailuresTable,
  SignInsTable,
} from './account-tables';
import type { BulletinsTable } from './bulletin-table';
import type { ChannelAccountsTable } from './channel-account-table';
import type {
  ContentApprovalsTable,
  ContentDraftsTable,
  ContentModelsTable,
  ContentNodesTable,
  ContentPublicationsTable,
  ContentServingTable,
  ContentTokensTable,
  ContentVersionsTable,
} from './content/tables';
import type { ContentProposalsTable, ContentTrialsTable } from './content/trial-tables';
import type { CannedRepliesTable, ConversationNotesTable } from './desk/tables';
import type {
  IncidentNoticesTable,
  IncidentReportsTable,
  IncidentSubscriptionsTable,
  IncidentsTable,
} from './incident-tables';
import type {
  DispatchOutTable,
  DispatchSwitchTable,
  EventsOutTable,
  OrderClocksTable,
  SlaOutcomesTable,
  SupervisorAlarmsTable,
  WorkOrderHistoryTable,
  WorkOrderLinksTable,
  WorkOrdersTable,
} from './order-tables';
import type { QualityAppealsTable, QualityItemsTable, QualityReviewsTable } from './quality/tables';
import type { ShiftsTable } from './rosters/tables';
import type { PracticeRunsTable } from './sandbox/tables';

/** The tables of Postgres as Kysely sees them. Times are milliseconds since 1970 UTC, kept as bigint. */
export interface Tables {
  content_trials: ContentTrialsTable;
  content_proposals: ContentProposalsTable;
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
  content_drafts: ContentDraftsTable;
  content_serving: ContentServingTable;
  content_nodes: ContentNodesTable;
  content_models: ContentModelsTable;
  content_approvals: ContentApprovalsTable;
  content_publications: ContentPublicationsTable;
  content_tokens: ContentTokensTable;
  accounts: AccountsTable;
  account_links: AccountLinksTable;
  sign_ins: SignInsTable;
  sign_in_failures: SignInFailuresTable;
  second_factors: SecondFactorsTable;
  recovery_codes: RecoveryCodesTable;
  open_ids: OpenIdsTable;
  agent_tasks: AgentTasksTable;
  desk_broadcasts: DeskBroadcastsTable;
  bulletins: BulletinsTable;
  channel_accounts: ChannelAccountsTable;
  audit: AuditTable;
  agent_skills: AgentSkillsTable;
  unanswered_questions: UnansweredQuestionsTable;
  dismissed_messages: DismissedMessagesTable;
  order_clocks: OrderClocksTable;
  sla_outcomes: SlaOutcomesTable;
  supervisor_alarms: SupervisorAlarmsTable;
  dispatch_switch: DispatchSwitchTable;
  dispatch_out: DispatchOutTable;
  incidents: IncidentsTable;
  incident_reports: IncidentReportsTable;
  incident_subscriptions: IncidentSubscriptionsTable;
  incident_notices: IncidentNoticesTable;
  conversation_notes: ConversationNotesTable;
  canned_replies: CannedRepliesTable;
  shifts: ShiftsTable;
  practice_runs: PracticeRunsTable;
  quality_items: QualityItemsTable;
  quality_reviews: QualityReviewsTable;
  quality_appeals: QualityAppealsTable;
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

/** One row each time that a question had no answer; nothing of it leads back to a conversation. */
export interface UnansweredQuestionsTable {
  id: string;
  at: string;
  locale: string;
  channel: string;
  /** The same for questions that differ in spaces and punctuation only. */
  key: string;
  text: string;
  /** The intent that the customer chose when asked; null when it was not understood at all. */
  intent: string | null;
}

/** Messages of which somebody has said that nothing is to be learned from them. */
export interface DismissedMessagesTable {
  key: string;
  account_id: string;
  at: string;
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
