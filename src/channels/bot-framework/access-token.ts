import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SignJWT } from 'jose';
import { z } from 'zod';
import { AppError } from '../../errors';
import { type CallOutcome, type Fetch, failureOf } from '../delivery/call-outcome';
import type { BotSettings } from './settings';

/** The bot's own token, which its calls carry. It never goes into a log or an error. */
export interface AccessTokens {
  /** The token (null without an app id), or why there is none now. */
  get(): Promise<TokenOutcome>;
  /** Forgets a token that was refused, unless it has been replaced already. */
  drop(token: string): void;
}

export type TokenOutcome = { type: 'ok'; token: string | null } | Exclude<CallOutcome, { type: 'ok' }>;

/** A token is replaced this long before it ends. */
const MARGIN_MS = 300_000;
const ASSERTION_SECONDS = 300;

const answerSchema = z.object({
  access_token: z.string().min(1).max(20_000),
  expires_in: z.coerce.number().min(1).max(86_400),
});

type Credential = NonNullable<BotSettings['credential']>;
type Assert = (tokenUrl: string, appId: string, now: number) => Promise<Record<string, string>>;

/** What proves who we are, as fields of the form. Throws `bad-settings` for a certificate that cannot be read. */
function createAssert(credential: Credential): Assert {
  if (credential.type === 'password') return async () => ({ client_secret: credential.password });
  const { key, thumbprint } = readCertificate(credential.file);
  return async (tokenUrl, appId, now) => ({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await new SignJWT({})
      .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint })
      .setIssuer(appId)
      .setSubject(appId)
      .setAudience(tokenUrl)
      .setJti(randomUUID())
      .setNotBefore(Math.floor(now / 1000) - 60)
      .setExpirationTime(Math.floor(now / 1000) + ASSERTION_SECONDS)
      .sign(key),
  });
}

function readCertificate(file: string) {
  try {
    const pem = readFileSync(file, 'utf8');
    const { fingerprint256 } = new X509Certificate(pem);
    const thumbprint = Buffer.from(fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');
    return { key: createPrivateKey(pem), thumbprint };
  } catch (error) {
    throw new AppError(
      'bad-settings',
      `BOT_CERTIFICATE_FILE: ${file} is no PEM file with a private key and its certificate.`,
      { cause: error },
    );
  }
}

export function createAccessTokens(deps: {
  settings: Pick<BotSettings, 'appId' | 'credential' | 'oauthUrl' | 'oauthScope'>;
  fetch: Fetch;
  clock: () => number;
  timeoutMs: number;
}): AccessTokens {
  const { fetch, clock, timeoutMs } = deps;
  const { appId, credential, oauthUrl, oauthScope } = deps.settings;
  if (appId === null || credential === null) {
    return { get: async () => ({ type: 'ok', token: null }), drop: () => undefined };
  }
  const id = appId;
  const assert = createAssert(credential);
  const tokenUrl = `${oauthUrl}/oauth2/v2.0/token`;
  let known: { token: string; untilAt: number } | null = null;
  let asking: Promise<TokenOutcome> | null = null;

  async function ask(): Promise<TokenOutcome> {
    const asked = { grant_type: 'client_credentials', client_id: id, scope: oauthScope };
    try {
      const body = new URLSearchParams({ ...asked, ...(await assert(tokenUrl, id, clock())) });
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await fetch(tokenUrl, { method: 'POST', body, redirect: 'error', signal });
      if (!response.ok) {
        await response.body?.cancel();
        return { type: 'refused', code: response.status };
      }
      const parsed = answerSchema.safeParse(await response.json());
      if (!parsed.success) return { type: 'unknown', reason: 'no token in the answer' };
      const { access_token: token, expires_in: seconds } = parsed.data;
      known = { token, untilAt: clock() + Math.max(seconds * 1000 - MARGIN_MS, 1000) };
      return { type: 'ok', token };
    } catch (error) {
      return failureOf(error);
    }
  }

  return {
    get() {
      if (known && clock() < known.untilAt) return Promise.resolve({ type: 'ok', token: known.token });
      // One at a time, however many wait for it.
      asking ??= ask().finally(() => {
        asking = null;
      });
      return asking;
    },
    drop(token) {
      if (known?.token === token) known = null;
    },
  };
}
