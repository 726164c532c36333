import { z } from 'zod';

/**
 * `GET /admin/content/messages?days=30`: messages that were not understood by themselves, or
 * were taken for something else, masked, the most frequent first.
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
  /** The intent that customers chose or named in the end, the most frequent; null when nobody did. */
  chosen: z.string().nullable(),
  /** What it was taken for, and wrongly; null for what was not understood. */
  understood: z.string().nullable().default(null),
  /** Under what an agent filed it in the end; null where the customer said so, or nobody did. */
  filed: z.object({ zh: z.string(), en: z.string() }).nullable().default(null),
});
export type LearnableMessage = z.infer<typeof learnableMessageSchema>;

/** `POST /admin/content/messages/dismiss`: nothing is to be learned from these, whoever says them. */
export const dismissMessagesSchema = z.strictObject({
  keys: z.array(z.string().min(1).max(400)).min(1).max(500),
});
