import { z } from 'zod';
import { inBoth } from '../handoff/before-sending/agent-words';

/** `dialogs/desk/practice.yaml`: simulated customers, their words and what is expected of the trainee. */
const spoken = z.strictObject({ zh: z.string().min(1).max(200), en: z.string().min(1).max(300) });
const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'small letters, digits and hyphens');

export const scenarioSchema = z.strictObject({
  id,
  name: spoken,
  /** Within which it can be done well. */
  minutes: z.number().int().min(1).max(60),
  /** False: account data may not be told before a proof. */
  isProven: z.boolean(),
  /** What the bot found, as the card of a conversation has it. */
  card: spoken,
  opens: z.array(spoken).min(1).max(5),
  /** What has to be asked; the customer says each once. */
  facts: z.array(z.strictObject({ id, asked: inBoth, says: spoken })).max(12),
  /** What has to be said. */
  goals: z.array(z.strictObject({ id, when: inBoth, says: spoken })).max(12),
  /** To whatever is neither. */
  otherwise: spoken,
  /** Any of them is right. */
  dispositions: z.array(z.string()).min(1),
});
export type Scenario = z.infer<typeof scenarioSchema>;

export const practiceFileSchema = z.strictObject({ scenarios: z.array(scenarioSchema).max(100) });
