import { z } from 'zod';
import { channelIdSchema, localeSchema } from './activity';
import { talkFaultSchema } from './script-problem';
import { scoredIntentSchema } from './understanding';

/** `POST /admin/content/talk`: everything that was said so far, so that a step back is one line less. */
export const talkLineSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('say'), text: z.string().min(1).max(1000) }),
  z.strictObject({ type: z.literal('start'), dialog: z.string().min(1).max(200) }),
]);
export type TalkLine = z.infer<typeof talkLineSchema>;

export const talkRequestSchema = z.strictObject({
  lines: z.array(talkLineSchema).min(1).max(60),
  channel: channelIdSchema.default('web'),
  locale: localeSchema.default('zh'),
});

/** What came of one line. */
export const talkTurnSchema = z.object({
  replies: z.array(z.object({ text: z.string(), quickReplies: z.array(z.string()) })),
  /** The best candidates, most probable first; empty where nothing was said. */
  intents: z.array(scoredIntentSchema),
  /** Reasons for which a human would have been called. */
  handoffs: z.array(z.string()),
  /** What was asked of the world outside. */
  calls: z.array(z.string()),
  /** Where the conversation stands then; null when no dialog is open. */
  place: z.object({ dialog: z.string(), step: z.string() }).nullable(),
  /** What is known then, by name; empty slots are left out. */
  slots: z.record(z.string(), z.unknown()),
});
export type TalkTurn = z.infer<typeof talkTurnSchema>;

export const talkSchema = z.object({
  /** False while what the draft changes is being learned: ask again. */
  isReady: z.boolean(),
  turns: z.array(talkTurnSchema),
  /** Why it went no further; null when it did. */
  fault: talkFaultSchema.nullable(),
});
export type Talk = z.infer<typeof talkSchema>;
