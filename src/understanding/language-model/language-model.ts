import CircuitBreaker from 'opossum';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { LanguageModelSettings, ModelPurpose, ModelRefusal } from '../../contract/language-model';
import { type Chat, type ChatAnswer, ChatFault, type ChatQuestion } from './chat';
import type { ModelCounts } from './counts';
import type { Cost, Spending } from './spending';
import { costOf, mostTokensOf } from './tokens';

/** A question to the model, with the schema of its answer. */
export interface ModelQuestion<S extends z.ZodType> {
  purpose: ModelPurpose;
  /** Whose budget it is besides that of the day: a conversation's id. */
  subject: string;
  instructions: string;
  /** Becomes one JSON document: words of customers are values in it. */
  material: Record<string, unknown>;
  schema: S;
  maxTokens: number;
  /** After so long there is no answer, whatever is under way. Milliseconds. */
  withinMs: number;
}

export type ModelAnswer<T> = { status: 'answered'; value: T } | { status: ModelRefusal };

/**
 * Asks the model within all budgets. Never throws, never answers later than `withinMs`; what it answers fits the
 * schema and is to be trusted no further.
 */
export interface LanguageModel {
  ask<S extends z.ZodType>(question: ModelQuestion<S>): Promise<ModelAnswer<z.infer<S>>>;
  close(): void;
}

export interface LanguageModelDependencies {
  settings: Pick<LanguageModelSettings, 'price'>;
  chat: Chat;
  spending: Spending;
  counts: ModelCounts;
  clock: () => number;
  log: Logger;
  /** How long nobody is asked after too many failures. */
  restMs?: number;
}

/** The breaker opens when half of at least five calls within half a minute failed. */
const BREAKER = { errorThresholdPercentage: 50, volumeThreshold: 5, rollingCountTimeout: 30_000 };
const REST_MS = 30_000;
/** An endpoint that says "too many" without saying how long is left alone for this long. */
const PAUSE_MS = 5_000;

/** Without the address of the dialect, which some endpoints refuse. */
function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema);
  return rest;
}

/** JSON, bare or in the fence that many models put around it. */
function parseJson(text: string): unknown {
  const bare = /^\s*```(?:json)?\s*([\s\S]*?)\s*```\s*$/.exec(text)?.[1] ?? text;
  try {
    return JSON.parse(bare);
  } catch {
    return undefined;
  }
}

type Breaker = CircuitBreaker<[ChatQuestion], ChatAnswer>;

function createBreaker({ chat, log, restMs = REST_MS }: LanguageModelDependencies): Breaker {
  const breaker: Breaker = new CircuitBreaker(chat, {
    ...BREAKER,
    timeout: false,
    resetTimeout: restMs,
    // "Too many" has a pause of its own, and nonsense comes from an endpoint that works.
    errorFilter: (error: unknown) =>
      error instanceof ChatFault && (error.kind === 'rate-limited' || error.kind === 'bad-output'),
  });
  breaker.on('open', () => log.warn('the language model fails too often and is not asked for a while'));
  breaker.on('close', () => log.info('the language model answers again'));
  return breaker;
}

export function createLanguageModel(deps: LanguageModelDependencies): LanguageModel {
  const { spending, counts, clock, log, settings } = deps;
  let pausedUntil = 0;
  // An endpoint that is too slow for a customer who waits may be fast enough for an agent.
  const [forTurns, forDrafts] = [createBreaker(deps), createBreaker(deps)];

  function reasonOf(error: unknown): ModelRefusal {
    if (!(error instanceof ChatFault)) return 'breaker-open';
    if (error.kind === 'rate-limited') pausedUntil = clock() + (error.retryAfterMs ?? PAUSE_MS);
    return error.kind;
  }

  /** What a call has cost: what the endpoint says, else the most that it can have been. */
  async function settle(
    answer: ChatAnswer | null,
    most: Cost,
    giveBack: (actual: Cost) => Promise<void>,
  ): Promise<void> {
    const usage = answer?.usage;
    if (!usage) return;
    counts.add('tokens.input', usage.input);
    counts.add('tokens.output', usage.output);
    const actual = costOf(usage, settings.price);
    if (actual.tokens !== most.tokens || actual.money !== most.money) await giveBack(actual);
  }

  async function call(question: ChatQuestion, subject: string): Promise<ChatAnswer | ModelRefusal> {
    const breaker = question.name === 'message' ? forTurns : forDrafts;
    if (clock() < pausedUntil) return 'rate-limited';
    if (breaker.opened) return 'breaker-open';
    const most = costOf(mostTokensOf(question), settings.price);
    const reservation = await spending.reserve(subject, most);
    if (reservation.status !== 'reserved') return reservation.status;
    try {
      const answer = await breaker.fire(question);
      // Nobody waits for the books.
      settle(answer, most, reservation.settle).catch((error) =>
        log.warn({ err: error }, 'what the language model did not use was not given back to its budget'),
      );
      return answer;
    } catch (error) {
      const reason = reasonOf(error);
      // Nothing was sent, or nothing was worked on: it costs nothing.
      const isFree = reason === 'breaker-open' || reason === 'rate-limited' || reason === 'rejected';
      if (isFree) reservation.settle({ tokens: 0, money: 0 }).catch(() => undefined);
      return reason;
    }
  }

  function read<S extends z.ZodType>(schema: S, answer: ChatAnswer): ModelAnswer<z.infer<S>> {
    if (answer.isRefusal) return { status: 'refusal' };
    const parsed = schema.safeParse(parseJson(answer.text));
    return parsed.success ? { status: 'answered', value: parsed.data } : { status: 'bad-output' };
  }

  async function ask<S extends z.ZodType>(
    { purpose, subject, schema, withinMs, ...rest }: ModelQuestion<S>,
    signal: AbortSignal,
  ): Promise<ModelAnswer<z.infer<S>>> {
    const { instructions, maxTokens } = rest;
    const question: ChatQuestion = {
      instructions,
      maxTokens,
      material: JSON.stringify(rest.material),
      schema: jsonSchemaOf(schema),
      name: purpose,
      signal,
    };
    const answer = await call(question, subject);
    return typeof answer === 'string' ? { status: answer } : read(schema, answer);
  }

  return {
    async ask(question) {
      const { purpose, withinMs } = question;
      const startedAt = performance.now();
      counts.add(`asked.${purpose}`);
      const abort = new AbortController();
      const answer = await within(ask(question, abort.signal), withinMs, () => abort.abort()).catch(
        (error): { status: ModelRefusal } => {
          // The budgets could not be read: without them nobody is asked.
          log.warn({ err: error }, 'language model not asked');
          return { status: 'connection' };
        },
      );
      const { status } = answer;
      counts.add(status === 'answered' ? `answered.${purpose}` : `refused.${status}`);
      const ms = Math.round(performance.now() - startedAt);
      log.debug({ purpose, status, ms }, 'language model asked');
      return answer;
    },
    close: () => {
      forTurns.shutdown();
      forDrafts.shutdown();
    },
  };
}

/** At the end of the time nobody waits any more, and what is under way is broken off. */
async function within<T>(
  work: Promise<T>,
  ms: number,
  abort: () => void,
): Promise<T | { status: ModelRefusal }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<{ status: ModelRefusal }>((resolve) => {
    timer = setTimeout(() => {
      abort();
      resolve({ status: 'timeout' });
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // What is still failing after that has nobody who would hear of it.
    work.catch(() => undefined);
  }
}
