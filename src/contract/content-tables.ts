import { z } from 'zod';

/** `GET /admin/content/tables/unspoken?days=30`: facts that customers were not told because they did not hold. */
export const unspokenCountsSchema = z.object({
  facts: z.array(
    z.object({
      /** `fees.install.price`. */
      fact: z.string(),
      reason: z.enum(['expired', 'later', 'missing']),
      count: z.coerce.number(),
    }),
  ),
});
export type UnspokenCounts = z.infer<typeof unspokenCountsSchema>;
