import { z } from 'zod';

/** What an agent should look at again before a message leaves. */
export const findingKindSchema = z.enum(['forbidden', 'personal-data', 'link', 'promise']);
export type FindingKind = z.infer<typeof findingKindSchema>;

export const findingSchema = z.object({
  kind: findingKindSchema,
  /** Where it stands in the text, in UTF-16 units. */
  from: z.number().int(),
  to: z.number().int(),
  /** What to write instead, or to do first. */
  remedy: z.object({ zh: z.string(), en: z.string() }),
});
export type Finding = z.infer<typeof findingSchema>;
