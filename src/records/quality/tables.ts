import type { Generated } from 'kysely';
import type { Json } from '../column-types';

/** How good service was. Times are milliseconds since 1970 UTC, kept as bigint. */
export interface QualityItemsTable {
  id: string;
  kind: string;
  conversation_id: string;
  session_id: string | null;
  /** Null for the bot. */
  agent_id: string | null;
  channel: string;
  dialog: string | null;
  began_at: string;
  ended_at: string;
  disposition: string | null;
  rating: number | null;
  measures: Json;
  findings: Json;
  /** Why people look at it; empty: they do not. */
  sampled_because: string[];
  /** How many people are to look at it. */
  wanted: number;
  judged_at: string;
  /** Raised by every sheet. */
  version: Generated<number>;
}

/** One sheet; nobody writes two about one stretch. */
export interface QualityReviewsTable {
  id: string;
  item_id: string;
  reviewer_id: string;
  /** Written because the agent objected: it is what counts. */
  is_appeal: boolean;
  scores: Json;
  zeros: string[];
  total: number;
  comment: string;
  at: string;
}

export interface QualityAppealsTable {
  item_id: string;
  at: string;
  reason: string;
  decided_at: string | null;
}
