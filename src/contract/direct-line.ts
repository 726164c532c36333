import { z } from 'zod';
import { activitySchema, localeSchema } from './activity';

/**
 * What clients of Direct Line 3.0 send and get below `/v3/directline`, beside activities; docs/chat.md lists the calls.
 */

/** Body of `POST /tokens/generate`, with the secret of a channel. */
export const tokenRequestSchema = z.object({
  user: z.object({ id: z.string().min(1).max(128), name: z.string().max(128).optional() }).optional(),
  /** Whom the app vouches for; only its secret may say so. */
  customer: z
    .object({
      phone: z.string().regex(/^\+?\d{5,15}$/, 'digits only'),
      accounts: z.array(z.string().max(64)).max(20).default([]),
      name: z.string().max(128).optional(),
    })
    .optional(),
  trustedOrigins: z.array(z.string().max(300)).max(20).optional(),
  locale: localeSchema.optional(),
  resume: z
    .boolean()
    .default(false)
    .describe(
      "An app's customer comes back to one and the same conversation, on every device; else each token begins a new one.",
    ),
});

/** The answer of `POST /tokens/generate` and `POST /tokens/refresh`. */
export const conversationTokenSchema = z.object({
  conversationId: z.string(),
  token: z.string(),
  expires_in: z.int().describe('Seconds.'),
});
export type ConversationToken = z.infer<typeof conversationTokenSchema>;

/** The answer of `POST /conversations` and `GET /conversations/{id}`. */
export const startedConversationSchema = conversationTokenSchema.extend({
  streamUrl: z.string().describe('Opens a WebSocket, once, within a minute.'),
});
export type StartedConversation = z.infer<typeof startedConversationSchema>;

/** The answer of `GET /conversations/{id}/activities`, and each frame of a stream. */
export const activitySetSchema = z.object({
  activities: z.array(activitySchema),
  watermark: z.string(),
});
export type ActivitySet = z.infer<typeof activitySetSchema>;

/** The answer of `POST /conversations/{id}/activities` and of an upload. */
export const postedSchema = z.object({ id: z.string() });

/** The answer of every call that is refused. */
export const refusedSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
