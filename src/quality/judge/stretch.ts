import type { ChannelId } from '../../contract/activity';

/**
 * A stretch of service: from an agent's claim until the conversation went on to somebody else, wrap-up included, or
 * the bot's part of a session. Times are milliseconds since 1970 UTC.
 */
export interface Stretch {
  /** `<conversation>:h:<epoch>` or `<conversation>:b:<session>` */
  id: string;
  kind: 'human' | 'bot';
  conversationId: string;
  sessionId: string | null;
  agentId: string | null;
  channel: ChannelId;
  dialog: string | null;
  beganAt: number;
  endedAt: number;
}

export interface SpokenLine {
  position: number;
  at: number;
  role: 'user' | 'bot' | 'agent';
  text: string;
}

/** A stretch with all that it is judged by. */
export interface Material extends Stretch {
  lines: SpokenLine[];
  /** Since when it is proven who speaks; null: never was. */
  provedAt: number | null;
  /** What was promised in the stretch as a task. */
  tasks: { createdAt: number; dueAt: number; doneAt: number | null }[];
  /** True when an agent closed it; false when it was passed on. */
  isClosed: boolean;
  disposition: string | null;
  rating: number | null;
  /** When the conversation began to wait for, or was given to, a human. */
  humanAt: number[];
  isComplaint: boolean;
  /** Sessions of the same customer in the days before. */
  sessionsBefore: number;
  /** When the agent's account was made; null for the bot. */
  accountMadeAt: number | null;
}
