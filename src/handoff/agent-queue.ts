import type { QueueItem } from '../contract/handoff';

/**
 * Handoff: who has a conversation (`ownership.ts`, decided by the conversation's own turns), and the agents' queue,
 * which only shows what those turns decided. It lies outside them, is fed by their commands, and can be rebuilt from
 * what they recorded. Times are milliseconds since 1970 UTC by the clock of the store.
 */

/** An agent has so long to have the conversation confirm what was reserved. */
export const RESERVE_MS = 10_000;
/** An agent who was not heard of for so long is not online any more. */
export const ONLINE_MS = 30_000;

export interface QueueEntry extends QueueItem {
  /** Counted from 1. */
  position: number;
  waitingSeconds: number;
  /** The agent who is about to take it; null when it is free. */
  reservedBy: string | null;
}

/** The queue and who is there to work on it. Everything may be said twice or late: the epoch decides. */
export interface AgentQueue {
  /** Puts a conversation in. One that left at this epoch or later stays out; an older epoch changes nothing. */
  put(item: QueueItem): Promise<void>;
  /** Takes a conversation out, unless it was put in again at a later epoch. */
  remove(conversationId: string, epoch: number): Promise<void>;
  /** Danger, high, normal; within one the longest waiting first. */
  list(limit: number): Promise<QueueEntry[]>;
  /** Counted from 1; null when the conversation is not in the queue. */
  position(conversationId: string): Promise<number | null>;
  /** Holds a conversation for one agent for RESERVE_MS; the same agent may do so again. It decides nothing. */
  reserve(conversationId: string, agentId: string): Promise<'reserved' | 'taken' | 'gone'>;
  /** Lets go what this agent holds; what another holds stays. */
  free(conversationId: string, agentId: string): Promise<void>;
  /** `online` and `away` are what an agent says; `seen` is any sign of life, which does not undo `away`. */
  notePresence(agentId: string, sign: 'online' | 'away' | 'seen'): Promise<void>;
  /** Ids of the agents heard of within ONLINE_MS who did not say that they are away. */
  onlineAgents(): Promise<string[]>;
  /** Whether the queue was filled since the store was empty. */
  isBuilt(): Promise<boolean>;
  markBuilt(): Promise<void>;
}
