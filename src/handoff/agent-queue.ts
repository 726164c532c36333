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

/** For so long it is remembered how many were served, from which the wait is estimated. */
export const SERVED_MS = 30 * 60_000;

/** The line of one skill group. */
export interface QueueLine {
  group: string;
  /** Members on duty; those who serve every group and said nothing yet do not count. */
  onDuty: number;
  waiting: number;
  /** Taken by agents within `servedWithinMs`. */
  served: number;
  /** Up to SERVED_MS: since the first of those served. */
  servedWithinMs: number;
  /** The first in line. */
  conversationIds: string[];
}

/** Whom a conversation counts for, from an epoch on. */
export interface NotedOwner {
  conversationId: string;
  agentId: string;
  epoch: number;
}

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
  /**
   * Takes a conversation out, unless it was put in again at a later epoch. `agentId`: whom it counts for from this epoch
   * on; null for nobody, left out when it is not known.
   */
  remove(conversationId: string, epoch: number, agentId?: string | null): Promise<void>;
  /** By place: since when somebody waits, less their head start. */
  list(limit: number): Promise<QueueEntry[]>;
  /** In all of the queue, counted from 1; null when the conversation is not in it. */
  position(conversationId: string): Promise<number | null>;
  /** In the line of its skill group, counted from 1; null when the conversation is not in the queue. */
  place(conversationId: string): Promise<{ group: string; position: number } | null>;
  /** The lines of groups, in the order in which they are asked for. */
  lines(groups: string[]): Promise<QueueLine[]>;
  /**
   * Holds a conversation for one agent for RESERVE_MS; the same agent may do so again, and so prolongs what is offered
   * to them. It decides nothing.
   */
  reserve(conversationId: string, agentId: string): Promise<'reserved' | 'taken' | 'gone'>;
  /** Lets go what this agent holds; what another holds stays. */
  free(conversationId: string, agentId: string): Promise<void>;
  /**
   * `online` and `away` are what an agent says; `seen` is any sign of life, which does not undo `away`. `alive` is one of
   * somebody who leads: they are on duty only by saying so. `gone` takes the last sign back, until there is another.
   */
  notePresence(agentId: string, sign: 'online' | 'away' | 'seen' | 'alive' | 'gone'): Promise<void>;
  /** Ids of the agents heard of within ONLINE_MS who did not say that they are away or on a break. */
  onlineAgents(): Promise<string[]>;
  /** Of whom a conversation counts for, some at a time; `cursor` is "0" at first and again at the end. */
  owners(cursor: string): Promise<{ cursor: string; owners: NotedOwner[] }>;
  /** Whether the queue was filled since the store was empty. */
  isBuilt(): Promise<boolean>;
  markBuilt(): Promise<void>;
}
