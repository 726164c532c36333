import { z } from 'zod';

/** `dialogs/refusals.yaml`: what is told to somebody whose answer cannot be taken, with an example of one that can. */
const spoken = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const text = spoken.extend({ bubble: z.enum(['long']).optional() });
const kindSchema = z.strictObject({
  /** What it is called: "您发的是电话号码". */
  name: spoken,
  /** One that would be taken. */
  example: spoken.optional(),
  /** By reason; `off` is by how many characters it is too short or too long. */
  reasons: z.record(z.string(), text).default({}),
});

export const refusalWordsSchema = z.strictObject({
  /** For what is of another kind than was asked: `found` and `wanted` are names of kinds, `example` is of the wanted one. */
  'other-kind': text,
  /** For what was masked because it is never needed here: `found` is its name. */
  masked: text,
  kinds: z.record(z.string(), kindSchema),
});
export type RefusalWords = z.infer<typeof refusalWordsSchema>;
