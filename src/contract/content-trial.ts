import { z } from 'zod';
import { lineProblemSchema } from './script-problem';

/** What came of trying a draft before it is published. All of it JSON; times are ISO 8601 UTC. */
export const failedConversationSchema = z.object({
  file: z.string(),
  name: z.string(),
  problems: z.array(z.object({ line: z.number().int(), said: z.string(), problem: lineProblemSchema })),
});
export type FailedConversation = z.infer<typeof failedConversationSchema>;

export const rehearsalSchema = z.object({
  played: z.number().int(),
  failed: z.array(failedConversationSchema),
  /** Dialogs that no scripted conversation comes to. */
  untried: z.array(z.string()),
});
export type Rehearsal = z.infer<typeof rehearsalSchema>;

/** Shares between 0 and 1, over the examples that both versions have. */
export const measuredSchema = z.object({ accuracy: z.number(), wrongAccepted: z.number() });
export const confusionSchema = z.object({
  intent: z.string(),
  as: z.string(),
  before: z.number().int(),
  after: z.number().int(),
});
export const comparisonSchema = z.object({
  before: measuredSchema,
  after: measuredSchema,
  /** How much worse it may become. */
  margin: z.number(),
  isWorse: z.boolean(),
  /** Pairs that are taken for each other more often than before, the worst first. */
  confused: z.array(confusionSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** What one of two versions makes of a message. */
export const outcomeSchema = z.object({
  intent: z.string().nullable(),
  /** Where the conversation stands: `dialog/step`. */
  step: z.string().nullable(),
  replies: z.array(z.string()),
  handoff: z.string().nullable(),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** The first message of a past conversation that two versions answer otherwise; its words are masked. */
export const differenceSchema = z.object({
  conversation: z.string(),
  /** Which of its messages, from 1. */
  line: z.number().int(),
  said: z.string(),
  before: outcomeSchema,
  after: outcomeSchema,
  /** What it comes from, the same for all that have it in common. */
  cause: z.string(),
});
export type Difference = z.infer<typeof differenceSchema>;

export const trialResultSchema = z.object({
  rehearsal: rehearsalSchema,
  /** Null where nothing that intents are learned from has changed. */
  comparison: comparisonSchema.nullable(),
  replayed: z.number().int(),
  differences: z.array(differenceSchema),
});
export type TrialResult = z.infer<typeof trialResultSchema>;

export const verdictSchema = z.enum(['accepted', 'refused']);
export type Verdict = z.infer<typeof verdictSchema>;

export const trialSchema = z.object({
  id: z.string(),
  /** The version that the draft would be, and the one that it was compared with. */
  version: z.string(),
  base: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  startedAt: z.string(),
  result: trialResultSchema.nullable(),
  /** By cause of a difference. */
  verdicts: z.record(z.string(), verdictSchema),
  /** What keeps the draft from being published, each a sentence with what to do; empty when nothing does. */
  blocks: z.array(z.string()),
});
export type Trial = z.infer<typeof trialSchema>;

export const startTrialSchema = z.strictObject({ revision: z.number().int().min(0) });
export const judgeTrialSchema = z.strictObject({
  causes: z.array(z.string().max(400)).min(1).max(500),
  verdict: verdictSchema,
});

/** A conversation of a customer, masked, that somebody wants to be a test; somebody else reads it first. */
export const proposalSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** The scripted conversation, YAML. */
  script: z.string(),
  proposedBy: z.object({ id: z.string(), name: z.string() }),
  proposedAt: z.string(),
});
export type Proposal = z.infer<typeof proposalSchema>;

export const newProposalSchema = z.strictObject({
  sessionId: z.string().min(1).max(200),
  name: z.string().trim().min(1).max(120),
});
