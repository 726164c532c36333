import { z } from 'zod';
import { localeSchema } from './activity';

/**
 * What the operator's server is sent for a customer of its app who is not connected: the body of a POST to
 * `APP_PUSH_URL`. docs/app-push.md says how it is signed, repeated and collapsed.
 */
const common = {
  /** The same key is the same push, however often it arrives: it is also the header `Idempotency-Key`. */
  key: z.string().min(1).max(64).describe('The same key is the same push, however often it arrives.'),
  conversationId: z.string(),
  /** As the app's server named the customer when it asked for a token. */
  userId: z.string().describe('The customer, as the token request named them.'),
  collapseKey: z
    .string()
    .min(1)
    .max(64)
    .describe('One a conversation: what comes later under it replaces what is shown.'),
  sequence: z
    .int()
    .min(1)
    .describe('Rises with each push of a conversation; one that is lower than the last one taken is stale.'),
  createdAt: z.iso.datetime().describe('When the push was made, in UTC.'),
};

export const appPushSchema = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('message'),
    ...common,
    count: z.int().min(1).describe('Messages that wait for the customer.'),
    title: z.string(),
    text: z
      .string()
      .max(120)
      .nullable()
      .describe('The newest message, short, without personal data; null where no text may be sent.'),
    locale: localeSchema,
    link: z
      .object({ conversationId: z.string(), orderNumber: z.string().nullable() })
      .describe('Where a tap leads: the conversation, and the work order that the newest message is about.'),
  }),
  /** The customer has read on elsewhere: what is shown under the collapse key is to be taken away. */
  z.object({ event: z.literal('withdraw'), ...common, count: z.literal(0) }),
]);
export type AppPush = z.infer<typeof appPushSchema>;
