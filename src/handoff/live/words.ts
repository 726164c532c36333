import { z } from 'zod';

/** What a desk sends over its socket. */
export const fromDesk = {
  /** The conversations that the page shows or lists: it hears of these, and of no others. */
  watch: z.array(z.string().min(1).max(200)).max(500),
  typing: z.string().min(1).max(200),
} as const;

export interface FromDesk {
  watch: (conversationIds: string[], done?: () => void) => void;
  typing: (conversationId: string) => void;
}

/** What a desk hears: hints, and no words of customers. */
export interface ToDesk {
  /** Something was said or done in a conversation, up to a position of its log. */
  conversation: (news: { conversationId: string; position: number }) => void;
  'customer-typing': (news: { conversationId: string }) => void;
  /** Notes of a conversation have changed. */
  notes: (news: { conversationId: string }) => void;
  /** Somebody named you in a note. */
  mention: (news: { conversationId: string; by: string }) => void;
  /** What waits, or what the agent has. */
  queue: () => void;
  /** What is reserved for the agent. */
  offer: () => void;
  /** Who is there. */
  presence: () => void;
  /** What those who lead tell everybody. */
  broadcast: () => void;
}
