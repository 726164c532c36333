import type { Role } from '../../../accounts/account';
import type { Permission } from '../../../accounts/permissions';
import type { Attachment, ChannelId, Locale } from '../../../contract/activity';
import type { BulletinForAgent } from '../../../contract/bulletins';
import type { Ownership, Priority } from '../../../contract/conversation';
import type { BotPart, DeliveryView, SendWindow } from '../../../contract/handoff';
import type { OrderKind, OrderStatus } from '../../../contract/orders';
import type { RegulatorCase } from '../../../contract/regulator';

/** What the agents' HTTP API answers, as the desk reads it. Times are milliseconds since 1970 UTC unless said otherwise. */
export interface Account {
  id: string;
  login: string;
  name: string;
  role: Role;
  permissions: Permission[];
}

/** A conversation that waits for an agent. */
export interface QueueRow {
  conversationId: string;
  priority: Priority;
  since: number;
  reason: string;
  channel: ChannelId;
  dialog: string | null;
  lastText: string;
  position: number;
  reservedBy: string | null;
}

/** A conversation that the agent has. */
export interface MineRow {
  conversationId: string;
  channel: ChannelId;
  owner: Ownership['owner'];
  since: number;
  priority: Priority;
  reason: string | null;
  dialog: string | null;
  lastText: string;
  /** When the next promise about it is due; null when none runs. */
  dueAt: number | null;
  /** Position of its newest line: what lies above what was read is unread. */
  position: number;
  /** True when the newest word is the customer's. */
  isWaiting: boolean;
}

export interface Line {
  position: number;
  type: string;
  /** ISO 8601. */
  timestamp?: string;
  from: { role: 'user' | 'bot' | 'agent'; name?: string; agentId?: string };
  text?: string;
  event?: string;
  /** Position of the message that this takes back. */
  recalls?: number;
  attachments?: Attachment[];
  quickReplies?: string[];
  writtenBy?: 'model';
  delivery?: DeliveryView;
}

export interface Order {
  number: string;
  kind: OrderKind;
  status: OrderStatus;
  version: number;
  promiseAt: number;
  summary: string;
  phone: string | null;
  address: string | null;
  createdAt: number;
  repeats: number;
  pause?: { reason: string; since: number; isDisputed: boolean };
  /** Of a complaint that was taken to the authority. */
  regulator?: RegulatorCase | null;
}

/** Files that the customer sent about a complaint; their addresses hold for a while. */
export interface Evidence {
  at: string;
  attachments?: { contentType: string; contentUrl?: string; name?: string }[];
}

export interface OrderStep {
  version: number;
  at: number;
  status: OrderStatus;
  by: string;
  reason: string | null;
  note: string | null;
}

export interface Conversation {
  conversationId: string;
  channel: ChannelId;
  user: { name: string | null };
  customer: {
    name: string | null;
    phone: string | null;
    accounts: string[];
    record?: { name: string | null; phone: string | null; address: string | null } | null;
  } | null;
  verified: { by: string | null; at: number | null; phone: string } | null;
  linkedChannels: { channel: ChannelId; provedAt: number }[];
  ownership: Ownership;
  /** Colleagues whom the owner has asked in. */
  guests: { agentId: string; agentName: string; mayWrite: boolean }[];
  locale: Locale | null;
  bot: BotPart;
  openCalls: { operation: string; since: number }[];
  orders: Order[];
  transcript: Line[];
  queuePosition: number | null;
  sendWindow: SendWindow | null;
  /** Emergency bulletins for this customer. */
  bulletins: BulletinForAgent[];
  isRevealed: boolean;
}

export interface Note {
  id: string;
  conversationId: string;
  at: number;
  by: { id: string; name: string };
  text: string;
  mentions: string[];
}

export interface PastSession {
  id: string;
  conversationId: string;
  channel: ChannelId;
  startedAt: number;
  endedAt: number | null;
  outcome: string | null;
  disposition: string | null;
  note: string | null;
  rating: number | null;
}

export interface Incident {
  id: string;
  area: string;
  /** Null for an area that the content no longer has. */
  areaName: { zh: string; en: string } | null;
  symptoms: string[];
  status: string;
  text: { zh: string; en: string } | null;
  expectedAt: number | null;
}

export interface Background {
  sessions: PastSession[];
  incidents: Incident[];
}

export interface Passage {
  id: string;
  title: string;
  text: string;
  source: string;
}

interface Spoken {
  zh: string;
  en: string;
}

export interface Colleague {
  id: string;
  name: string;
  role: Account['role'];
}

export interface Settings {
  colleagues: Colleague[];
  /** The operator's, in which its promises are spoken of. */
  timeZone: string;
  hasModel: boolean;
  /** Then a wrap-up ends by itself. */
  wrapUpSeconds: number;
  dispositions: Dispositions;
}

export interface Dispositions {
  services: { id: string; name: Spoken; results: { id: string; name: Spoken }[] }[];
}
