import { z } from 'zod';

/**
 * `GET /admin/content/messages?days=30`: messages that were not understood by themselves, masked, the most frequent first.
 * Times are milliseconds since 1970 UTC.
 */
export const learnableMessageSchema = z.object({
  /** The same for messages that differ in spaces and punctuation only. */
  key: z.string(),
  /** In the words in which it came last. */
  text: z.string(),
  locale: z.string(),
  count: z.coerce.number(),
  lastAt: z.coerce.number(),
  /** The intent that customers chose when they were asked, the most frequent; null when nobody chose one. */
  chosen: z.string().nullable(),
});
export type LearnableMessage = z.infer<typeof learnableMessageSchema>;

/** `POST /admin/content/messages/dismiss`: nothing is to be learned from these, whoever says them. */
export const dismissMessagesSchema = z.strictObject({
  keys: z.array(z.string().min(1).max(400)).min(1).max(500),
});
