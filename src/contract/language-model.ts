import { z } from 'zod';

/** What a language model is used for; calls and refusals are counted apart by it. */
export const modelPurposes = ['message', 'summary', 'reply', 'examples'] as const;
export type ModelPurpose = (typeof modelPurposes)[number];

/** Money is in the currency of the prices; 0 is no limit. Tokens are those of questions and answers together. */
export interface LanguageModelSettings {
  baseUrl: string;
  apiKey: string;
  model: string;
  /** How the endpoint is told the shape of the answer. */
  structure: 'json-schema' | 'tools' | 'json-object';
  /** A message of a customer waits no longer, an agent no longer. Milliseconds. */
  turnBudgetMs: number;
  agentBudgetMs: number;
  /** Of one million tokens. */
  price: { input: number; output: number };
  /** A conversation never ends, so its limits are of a day too. */
  perConversationDay: { tokens: number; money: number };
  perDay: { tokens: number; money: number };
}

/** Why a call was not made, or what it brought was not used. */
export const modelRefusals = [
  'conversation-budget',
  'day-budget',
  'breaker-open',
  'rate-limited',
  'timeout',
  'rejected',
  'server',
  'connection',
  'too-large',
  'refusal',
  'bad-output',
] as const;
export type ModelRefusal = (typeof modelRefusals)[number];

/** What a model wrote for an agent. */
export const modelDraftSchema = z.object({ text: z.string(), writtenBy: z.literal('model') });
export type ModelDraft = z.infer<typeof modelDraftSchema>;

/** `dropped`: it stated what nothing in the conversation states. */
export type Drafted = { status: 'drafted'; draft: ModelDraft } | { status: ModelRefusal | 'dropped' };
