import { z } from 'zod';
import { localeSchema } from './activity';

/** What an utterance means: joined in `turns/` from what `understanding/` finds, read by `dialogs/`. */
export const entitySchema = z.object({
  /** phone | broadband-account | address | address-part | datetime | id-card | light | speed | amount | … */
  type: z.string(),
  /** The words as typed: `text.slice(start, end)`. */
  text: z.string(),
  start: z.number().int(),
  end: z.number().int(),
  /** The normal form: a string, a number, or an object of the entity's own shape. */
  value: z.unknown(),
});
export type Entity = z.infer<typeof entitySchema>;

export const scoredIntentSchema = z.object({ intent: z.string(), probability: z.number() });
export type ScoredIntent = z.infer<typeof scoredIntentSchema>;

/** Why an utterance skips everything else. */
export const dangerSchema = z.enum(['physical', 'self-harm', 'emergency-call', 'scam']);
export type Danger = z.infer<typeof dangerSchema>;

export const understandingSchema = z.object({
  text: z.string(),
  locale: localeSchema,
  danger: dangerSchema.nullable(),
  /** The intents found, in the order of the utterance; empty when the recognizer refuses. */
  intents: z.array(scoredIntentSchema),
  /** The best candidates whatever the threshold, most probable first (at most three). */
  candidates: z.array(scoredIntentSchema),
  /** True when the two best candidates are so close that it is better to ask which. */
  isClose: z.boolean(),
  entities: z.array(entitySchema),
  /** The customer swears or threatens, or is old, ill or pregnant: a human is offered first. */
  isUpset: z.boolean(),
  /** The customer says that something is not wanted ("不要取消预约"): nothing of it may be done. */
  isNegated: z.boolean().optional(),
});
export type Understanding = z.infer<typeof understandingSchema>;

/** The intent classifier of one content version. Pure after construction; microseconds a call. */
export interface Recognizer {
  /** Content hash of what it was trained on. */
  readonly version: string;
  recognize(text: string): Pick<Understanding, 'intents' | 'candidates' | 'isClose'>;
}

/** Training examples of one intent, as `intents/<id>.yaml` has them. */
export interface IntentExamples {
  id: string;
  examples: { zh: string[]; en: string[] };
}
