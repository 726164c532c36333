import type { Offer } from '../../contract/desk';
import type { Routing } from '../routing/routing';

/** What one round of assignment did. */
export type AssignmentNews =
  | { type: 'offered'; conversationId: string; agentId: string; untilAt: number }
  /** Nobody took it in time: it goes to the next. */
  | { type: 'lapsed'; conversationId: string; agentId: string }
  /** Several offers in a row lapsed: the agent counts as away. */
  | { type: 'away'; agentId: string };

export interface Assigner {
  /**
   * Offers what waits to agents who suit, by place in line: skills, language, capacity and presence decide who may; who
   * had the customer last comes first, then the least loaded. It only reserves. At most `limit` offers; more may be
   * possible when as many were made.
   */
  assign(routing: Routing, limit: number): Promise<AssignmentNews[]>;
  /** What is offered to an agent now. */
  offersOf(agentId: string): Promise<Offer[]>;
  /** Gives an offer back, to be offered to the next. False when it was not theirs (any more). */
  decline(conversationId: string, agentId: string, notAgainMs: number): Promise<boolean>;
  /** What agents have of whom nothing was heard for ONLINE_MS and the grace. The epoch is that of their having it. */
  lost(graceMs: number): Promise<{ agentId: string; conversationId: string; epoch: number }[]>;
}
