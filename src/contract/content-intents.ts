import { z } from 'zod';

/** What the intents of a draft are worth, by cross-validation; all counts are of messages. */
export const intentScoreSchema = z.object({
  intent: z.string(),
  messages: z.number().int(),
  /** Whose best intent is the right one, whatever the certainty. */
  right: z.number().int(),
  /** 0 to 1. */
  f1: z.number(),
});

export const takenForSchema = z.object({
  intent: z.string(),
  as: z.string(),
  count: z.number().int(),
  /** Some of them. */
  texts: z.array(z.string()),
});
export type TakenFor = z.infer<typeof takenForSchema>;

/** What comes of a threshold: every message is accepted and right, accepted and wrong, or refused. */
export const thresholdEffectSchema = z.object({
  threshold: z.number(),
  right: z.number().int(),
  wrong: z.number().int(),
  refused: z.number().int(),
  /** Of what belongs to no intent, refused as it should be. */
  strangersRefused: z.number().int(),
});
export type ThresholdEffect = z.infer<typeof thresholdEffectSchema>;

export const measuredIntentsSchema = z.object({
  messages: z.number().int(),
  strangers: z.number().int(),
  /** Share of messages whose best intent is right, 0 to 1. */
  accuracy: z.number(),
  /** In use: the draft's own, or the one that is chosen from the examples. */
  threshold: z.number(),
  isOwnThreshold: z.boolean(),
  /** The one that is chosen from the examples. */
  chosenThreshold: z.number(),
  /** By rising threshold. */
  effects: z.array(thresholdEffectSchema),
  /** The worst first. */
  intents: z.array(intentScoreSchema),
  /** The most frequent first. */
  takenFor: z.array(takenForSchema),
});
export type MeasuredIntents = z.infer<typeof measuredIntentsSchema>;

/** `GET /admin/content/intents/measure`: false while it is being worked out; ask again. */
export const intentMeasuresSchema = z.discriminatedUnion('isReady', [
  z.object({ isReady: z.literal(false) }),
  z.object({
    isReady: z.literal(true),
    draft: measuredIntentsSchema,
    /** Of what customers have now; null where it is the same. */
    current: measuredIntentsSchema.nullable(),
  }),
]);
export type IntentMeasures = z.infer<typeof intentMeasuresSchema>;
