import { z } from 'zod';
import type { RedisClient } from '../../turns/redis';

/**
 * How far the messages of a customer-service account were taken in. One node fetches at a time; a cursor moves only from
 * the one that its page was asked with, so a node that stalled past its lock moves nothing back.
 */
export interface CursorState {
  cursor: string;
  /** Of the last callback, as long as it is good. */
  token: string | null;
  /** Callbacks so far, and those that a fetch has answered. */
  wanted: number;
  done: number;
  fetchedAt: number;
  /** What was sent before is not answered: the account was not served here then. Seconds since 1970 UTC. */
  since: number;
  /** Messages that could not be taken in yet, as JSON, in order. */
  deferred: string[];
}

const LOCK_MS = 30_000;
/** WeCom takes it for ten minutes. */
const TOKEN_MS = 9 * 60_000;
/** Of a customer who waits while the account is connected. */
const BEFORE_START_SECONDS = 600;

const keysOf = (account: string, openKfId: string) => {
  const prefix = `{wecom:${account}:${openKfId}}`;
  return { state: `${prefix}:cursor`, lock: `${prefix}:lock`, deferred: `${prefix}:deferred` };
};

const MOVE = `if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
if (redis.call('HGET', KEYS[1], 'cursor') or '') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'cursor', ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return 1`;
const UNLOCK = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

const number = z.coerce.number().catch(0);
const stateSchema = z.object({
  cursor: z.string().default(''),
  token: z.string().default(''),
  tokenAt: number,
  wanted: number,
  done: number,
  fetchedAt: number,
  since: number,
});

export type CursorStore = ReturnType<typeof createCursorStore>;

/** `lockMs`: how long a node that died keeps the others from fetching. */
export function createCursorStore(redis: RedisClient, lockMs = LOCK_MS) {
  return {
    /** A callback has told of something; durable once it returns. */
    async notice(account: string, openKfId: string, token: string, now: number): Promise<void> {
      const { state } = keysOf(account, openKfId);
      await redis.multi().hset(state, { token, tokenAt: now }).hincrby(state, 'wanted', 1).exec();
    },

    async read(account: string, openKfId: string, now: number): Promise<CursorState> {
      const { state, deferred } = keysOf(account, openKfId);
      await redis.hsetnx(state, 'since', Math.floor(now / 1000) - BEFORE_START_SECONDS);
      const [fields, waiting] = await Promise.all([redis.hgetall(state), redis.lrange(deferred, 0, -1)]);
      const { token, tokenAt, ...read } = stateSchema.parse(fields);
      return { ...read, token: token !== '' && now - tokenAt < TOKEN_MS ? token : null, deferred: waiting };
    },

    /** False: another node is at it. */
    async lock(account: string, openKfId: string, holder: string): Promise<boolean> {
      return (await redis.set(keysOf(account, openKfId).lock, holder, 'PX', lockMs, 'NX')) === 'OK';
    },

    async unlock(account: string, openKfId: string, holder: string): Promise<void> {
      await redis.eval(UNLOCK, 1, keysOf(account, openKfId).lock, holder);
    },

    /** Moves the cursor and keeps the lock. False: it was not where the page was asked from, or the lock is lost. */
    async move(
      account: string,
      openKfId: string,
      step: { holder: string; from: string; to: string },
    ): Promise<boolean> {
      const { state, lock } = keysOf(account, openKfId);
      const moved = await redis.eval(MOVE, 2, state, lock, step.holder, step.from, step.to, lockMs);
      return moved === 1;
    },

    /** Everything up to that many callbacks was fetched. */
    async finish(account: string, openKfId: string, done: number, now: number): Promise<void> {
      await redis.hset(keysOf(account, openKfId).state, { done, fetchedAt: now });
    },

    /** A token that WeCom does not take any more. */
    async dropToken(account: string, openKfId: string): Promise<void> {
      await redis.hset(keysOf(account, openKfId).state, { token: '' });
    },

    /** Keeps messages for later, durably. */
    async defer(account: string, openKfId: string, messages: string[]): Promise<void> {
      if (messages.length > 0) await redis.rpush(keysOf(account, openKfId).deferred, ...messages);
    },

    async settle(account: string, openKfId: string, message: string): Promise<void> {
      await redis.lrem(keysOf(account, openKfId).deferred, 1, message);
    },
  };
}
