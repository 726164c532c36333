import { z } from 'zod';

/** What the page in a WebView says to the app around it, and hears from it: docs/chat.md says how. */
export const toAppSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('token'), id: z.string() }),
  z.object({ type: z.literal('photo'), id: z.string() }),
  /** Somebody tapped an order. */
  z.object({ type: z.literal('order'), number: z.string() }),
  z.object({ type: z.literal('close') }),
]);
export type ToApp = z.infer<typeof toAppSchema>;

export const fromAppSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('token'), id: z.string(), token: z.string() }),
  z.object({
    type: z.literal('photo'),
    id: z.string(),
    dataUrl: z.string().nullable().describe('Null when the customer took no picture.'),
  }),
  /** The customer came from this order of the app's. */
  z.object({ type: z.literal('ask-order'), number: z.string() }),
]);
export type FromApp = z.infer<typeof fromAppSchema>;
