import { z } from 'zod';
import { localeSchema } from './activity';
import { nearMissSchema } from './refusals';

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

/**
 * What the language model makes of a message that nothing else understood: never an action. A concern or an answer to
 * the open question is put to the customer as a question; words from the knowledge name their sources.
 */
export const adviceSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('intent'), intent: z.string() }),
  /** What the customer seems to answer: the label of an option, or words that the finders read. */
  z.object({ type: z.literal('words'), text: z.string(), entities: z.array(entitySchema) }),
  z.object({
    type: z.literal('answer'),
    text: z.string(),
    sources: z.array(z.object({ id: z.string(), title: z.string(), source: z.string() })),
  }),
]);
export type Advice = z.infer<typeof adviceSchema>;

/** The question that a dialog waits for an answer to, as the customer reads it. */
export interface OpenQuestion {
  text: string;
  /** Labels of the options; empty when it is no choice. */
  options: string[];
  /** Slots of the dialog that entities fill; secret ones are left out. */
  slots: { name: string; title: string; entity: string }[];
}

/** How a message sounds that may name no matter: in anger, of trouble that came again, of something broken. */
export const grievanceSchema = z.strictObject({
  isAngry: z.boolean(),
  isRepeated: z.boolean(),
  isBroken: z.boolean(),
});
export type Grievance = z.infer<typeof grievanceSchema>;

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
  /** What looks like an entity and is none, with the reason; absent where nobody looked. */
  nearMisses: z.array(nearMissSchema).optional(),
  /** The customer swears or threatens, or is old, ill or pregnant: a human is offered first. */
  isUpset: z.boolean(),
  /** Absent where neither anger nor trouble that came again is in the words. */
  grievance: grievanceSchema.optional(),
  /** The customer says that something is not wanted ("不要取消预约"): nothing of it may be done. */
  isNegated: z.boolean().optional(),
  /** Only for what is not understood without it; absent without a language model. */
  advice: adviceSchema.optional(),
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
