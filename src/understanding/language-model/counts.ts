import type { Logger } from 'pino';
import type { RedisClient } from '../../turns/redis';
import { dayOf } from './spending';

/**
 * What became of calls, counted for all nodes by day: `asked.<purpose>`, `answered.<purpose>`, `refused.<reason>`,
 * `dropped.<reason>`, `used.<kind>`, `tokens.input`, `tokens.output`.
 */
export interface ModelCounts {
  /** Counts without being waited for; a count that is lost is lost. */
  add(name: string, n?: number): void;
  readOn(day: string): Promise<Record<string, number>>;
}

const KEEP_MS = 9 * 24 * 3600_000;
const keyOf = (day: string): string => `{llm}:counts:${day}`;

export function createRedisCounts(options: {
  redis: RedisClient;
  clock: () => number;
  timeZone: string;
  log: Logger;
}): ModelCounts {
  const { redis, clock, timeZone, log } = options;
  async function count(name: string, n: number): Promise<void> {
    const key = keyOf(dayOf(clock(), timeZone));
    await redis.hincrby(key, name, n);
    await redis.pexpire(key, KEEP_MS);
  }
  return {
    add(name, n = 1) {
      count(name, n).catch((error) => log.warn({ err: error }, 'a count of the language model is lost'));
    },
    async readOn(day) {
      const counts = Object.entries(await redis.hgetall(keyOf(day)));
      return Object.fromEntries(counts.sort().map(([name, n]) => [name, Number(n)]));
    },
  };
}
