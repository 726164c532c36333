import { z } from 'zod';
import { localeSchema } from './activity';
import { qualityFindingSchema } from './quality';

/** Practice with simulated customers: apart from all conversations, counted nowhere. Times are ms since 1970 UTC. */
export const practiceLineSchema = z.object({
  position: z.number().int(),
  at: z.number(),
  role: z.enum(['user', 'agent']),
  text: z.string(),
});

export const practiceStateSchema = z.object({
  lines: z.array(practiceLineSchema),
  /** Ids of facts that were asked for and goals that were reached. */
  reached: z.array(z.string()),
  tasks: z.array(z.object({ createdAt: z.number(), dueAt: z.number() })),
});
export type PracticeState = z.infer<typeof practiceStateSchema>;

export const practiceResultSchema = z.object({
  /** From 0 to 100; 0 for what is unforgivable. */
  total: z.number().int(),
  time: z.number().int(),
  tone: z.number().int(),
  facts: z.number().int(),
  goals: z.number().int(),
  filing: z.number().int(),
  findings: z.array(qualityFindingSchema),
  missedFacts: z.number().int(),
  missedGoals: z.number().int(),
  disposition: z.string(),
  /** What would have been right. */
  expected: z.array(z.string()),
});
export type PracticeResult = z.infer<typeof practiceResultSchema>;

export const practiceRunSchema = z.object({
  id: z.string(),
  scenario: z.string(),
  accountName: z.string(),
  locale: localeSchema,
  beganAt: z.coerce.number(),
  endedAt: z.coerce.number().nullable(),
  state: practiceStateSchema,
  result: practiceResultSchema.nullable(),
});
export type PracticeRun = z.infer<typeof practiceRunSchema>;

/** `POST /practice` */
export const newPracticeSchema = z.strictObject({
  id: z.uuid(),
  scenario: z.string().max(40),
  locale: localeSchema,
});
/** `POST /practice/:id/messages` */
export const practiceMessageSchema = z.strictObject({ text: z.string().trim().min(1).max(4000) });
/** `POST /practice/:id/tasks` */
export const practiceTaskSchema = z.strictObject({
  minutes: z
    .number()
    .int()
    .min(1)
    .max(7 * 24 * 60),
});
/** `POST /practice/:id/end` */
export const practiceEndSchema = z.strictObject({ disposition: z.string().max(100) });

export interface PracticeCard {
  id: string;
  name: { zh: string; en: string };
  card: { zh: string; en: string };
  minutes: number;
}
