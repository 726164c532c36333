import { type Fetch, failureOf } from '../delivery/call-outcome';
import type { PushVerdict } from '../delivery/push-queue';
import { pauseOf } from '../delivery/retry-after';
import type { AccessTokens } from './access-token';
import type { Reference } from './references';
import { isTrustedService } from './service-url';
import type { BotSettings } from './settings';

/** The calls of the Bot Connector API that the channel makes, and each only to a service that is trusted. */
export interface Connector {
  send(reference: Reference, activity: Record<string, unknown>): Promise<PushVerdict>;
  /** What a customer sent, up to a number of bytes; null when it is not to be had. */
  download(url: string, limit: number): Promise<Buffer | null>;
}

/** The channel asks for a pause: no longer than this. */
const LONGEST_PAUSE_MS = 10 * 60_000;

/**
 * 429 and 503 say that nothing was done. Any other failure of a server may come after the message was passed on; a
 * refusal is final.
 */
export function verdictOf(status: number, retryAfter: string | null, now: number): PushVerdict {
  if (status >= 200 && status < 300) return { type: 'sent' };
  const reason = `http-${status}`;
  if (status === 429 || status === 503)
    return { type: 'later', reason, waitMs: pauseOf(retryAfter, now, LONGEST_PAUSE_MS) };
  if (status === 401) return { type: 'later', reason: 'token-refused', waitMs: 0 };
  return status >= 500 ? { type: 'uncertain', reason } : { type: 'final', reason };
}

export function createConnector(deps: {
  settings: BotSettings;
  fetch: Fetch;
  tokens: AccessTokens;
  clock: () => number;
  /** Of one call. */
  timeoutMs: number;
}): Connector {
  const { settings, fetch, tokens, clock, timeoutMs } = deps;

  const call = (url: string, token: string | null, init: RequestInit): Promise<Response> =>
    fetch(url, {
      ...init,
      headers: { ...init.headers, ...(token === null ? {} : { Authorization: `Bearer ${token}` }) },
      // Wherever it would lead: our token must not follow.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });

  async function post(url: string, token: string | null, body: string): Promise<PushVerdict> {
    try {
      const headers = { 'Content-Type': 'application/json' };
      const response = await call(url, token, { method: 'POST', body, headers });
      // What it says beside the status is not needed; the connection is.
      await response.arrayBuffer().catch(() => undefined);
      return verdictOf(response.status, response.headers.get('retry-after'), clock());
    } catch (error) {
      const failure = failureOf(error);
      const { reason } = failure;
      return failure.type === 'unsent' ? { type: 'later', reason, waitMs: 0 } : { type: 'uncertain', reason };
    }
  }

  async function send(reference: Reference, activity: Record<string, unknown>): Promise<PushVerdict> {
    const { serviceUrl, conversation } = reference;
    if (!isTrustedService(serviceUrl, settings)) return { type: 'final', reason: 'service-not-trusted' };
    const path = `v3/conversations/${encodeURIComponent(conversation.id)}/activities`;
    const replyTo =
      activity.replyToId === undefined ? '' : `/${encodeURIComponent(String(activity.replyToId))}`;
    const url = `${serviceUrl.replace(/\/+$/, '')}/${path}${replyTo}`;
    const body = JSON.stringify(activity);
    let verdict: PushVerdict = { type: 'later', reason: 'no-token', waitMs: 0 };
    // With a token that is refused, once more with a new one.
    for (let tries = 0; tries < 2; tries += 1) {
      const access = await tokens.get();
      // Whatever became of the call for a token, the message itself was not sent.
      if (access.type !== 'ok') return { type: 'later', reason: `token: ${whyOf(access)}`, waitMs: 0 };
      verdict = await post(url, access.token, body);
      const isRefused = verdict.type === 'later' && verdict.reason === 'token-refused';
      if (!isRefused || access.token === null) return verdict;
      tokens.drop(access.token);
    }
    return verdict;
  }

  return {
    send,
    async download(url, limit) {
      if (!isTrustedService(url, settings)) return null;
      const access = await tokens.get();
      if (access.type !== 'ok') return null;
      return call(url, access.token, {})
        .then((response) => readWhole(response, limit))
        .catch(() => null);
    },
  };
}

const whyOf = (outcome: { reason: string } | { code: number }): string =>
  'reason' in outcome ? outcome.reason : `http-${outcome.code}`;

async function readWhole(response: Response, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > limit) return null;
    chunks.push(Buffer.from(chunk));
  }
  return response.ok ? Buffer.concat(chunks) : null;
}
