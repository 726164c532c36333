import { z } from 'zod';

/** A case of another customer that was solved, as a colleague looks it up: nothing of it says whose it was. */
export const similarCaseSchema = z.object({
  id: z.string(),
  type: z.enum(['conversation', 'order']),
  /** When it was solved, in ms since 1970 UTC. */
  at: z.number(),
  /** What an agent filed it under, as `<service>/<result>`; null for an order. */
  disposition: z.string().nullable(),
  /** Number of an order; null for a conversation. */
  order: z.string().nullable(),
  /** In the words of whoever solved it, without personal data. */
  helped: z.string(),
  /** From 1 to 5; null when it was not rated. */
  rating: z.number().nullable(),
  /** Null for whoever may not read the conversation. */
  conversationId: z.string().nullable(),
});
export type SimilarCase = z.infer<typeof similarCaseSchema>;

/** A solved case before it is compared: what its customer said, and who that was. */
export interface SolvedCase extends Omit<SimilarCase, 'conversationId'> {
  conversationId: string;
  /** Dialog that was open when it was closed; null for none. */
  dialog: string | null;
  words: string;
  /** Names of the customer, to be taken out of what is shown. */
  names: string[];
}

/** What a solved case is looked for with. */
export interface AskedCase {
  /** Messages of the customer that say something. */
  words: string[];
  dialog: string | null;
}
