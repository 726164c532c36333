import type { Json } from './column-types';

/** Mass outages. Times are milliseconds since 1970 UTC, kept as bigint. */
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
