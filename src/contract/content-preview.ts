import { z } from 'zod';
import { localeSchema } from './activity';

/** Ways in which a reply is shown, as a preview tells them apart. */
export const previewChannelSchema = z.enum(['web', 'app', 'wechat-menu', 'wechat-text', 'wecom']);
export type PreviewChannel = z.infer<typeof previewChannelSchema>;

/** Tables of facts that a text names (by file name), the file of the places, and where and when it is said. */
const factsSchema = z.strictObject({
  tables: z.record(z.string().max(120), z.string().max(400_000)),
  areas: z.string().max(400_000),
  /** A city or province; null for a customer of whom nothing is known. */
  place: z.string().max(40).nullable(),
  /** As 2026-11-29. */
  day: z.iso.date(),
});

/**
 * `POST /admin/content/preview`: a dialog's file as it is being written, and the step to be shown; or an article's, and
 * the file of the patterns that answers are said with. `facts`: what they are said of; nothing without it.
 */
export const previewRequestSchema = z.union([
  z.strictObject({ text: z.string().max(400_000), step: z.string().max(200), facts: factsSchema.optional() }),
  z.strictObject({
    article: z.string().max(400_000),
    patterns: z.string().max(400_000),
    facts: factsSchema.optional(),
  }),
]);
export type PreviewFacts = z.infer<typeof factsSchema>;
export type PreviewRequest = z.infer<typeof previewRequestSchema>;

export const previewSchema = z.object({
  said: z.array(
    z.object({
      /** The key of the step that holds the text; of an article `answer` and `offer`. */
      part: z.string(),
      locale: localeSchema,
      channel: previewChannelSchema,
      /** Bubbles, what can be tapped, and limits of the channel that are passed. */
      texts: z.array(z.string()),
      taps: z.array(z.string()),
      broken: z.array(z.string()),
    }),
  ),
  /** Why there is nothing to be shown; null when there is. */
  fault: z.string().nullable(),
});
export type ContentPreview = z.infer<typeof previewSchema>;
