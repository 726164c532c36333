import { z } from 'zod';
import { contentProblemSchema } from './content-editing';

/** What a line may expect, by the word that names it in a script. */
export const expectedSchema = z.enum([
  'intent',
  'step',
  'handoff',
  'priority',
  'locale',
  'count',
  'taps',
  'calls',
  'argument',
  'slot',
]);

/**
 * What a line of a scripted conversation lacks, as data: `lineProblemText` says it in English to logs and programs, the
 * editor in the language of whoever reads it. Values are JSON texts.
 */
export const lineProblemSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('differs'),
    what: expectedSchema,
    /** Of the slot or argument; null for anything else. */
    name: z.string().nullable(),
    wanted: z.string(),
    got: z.string(),
  }),
  z.object({ type: z.literal('missing'), piece: z.string(), said: z.array(z.string()) }),
  z.object({ type: z.literal('unwanted'), piece: z.string(), said: z.array(z.string()) }),
  /** A `result` without a call that waits for one. */
  z.object({ type: z.literal('no-call') }),
  z.object({ type: z.literal('endless-calls') }),
  z.object({ type: z.literal('no-outcome'), operation: z.string(), name: z.string() }),
  z.object({ type: z.literal('bad-duration'), text: z.string() }),
  /** What nobody foresaw, in English. */
  z.object({ type: z.literal('broken'), message: z.string() }),
]);
export type LineProblem = z.infer<typeof lineProblemSchema>;

/** What keeps a talk with a draft from going on: its files, or the line that was said. */
export const talkFaultSchema = z.union([
  lineProblemSchema,
  z.object({ type: z.literal('content'), problem: contentProblemSchema }),
]);
export type TalkFault = z.infer<typeof talkFaultSchema>;
