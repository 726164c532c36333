import { createHash, createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { localeSchema } from '../../contract/activity';
import { customerSnapshotSchema } from '../../contract/dialog';
import { DirectLineError } from './errors';

/** Seconds that a conversation token lives; clients refresh every 15 minutes. */
export const TOKEN_SECONDS = 1800;
/** Seconds in which the socket of a streamUrl must open. */
export const STREAM_SECONDS = 60;

const ISSUER = 'direct-line';

/** Tokens that were checked lately: a client sends the same one with each message, and a check costs as much as a turn. */
const KNOWN_LIMIT = 20_000;

/** Who is speaking: what a token or a secret proves. */
export const principalSchema = z.object({
  channel: z.enum(['web', 'app']),
  /** Null for the holder of a secret, who may speak in every conversation of the channel. */
  conversationId: z.string().nullable(),
  userId: z.string().nullable(),
  userName: z.string().nullable(),
  customer: customerSnapshotSchema.nullable(),
  /** Pages that may use the token; empty: any that the server allows. */
  origins: z.array(z.string()),
  /** The language of the page or app; null: as the customer writes. */
  locale: localeSchema.nullable().default(null),
});
export type Principal = z.infer<typeof principalSchema>;

export interface Tokens {
  /** The conversation that a user always comes back to; nobody can foretell it without TOKEN_KEY. */
  standingConversation(channel: Principal['channel'], userId: string): string;
  sign(principal: Principal): Promise<string>;
  signStream(principal: Principal): Promise<string>;
  /** Throws a DirectLineError: 403 TokenExpired, or 403 BadArgument for anything that is not ours. */
  verify(token: string): Promise<Principal>;
  verifyStream(token: string): Promise<Principal>;
}

/** Tokens are JWTs, signed with HS256 by TOKEN_KEY. A stream token opens a socket and nothing else. */
export function createTokens(tokenKey: string, clock: () => number): Tokens {
  const key = createSecretKey(Buffer.from(tokenKey, 'utf8'));
  const sign = (principal: Principal, audience: string, seconds: number) => {
    const now = Math.floor(clock() / 1000);
    return new SignJWT({ p: principal })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + seconds)
      .sign(key);
  };
  const known = new Map<string, { principal: Principal; expiresAt: number }>();
  const remember = (token: string, principal: Principal, expiresAt: number): void => {
    known.set(token, { principal, expiresAt });
    const [oldest] = known.keys();
    if (known.size > KNOWN_LIMIT && oldest !== undefined) known.delete(oldest);
  };
  const verify = async (token: string, audience: string): Promise<Principal> => {
    const before = known.get(`${audience} ${token}`);
    if (before && before.expiresAt > clock()) return before.principal;
    try {
      const options = { issuer: ISSUER, audience, algorithms: ['HS256'], currentDate: new Date(clock()) };
      const { payload } = await jwtVerify(token, key, options);
      const principal = principalSchema.parse(payload.p);
      remember(`${audience} ${token}`, principal, (payload.exp ?? 0) * 1000);
      return principal;
    } catch (error) {
      if (error instanceof errors.JWTExpired) {
        throw new DirectLineError(403, 'TokenExpired', 'The token has expired. Ask for a new one.');
      }
      throw new DirectLineError(403, 'BadArgument', 'The token is not valid for this service.');
    }
  };
  return {
    standingConversation: (channel, userId) => {
      const hash = createHmac('sha256', key).update(`conversation\0${channel}\0${userId}`).digest();
      return `dl-${hash.subarray(0, 16).toString('base64url')}`;
    },
    sign: (principal) => sign(principal, 'conversation', TOKEN_SECONDS),
    signStream: (principal) => sign(principal, 'stream', STREAM_SECONDS),
    verify: (token) => verify(token, 'conversation'),
    verifyStream: (token) => verify(token, 'stream'),
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** The channel whose secret this is, compared in constant time; null for neither. */
export function channelOfSecret(
  candidate: string,
  secrets: { web: string | undefined; app: string | undefined },
): 'web' | 'app' | null {
  const isSame = (secret: string | undefined) =>
    secret !== undefined && secret !== '' && timingSafeEqual(digest(secret), digest(candidate));
  if (isSame(secrets.web)) return 'web';
  return isSame(secrets.app) ? 'app' : null;
}
