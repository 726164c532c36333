import { z } from 'zod';
import { localeSchema } from './activity';

/** Ways in which a reply is shown, as a preview tells them apart. */
export const previewChannelSchema = z.enum(['web', 'app', 'wechat-menu', 'wechat-text', 'wecom']);
export type PreviewChannel = z.infer<typeof previewChannelSchema>;

/**
 * `POST /admin/content/preview`: a dialog's file as it is being written, and the step to be shown; or an article's, and
 * the file of the patterns that answers are said with.
 */
export const previewRequestSchema = z.union([
  z.strictObject({ text: z.string().max(400_000), step: z.string().max(200) }),
  z.strictObject({ article: z.string().max(400_000), patterns: z.string().max(400_000) }),
]);
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
