import { z } from 'zod';
import { orderViewSchema } from './orders';

/**
 * What is shown beside the words of a reply, and the events of the log that keep it true. Channels that show only words
 * lose nothing: the words say it all.
 */

/** In `channelData` of a reply that names work orders: what a card shows of them. */
export const orderCardsSchema = z.object({
  orders: z.array(orderViewSchema).min(1),
  /** IANA zone of the operator, in which its promises are spoken. */
  timeZone: z.string(),
});
export type OrderCards = z.infer<typeof orderCardsSchema>;

/** Events in the log of channels that read it; no words go with them. */
export const noticeEvents = {
  /** How an order stands now: cards of it show this from here on. */
  'order.status': z.object({ order: orderViewSchema }),
  /** Who has the conversation now. */
  'handoff.status': z.object({
    owner: z.enum(['bot', 'queued', 'human', 'wrap-up']),
    /** True when nobody is on duty: the bot goes on serving meanwhile. */
    isBotServing: z.boolean(),
    /** The agent who has it; null unless `human`. */
    agentName: z.string().nullable(),
  }),
  /** An agent has taken a message back: it is shown no more. */
  'message.recalled': z.object({
    /** That of its activity. */
    id: z.string(),
  }),
} as const;
export type HandoffStatus = z.infer<(typeof noticeEvents)['handoff.status']>;
