import { z } from 'zod';

/** What agents are shown before a message leaves, as it is written in `dialogs/policies/agent-words.yaml`. */
const phrases = z.array(z.string().trim().min(2).max(60)).max(500).default([]);
export const inBoth = z.strictObject({ zh: phrases, en: phrases });
const spoken = z.strictObject({ zh: z.string().min(1).max(120), en: z.string().min(1).max(200) });

/** What a forbidden phrase is for whoever judges the quality of service. */
export const meaningSchema = z.enum(['insult', 'appeal-discouraged', 'personal-data-asked']);

export const agentWordsSchema = z.strictObject({
  forbidden: z
    .array(z.strictObject({ means: meaningSchema.optional(), words: inBoth, remedy: spoken }))
    .max(100),
  promises: inBoth,
  /** Hosts that links may lead to, with all hosts below them. */
  linkHosts: z
    .array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a host such as help.operator.example'))
    .max(200),
});
export type AgentWords = z.infer<typeof agentWordsSchema>;
