import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { LanguageModelSettings } from '../../contract/language-model';
import type { RedisClient } from '../../turns/redis';

/** What a call may cost, or has cost: tokens, and money in millionths of the currency. Integers. */
export interface Cost {
  tokens: number;
  money: number;
}

export type Reservation =
  | { status: 'reserved'; settle(actual: Cost): Promise<void> }
  | { status: 'day-budget' | 'conversation-budget' };

/**
 * The budgets, shared by all nodes. What a call may cost at most is taken before it and what was not needed given
 * back after; a node that dies in between has spent it, so no budget is ever exceeded.
 */
export interface Spending {
  /** `subject`: a conversation's id, or whoever else has a budget of its own. */
  reserve(subject: string, cost: Cost): Promise<Reservation>;
  /** What a day has cost so far. */
  spentOn(day: string): Promise<Cost>;
}

/** A day is looked at for a while after it is over. */
const KEEP_MS = 9 * 24 * 3600_000;
const MILLION = 1_000_000;
const HASH_TAG = '{llm}';

const answerSchema = z.enum(['reserved', 'day-budget', 'conversation-budget']);
const amountSchema = z.coerce.number().default(0);

/** The day, as the operator's zone has it: 2026-11-24. */
export const dayOf = (now: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now);

/** Spending on Redis, single or Cluster: all of it in one slot. */
export function createRedisSpending(options: {
  redis: RedisClient;
  limits: Pick<LanguageModelSettings, 'perDay' | 'perConversationDay'>;
  clock: () => number;
  timeZone: string;
}): Spending {
  const { redis, limits, clock, timeZone } = options;
  const lua = readFileSync(join(__dirname, 'scripts', 'reserve.lua'), 'utf8');
  redis.defineCommand('llm_reserve', { numberOfKeys: 2, lua });
  const micro = (money: number) => Math.round(money * MILLION);
  const { perDay, perConversationDay } = limits;
  const bounds = [
    perDay.tokens,
    micro(perDay.money),
    perConversationDay.tokens,
    micro(perConversationDay.money),
  ];

  async function giveBack(keys: string[], reserved: Cost, actual: Cost): Promise<void> {
    for (const key of keys) {
      await redis.hincrby(key, 'tokens', actual.tokens - reserved.tokens);
      await redis.hincrby(key, 'money', actual.money - reserved.money);
      await redis.pexpire(key, KEEP_MS);
    }
  }

  return {
    async reserve(subject, cost) {
      const day = dayOf(clock(), timeZone);
      const keys = [`${HASH_TAG}:spent:${day}`, `${HASH_TAG}:spent:${day}:${subject}`];
      // defineCommand adds a method that the client's type cannot know.
      const { llm_reserve: reserve } = redis as unknown as {
        llm_reserve(...args: (string | number)[]): Promise<unknown>;
      };
      const answer = await reserve.call(redis, ...keys, cost.tokens, cost.money, ...bounds, KEEP_MS);
      const status = answerSchema.parse(answer);
      if (status !== 'reserved') return { status };
      return { status, settle: (actual) => giveBack(keys, cost, actual) };
    },
    async spentOn(day) {
      const [tokens, money] = await redis.hmget(`${HASH_TAG}:spent:${day}`, 'tokens', 'money');
      return { tokens: amountSchema.parse(tokens ?? 0), money: amountSchema.parse(money ?? 0) };
    },
  };
}
