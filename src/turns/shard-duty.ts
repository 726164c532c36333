import type { Logger } from 'pino';
import { shardKeys } from './keys';
import { loadScripts, type RedisClient } from './redis';

/**
 * Which shards this node works for. Turns need no owner, they have leases; outbox and records of a shard are worked
 * off by one node at a time, which holds the shard's lock. A node that stalls past its lock may do work twice: every
 * command and record is idempotent.
 */
export interface ShardDuty {
  /** Takes and keeps what it can; answers the shards held. */
  renew(): Promise<number[]>;
  held(): number[];
  release(): Promise<void>;
}

export const DUTY_TTL_MS = 5000;

export function createShardDuty(
  redis: RedisClient,
  shards: number,
  nodeId: string,
  ttlMs = DUTY_TTL_MS,
): ShardDuty {
  const run = loadScripts(redis);
  const all = Array.from({ length: shards }, (_, n) => n);
  let held: number[] = [];
  const hold = async (n: number, release: boolean) =>
    (await run('hold', [shardKeys(n).worker], [nodeId, ttlMs, release ? 1 : 0]))[0] === '1';
  return {
    async renew() {
      const taken = await Promise.all(all.map((n) => hold(n, false)));
      held = all.filter((n) => taken[n]);
      return held;
    },
    held: () => held,
    async release() {
      held = [];
      await Promise.all(all.map((n) => hold(n, true)));
    },
  };
}

/** Runs a task again and again: at once when woken, else after a pause. A failing round is logged, never the end. */
export function startLoop(options: {
  name: string;
  everyMs: number;
  log: Logger;
  /** Answers true to be called again at once. */
  round: () => Promise<boolean>;
}): { wake(): void; stop(): Promise<void> } {
  let isStopped = false;
  let isWoken = false;
  let wake: () => void = () => undefined;
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (isWoken || isStopped) wake();
    });
  const loop = async () => {
    while (!isStopped) {
      isWoken = false;
      const again = await options.round().catch((error) => {
        options.log.warn({ err: error, loop: options.name }, 'a round failed; the next one goes on');
        return false;
      });
      if (!again) await rest(options.everyMs);
    }
  };
  const done = loop();
  return {
    wake: () => {
      isWoken = true;
      wake();
    },
    stop: () => {
      isStopped = true;
      wake();
      return done;
    },
  };
}
