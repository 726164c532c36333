import type { Configuration } from 'openid-client';
import { z } from 'zod';
import { AppError } from '../../errors';
import { loginSchema } from '../account';
import type { OpenIdSettings } from './settings';

/** How long somebody may take at the provider. */
export const FLOW_MS = 10 * 60_000;
const PROVIDER_TIMEOUT_S = 10;

/** What the browser carries, sealed, to the provider and back. */
const flowSchema = z.object({
  verifier: z.string(),
  state: z.string(),
  nonce: z.string(),
  /** Path of ours to which the signed-in browser goes. */
  back: z.string(),
  until: z.number(),
});
export type Flow = z.infer<typeof flowSchema>;

/** Who came back from the provider. */
export interface Person {
  issuer: string;
  subject: string;
  /** The login that the provider names; null when it names none that can be one. */
  login: string | null;
}

/** Signing in by the house's own provider: OpenID Connect Core 1.0, authorization code flow with PKCE (RFC 7636). */
export interface OpenId {
  /** Throws `unavailable` when the provider does not answer. */
  begin(back: string, now: number): Promise<{ address: string; flow: Flow }>;
  /** Checks state, nonce and signature. Throws `unauthenticated` for an answer that does not fit. */
  finish(flow: Flow, address: URL, now: number): Promise<Person>;
}

export const readFlow = (text: string): Flow => flowSchema.parse(JSON.parse(text));

/** Only a path of ours: what follows a sign-in must not lead elsewhere. */
export const safeBack = (back: string | null): string =>
  back !== null && /^\/(?![/\\])[\w\-./?=&%]*$/.test(back) ? back : '/agent';

export function createOpenId(settings: OpenIdSettings, redirectUri: () => string): OpenId {
  let known: Configuration | null = null;
  // Loaded by those who sign in this way only.
  const load = () => import('openid-client');

  /** Found at first use: a provider that is away must not keep the server from starting. */
  async function configuration(client: Awaited<ReturnType<typeof load>>): Promise<Configuration> {
    if (known) return known;
    const { issuer, clientId, clientSecret } = settings;
    const isPlain = new URL(issuer).protocol === 'http:';
    try {
      known = await client.discovery(new URL(issuer), clientId, clientSecret, undefined, {
        timeout: PROVIDER_TIMEOUT_S,
        execute: isPlain ? [client.allowInsecureRequests] : [],
      });
      return known;
    } catch (error) {
      throw new AppError('unavailable', 'The sign-in of the house does not answer. Nothing was changed.', {
        cause: error,
      });
    }
  }

  return {
    async begin(back, now) {
      const client = await load();
      const config = await configuration(client);
      const flow = {
        verifier: client.randomPKCECodeVerifier(),
        state: client.randomState(),
        nonce: client.randomNonce(),
        back,
        until: now + FLOW_MS,
      };
      const address = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri(),
        scope: settings.scope,
        code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
        state: flow.state,
        nonce: flow.nonce,
      });
      return { address: address.href, flow };
    },

    async finish(flow, address, now) {
      const client = await load();
      const config = await configuration(client);
      if (flow.until < now) throw new AppError('unauthenticated', 'That took too long. Sign in again.');
      try {
        const tokens = await client.authorizationCodeGrant(config, address, {
          pkceCodeVerifier: flow.verifier,
          expectedState: flow.state,
          expectedNonce: flow.nonce,
          idTokenExpected: true,
        });
        return personOf(tokens.claims(), settings.loginClaim);
      } catch (error) {
        throw new AppError('unauthenticated', 'The answer of the provider does not fit. Sign in again.', {
          cause: error,
        });
      }
    },
  };
}

/** An e-mail address that the provider has not checked says nothing of who somebody is. */
function personOf(claims: Record<string, unknown> | undefined, loginClaim: string): Person {
  if (typeof claims?.iss !== 'string' || typeof claims.sub !== 'string') throw new Error('no claims');
  const isUnchecked = loginClaim === 'email' && claims.email_verified !== true;
  const login = loginSchema.safeParse(isUnchecked ? null : claims[loginClaim]);
  return { issuer: claims.iss, subject: claims.sub, login: login.success ? login.data : null };
}
