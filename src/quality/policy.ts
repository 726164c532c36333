import { z } from 'zod';
import { inBoth } from '../handoff/before-sending/agent-words';

/** `dialogs/policies/quality.yaml`: the score sheet, what is found by rule, and what people look at. */
const spoken = z.strictObject({ zh: z.string().min(1).max(60), en: z.string().min(1).max(120) });
const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'small letters, digits and hyphens');
const share = z.number().min(0).max(1);

export const dimensionSchema = z.strictObject({
  id,
  name: spoken,
  points: z.number().int().min(1).max(100),
  /** What to look at. */
  asks: spoken,
});
export type Dimension = z.infer<typeof dimensionSchema>;

export const qualityPolicySchema = z.strictObject({
  sheet: z.array(dimensionSchema).min(1).max(12),
  zero: z.array(z.strictObject({ id, name: spoken })).max(12),
  automatic: z.strictObject({
    firstReplySeconds: z.number().int().min(1),
    silenceSeconds: z.number().int().min(1),
    sameLineTimes: z.number().int().min(2),
    farewells: inBoth,
    accountData: inBoth,
    askedForHuman: inBoth,
  }),
  sampling: z.strictObject({
    seed: z.string().min(1).max(40),
    shares: z.strictObject({
      'low-rating': share,
      finding: share,
      complaint: share,
      repeated: share,
      long: share,
      'new-agent': share,
      random: share,
    }),
    botFactor: share,
    lowRating: z.number().int().min(1).max(5),
    repeatedWithinDays: z.number().int().min(1).max(30),
    longMinutes: z.number().int().min(1),
    newAgentDays: z.number().int().min(0),
    secondShare: share,
  }),
  appeal: z.strictObject({ workingDays: z.number().int().min(1).max(30), calendar: z.string() }),
});
export type QualityPolicy = z.infer<typeof qualityPolicySchema>;
