import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Vendor } from '../../contract/channel-accounts';
import type { RedisClient } from '../../turns/redis';
import type { CallOutcome, Fetch } from '../delivery/call-outcome';
import type { WechatAccount } from './account';
import { post } from './api-call';

/**
 * Access tokens, shared by all nodes in Redis and fetched by one of them at a time. They travel in addresses: neither
 * an address nor a token ever goes into a log or an error. `wecom/` has its own kind of account and shares the rest.
 */
export interface AccessTokens<Account extends NamedAccount> {
  /** The token, or why there is none now. */
  get(account: Account): Promise<TokenOutcome>;
  /** Forgets a token that was refused, unless another node has replaced it already. */
  drop(account: Account, token: string): Promise<void>;
}

export interface NamedAccount {
  name: string;
  apiBase: string;
}

/** Asks the vendor's server for a token; `isForced` when the one that it gave before is refused. */
export type AskToken<Account> = (account: Account, isForced: boolean) => Promise<CallOutcome>;

export type TokenOutcome = { type: 'ok'; token: string } | Exclude<CallOutcome, { type: 'ok' }>;

const LOCK_MS = 10_000;
const LOOK_MS = 50;
/** A token is replaced this long before it ends. */
const MARGIN_SECONDS = 300;

const answerSchema = z.object({
  access_token: z.string().min(1).max(2000),
  expires_in: z.number().min(1).max(86_400),
});

/** A token holds for the credentials that it was given for: with others the account has keys of their own. */
const keysOf = (vendor: string, name: string, credentials: string) => {
  const prefix = `{${vendor}:${name}}:${hashOf(credentials).slice(0, 16)}`;
  return {
    token: `${prefix}:token`,
    lock: `${prefix}:token-lock`,
    /** The hash of the token that was refused last: when the server gives the same again, a new one is forced. */
    refused: `${prefix}:token-refused`,
  };
};
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

const DROP = `if redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('SET', KEYS[2], ARGV[2], 'EX', 7200)
  return redis.call('DEL', KEYS[1])
end
return 0`;
const UNLOCK = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/** How an official account asks for its token. */
export const askStableToken =
  (fetch: Fetch, timeoutMs: number): AskToken<WechatAccount> =>
  (account, isForced) =>
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

/** `vendor` keeps accounts of the same name apart. */
export function createAccessTokens<Account extends NamedAccount>(deps: {
  redis: RedisClient;
  vendor: Vendor;
  /** What the account is known to the vendor by, its secret among it. */
  credentialsOf: (account: Account) => string;
  ask: AskToken<Account>;
}): AccessTokens<Account> {
  const { redis, ask } = deps;
  const keys = (account: Account) => keysOf(deps.vendor, account.name, deps.credentialsOf(account));

  async function fetchToken(account: Account): Promise<TokenOutcome> {
    const refused = await redis.get(keys(account).refused);
    let outcome = await ask(account, false);
    const given = outcome.type === 'ok' ? answerSchema.safeParse(outcome.value).data : undefined;
    if (given && refused === hashOf(given.access_token)) outcome = await ask(account, true);
    if (outcome.type !== 'ok') return outcome;
    const parsed = answerSchema.safeParse(outcome.value);
    if (!parsed.success) return { type: 'unknown', reason: 'no token in the answer' };
    const { access_token: token, expires_in: seconds } = parsed.data;
    await redis.set(keys(account).token, token, 'EX', Math.max(1, Math.floor(seconds - MARGIN_SECONDS)));
    return { type: 'ok', token };
  }

  async function get(account: Account): Promise<TokenOutcome> {
    const until = Date.now() + LOCK_MS;
    const holder = hashOf(`${process.pid}:${Math.random()}`);
    while (Date.now() < until) {
      const token = await redis.get(keys(account).token);
      if (token !== null) return { type: 'ok', token };
      if ((await redis.set(keys(account).lock, holder, 'PX', LOCK_MS, 'NX')) === 'OK') {
        try {
          // Another may have fetched it between the look and the lock.
          const meanwhile = await redis.get(keys(account).token);
          return meanwhile === null ? await fetchToken(account) : { type: 'ok', token: meanwhile };
        } finally {
          await redis.eval(UNLOCK, 1, keys(account).lock, holder);
        }
      }
      await pause(LOOK_MS);
    }
    return { type: 'unsent', reason: 'no token in time' };
  }

  return {
    get,
    async drop(account, token) {
      await redis.eval(DROP, 2, keys(account).token, keys(account).refused, token, hashOf(token));
    },
  };
}
