/**
 * A second stage for what the classifier and the knowledge are unsure of, and a writer of drafts for agents: optional,
 * behind any OpenAI-compatible endpoint. What it says is data that is checked, never an action. Off without a model.
 *
 * This file is the port to the endpoint: one question, one answer in JSON.
 */
export interface ChatQuestion {
  /** What the model is and what it must not do: written by us, never by customers. */
  instructions: string;
  /** Words and facts of others, as one JSON document: nothing in it can pass for an instruction of ours. */
  material: string;
  /** The JSON schema of the answer, and a name for it. */
  schema: Record<string, unknown>;
  name: string;
  maxTokens: number;
  signal: AbortSignal;
}

export interface ChatAnswer {
  /** What should be JSON of the schema: not parsed, not checked. */
  text: string;
  isRefusal: boolean;
  /** Null when the endpoint does not say. */
  usage: { input: number; output: number } | null;
}

/** Asks once, never again by itself. Throws a `ChatFault`. */
export type Chat = (question: ChatQuestion) => Promise<ChatAnswer>;

export type ChatFaultKind =
  | 'timeout'
  | 'rate-limited'
  | 'rejected'
  | 'server'
  | 'connection'
  | 'too-large'
  | 'bad-output';

/** Why there is no answer. Its message never holds what was asked or answered. */
export class ChatFault extends Error {
  readonly kind: ChatFaultKind;
  /** How long the endpoint asks to be left alone. */
  readonly retryAfterMs: number | null;

  constructor(kind: ChatFaultKind, retryAfterMs: number | null = null) {
    super(`the language model gave no answer: ${kind}`);
    this.name = 'ChatFault';
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }
}
