import type { Activity } from '../contract/activity';
import type { Entry, TurnResult } from '../contract/conversation';

/**
 * The port to where conversations live. Its promises: an accepted activity survives the death of any process, is
 * committed exactly once, and everything a commit writes becomes visible together or not at all.
 */

/** The right to commit the turn at the head of an inbox, until it lapses by the store's own clock. */
export interface Lease {
  conversationId: string;
  fence: string;
  version: string;
  epoch: number;
  /** The serialised state; empty for a new conversation. */
  state: string;
  entry: Entry;
  /** Position of the customer's activity in the log; 0 when it is not logged. */
  position: number;
  /** Set when the entry cannot be read: `entry` is then a stand-in with its turn id. */
  damage: { error: Error; stored: string } | null;
  /** How often this activity was begun, this time included, and how often it threw. */
  attempts: number;
  failures: number;
}

export type BusyReason = 'inbox' | 'rate' | 'records' | 'memory';

export type Accepted =
  | { status: 'accepted'; position: number; lease: Lease | null }
  | { status: 'duplicate'; position: number; result: Record<string, unknown> | null }
  | { status: 'busy'; reason: BusyReason; retryAfterSeconds: number };

export interface AcceptOptions {
  /** Back-pressure applies to what people send, never to our own events. */
  isLimited: boolean;
  /** Whether the activity is part of the visible log. */
  isLogged: boolean;
  /**
   * The timer that this activity is the firing of: it is removed in the same step. One that was cancelled or set to
   * another time since it was found due does not fire (`duplicate`).
   */
  timer?: { id: string; dueAt: number };
  /** False leaves the turn to whoever polls. */
  wantsLease: boolean;
}

export type Committed =
  | { status: 'committed'; position: number; next: Lease | null }
  | { status: 'lost'; reason: string };

export interface LogEntry {
  position: number;
  activity: Activity;
}

export interface DueTimer {
  conversationId: string;
  id: string;
  dueAt: number;
  value: unknown;
}

export interface TurnStore {
  accept(conversationId: string, entry: Entry, options: AcceptOptions): Promise<Accepted>;
  /** Takes the lease of a conversation with something waiting; null when it is held, empty or of a newer schema. */
  lease(conversationId: string): Promise<Lease | null>;
  commit(
    lease: Lease,
    result: Omit<TurnResult<unknown>, 'state'> & { state: string },
    options: { takesNext: boolean; deadLetter?: string },
  ): Promise<Committed>;
  /** Gives the lease back; a failure (its message) counts against the activity, null does not. */
  abandon(lease: Lease, pauseMs: number, failure: string | null): Promise<void>;
  /** What the last failed attempt of a turn died of. */
  lastFailure(conversationId: string, turnId: string): Promise<string>;
  /** What a key's turn came to: null when the key was never seen, `result: null` while it is pending. */
  outcome(
    conversationId: string,
    turnId: string,
  ): Promise<{ position: number; result: Record<string, unknown> | null } | null>;
  /** The log after a position, oldest first. */
  readLog(conversationId: string, after: number, limit: number): Promise<LogEntry[]>;
  lastPosition(conversationId: string): Promise<number>;
  /** Of many conversations at once, in their order; 0 for one that does not exist. */
  lastPositions(conversationIds: string[]): Promise<number[]>;
  readState(conversationId: string): Promise<string>;
  /** The channel a conversation began in; null when there is no such conversation. */
  channelOf(conversationId: string): Promise<string | null>;
  /** Conversations of the given shards that may be taken now. */
  ready(shards: number[], limit: number): Promise<string[]>;
  /** Timers of the given shards due at `now` (the engine's clock, not the store's). */
  due(shards: number[], now: number, limit: number): Promise<DueTimer[]>;
}
