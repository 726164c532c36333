import type { Generated } from 'kysely';
import type { Json } from './column-types';

/** Work orders and what follows from them. Times are milliseconds since 1970 UTC, kept as bigint. */
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
  /** Of a complaint that went to the authority: its number, and the answer until it is approved. */
  regulator: Json;
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
