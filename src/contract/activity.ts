import { z } from 'zod';

/**
 * The shared vocabulary of what channels deliver and what we send: a subset of the Bot Framework Activity schema
 * (https://github.com/microsoft/botframework-sdk/blob/main/specs/botframework-activity/botframework-activity.md).
 * Times are ISO 8601 in UTC.
 */
export const localeSchema = z.enum(['zh', 'en']);
export type Locale = z.infer<typeof localeSchema>;

export const channelIdSchema = z.enum(['web', 'app', 'wechat', 'wecom', 'bot-framework']);
export type ChannelId = z.infer<typeof channelIdSchema>;

export const participantSchema = z.object({
  id: z.string().max(256),
  name: z.string().max(256).optional(),
  role: z.enum(['user', 'bot', 'agent']).optional(),
});
export type Participant = z.infer<typeof participantSchema>;

export const attachmentSchema = z.object({
  contentType: z.string().max(200),
  contentUrl: z.string().max(4000).optional(),
  name: z.string().max(400).optional(),
  content: z.unknown().optional(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

export const cardActionSchema = z.object({
  type: z.enum(['imBack', 'postBack', 'openUrl']),
  title: z.string(),
  value: z.string(),
});

export const activitySchema = z.object({
  type: z.enum(['message', 'event', 'typing', 'conversationUpdate', 'endOfConversation', 'invoke', 'trace']),
  id: z.string().optional(),
  timestamp: z.string().optional(),
  channelId: z.string().optional(),
  from: participantSchema,
  recipient: participantSchema.optional(),
  conversation: z.object({ id: z.string() }).optional(),
  locale: z.string().max(35).optional(),
  text: z.string().optional(),
  textFormat: z.enum(['plain', 'markdown']).optional(),
  inputHint: z.enum(['acceptingInput', 'expectingInput', 'ignoringInput']).optional(),
  attachments: z.array(attachmentSchema).max(10).optional(),
  suggestedActions: z
    .object({ to: z.array(z.string()).optional(), actions: z.array(cardActionSchema) })
    .optional(),
  /** Of an event: what happened; of an endOfConversation: see protocols. */
  name: z.string().max(200).optional(),
  code: z.string().optional(),
  value: z.unknown().optional(),
  replyToId: z.string().optional(),
  channelData: z.unknown().optional(),
});
export type Activity = z.infer<typeof activitySchema>;

/** Events that our own parts send into a conversation. Nobody outside may send a name with one of these prefixes. */
export const INTERNAL_EVENTS = ['call.', 'timer.', 'agent.', 'order.', 'customer.', 'session.'] as const;

/** True for names that only our own parts may put into a conversation. */
export const isInternalEvent = (name: string | undefined): boolean =>
  INTERNAL_EVENTS.some((prefix) => name?.startsWith(prefix) ?? false);
