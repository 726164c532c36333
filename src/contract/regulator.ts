import { z } from 'zod';

/**
 * A complaint that the customer has taken to the authority: a case of its own, with the authority's number, a deadline of
 * its own, and an answer that a supervisor approves before it goes out. Times are milliseconds since 1970 UTC.
 */
const signed = { by: z.string(), at: z.number() };

export const regulatorCaseSchema = z.object({
  /** The authority's own number; null while nobody knows it. */
  caseNumber: z.string().nullable(),
  /** The complaint that went before; null for none. */
  firstCase: z.string().nullable(),
  /** The answer as it was drafted last. */
  reply: z.object({ text: z.string(), ...signed }).nullable(),
  /** Why it was sent back to whoever drafted it. */
  returned: z.object({ note: z.string().nullable(), ...signed }).nullable(),
  /** Who approved it; it has gone out then. */
  approved: z.object(signed).nullable(),
});
export type RegulatorCase = z.infer<typeof regulatorCaseSchema>;

/** How a case begins. */
export const regulatorStartSchema = z.object({
  caseNumber: z.string().max(100).nullish(),
  firstCase: z.string().max(40).nullish(),
});

export const beginCase = ({
  caseNumber,
  firstCase,
}: z.infer<typeof regulatorStartSchema>): RegulatorCase => ({
  caseNumber: caseNumber ?? null,
  firstCase: firstCase ?? null,
  reply: null,
  returned: null,
  approved: null,
});
