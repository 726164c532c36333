import { z } from 'zod';
import { localeSchema } from './activity';

/** Ways in which a reply is shown, as a preview tells them apart. */
export const previewChannelSchema = z.enum(['web', 'app', 'wechat-menu', 'wechat-text', 'wecom']);
export type PreviewChannel = z.infer<typeof previewChannelSchema>;

/** `POST /admin/content/preview`: a dialog's file as it is being written, and the step to be shown. */
export const previewRequestSchema = z.strictObject({
  text: z.string().max(400_000),
  step: z.string().max(200),
});

export const previewSchema = z.object({
  said: z.array(
    z.object({
      /** The key of the step that holds the text. */
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
