import type { Locale } from '../../contract/activity';
import type { Presence, PresenceStatus } from '../../contract/desk';

/**
 * Assignment: who is there and what they can do (the roster), and who is offered what waits (the assigner). Neither
 * decides who has a conversation: that is its own turn's.
 */

/** What assignment knows of somebody who said today whether they are there. */
export interface AgentRecord {
  id: string;
  name: string;
  role: string;
  /** Skill level by group, as far as today's policy has the groups. */
  groups: Record<string, number>;
  languages: Locale[];
  capacity: number;
  /** Nothing new is offered from here on; null when no shift is known. */
  closesAt: number | null;
}

export interface AgentState extends AgentRecord {
  presence: Presence;
  /** Heard of within ONLINE_MS. */
  isThere: boolean;
  /** What counts against the capacity: conversations they have, and those that are offered to them. */
  openCount: number;
}

export interface AgentRoster {
  /** An agent says whether they are there, which is a sign of life; or somebody who leads says it of them, which is none. */
  declare(
    record: AgentRecord,
    said: { status: PresenceStatus; reason: string | null; isByAnother?: boolean },
  ): Promise<void>;
  /** What they can do has changed; nothing for somebody who has not said anything yet. */
  update(record: AgentRecord): Promise<void>;
  /** Null for somebody who has not said anything yet. */
  read(agentId: string): Promise<AgentState | null>;
  list(): Promise<AgentState[]>;
}
