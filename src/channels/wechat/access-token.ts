import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { RedisClient } from '../../turns/redis';
import type { WechatAccount } from './account';
import { type CallOutcome, type Fetch, post } from './api-call';

/**
 * Access tokens, shared by all nodes in Redis and fetched by one of them at a time. They travel in addresses: neither
 * an address nor a token ever goes into a log or an error.
 */
export interface AccessTokens {
  /** The token, or why there is none now. */
  get(account: WechatAccount): Promise<TokenOutcome>;
  /** Forgets a token that WeChat refused, unless another node has replaced it already. */
  drop(account: WechatAccount, token: string): Promise<void>;
}

export type TokenOutcome = { type: 'ok'; token: string } | Exclude<CallOutcome, { type: 'ok' }>;

const LOCK_MS = 10_000;
const LOOK_MS = 50;
/** A token is replaced this long before it ends. */
const MARGIN_SECONDS = 300;

const answerSchema = z.object({
  access_token: z.string().min(1).max(2000),
  expires_in: z.number().min(1).max(86_400),
});

const tokenKey = ({ name }: WechatAccount) => `{wechat:${name}}:token`;
const lockKey = ({ name }: WechatAccount) => `{wechat:${name}}:token-lock`;
/** The hash of the token that was refused last: when the server gives the same again, a new one is forced. */
const refusedKey = ({ name }: WechatAccount) => `{wechat:${name}}:token-refused`;
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

const DROP = `if redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('SET', KEYS[2], ARGV[2], 'EX', 7200)
  return redis.call('DEL', KEYS[1])
end
return 0`;
const UNLOCK = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

export function createAccessTokens(deps: {
  redis: RedisClient;
  fetch: Fetch;
  timeoutMs: number;
}): AccessTokens {
  const { redis, fetch, timeoutMs } = deps;

  const ask = (account: WechatAccount, isForced: boolean): Promise<CallOutcome> =>
    post(
      fetch,
      `${account.apiBase}/cgi-bin/stable_token`,
      {
        grant_type: 'client_credential',
        appid: account.appId,
        secret: account.appSecret,
        ...(isForced ? { force_refresh: true } : {}),
      },
      timeoutMs,
    );

  async function fetchToken(account: WechatAccount): Promise<TokenOutcome> {
    const refused = await redis.get(refusedKey(account));
    let outcome = await ask(account, false);
    const given = outcome.type === 'ok' ? answerSchema.safeParse(outcome.value).data : undefined;
    if (given && refused === hashOf(given.access_token)) outcome = await ask(account, true);
    if (outcome.type !== 'ok') return outcome;
    const parsed = answerSchema.safeParse(outcome.value);
    if (!parsed.success) return { type: 'unknown', reason: 'no token in the answer' };
    const { access_token: token, expires_in: seconds } = parsed.data;
    await redis.set(tokenKey(account), token, 'EX', Math.max(1, Math.floor(seconds - MARGIN_SECONDS)));
    return { type: 'ok', token };
  }

  async function get(account: WechatAccount): Promise<TokenOutcome> {
    const until = Date.now() + LOCK_MS;
    const holder = hashOf(`${process.pid}:${Math.random()}`);
    while (Date.now() < until) {
      const token = await redis.get(tokenKey(account));
      if (token !== null) return { type: 'ok', token };
      if ((await redis.set(lockKey(account), holder, 'PX', LOCK_MS, 'NX')) === 'OK') {
        try {
          // Another may have fetched it between the look and the lock.
          const meanwhile = await redis.get(tokenKey(account));
          return meanwhile === null ? await fetchToken(account) : { type: 'ok', token: meanwhile };
        } finally {
          await redis.eval(UNLOCK, 1, lockKey(account), holder);
        }
      }
      await pause(LOOK_MS);
    }
    return { type: 'unsent', reason: 'no token in time' };
  }

  return {
    get,
    async drop(account, token) {
      await redis.eval(DROP, 2, tokenKey(account), refusedKey(account), token, hashOf(token));
    },
  };
}
