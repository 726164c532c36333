import { createSecretKey } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { AppError } from '../errors';

/**
 * `field/` is what technicians use: a page behind a signed link, for one order and one technician. The link holds no
 * personal data; it ends by itself, and at once when the order is given to somebody else.
 */
export const fieldClaimsSchema = z.object({
  number: z.string(),
  /** Staff number. */
  technician: z.string(),
  assignment: z.number().int(),
});
export type FieldClaims = z.infer<typeof fieldClaimsSchema>;

/** Days that a link works: longer than most orders are open. */
const LINK_DAYS = 14;
const DAY_SECONDS = 24 * 3600;
const PURPOSE = 'field';

export interface FieldLinks {
  /** The token stands after `#`, which browsers send to nobody: it is in no log of ours or of others. */
  create(claims: FieldClaims): Promise<{ url: string; expiresAt: number }>;
  /** Throws `unauthenticated`. */
  read(token: string): Promise<FieldClaims>;
}

/** Links are JWTs, signed with HS256 by TOKEN_KEY; nothing that is signed for another purpose is taken. */
export function createFieldLinks(deps: {
  tokenKey: string;
  baseUrl: () => string;
  clock: () => number;
}): FieldLinks {
  const key = createSecretKey(Buffer.from(deps.tokenKey, 'utf8'));
  const { clock } = deps;
  return {
    async create(claims) {
      const now = Math.floor(clock() / 1000);
      const expires = now + LINK_DAYS * DAY_SECONDS;
      const token = await new SignJWT({ f: claims })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(PURPOSE)
        .setAudience(PURPOSE)
        .setIssuedAt(now)
        .setExpirationTime(expires)
        .sign(key);
      return { url: `${deps.baseUrl()}/field#${token}`, expiresAt: expires * 1000 };
    },
    async read(token) {
      try {
        const options = { issuer: PURPOSE, audience: PURPOSE, algorithms: ['HS256'] };
        const { payload } = await jwtVerify(token, key, { ...options, currentDate: new Date(clock()) });
        return fieldClaimsSchema.parse(payload.f);
      } catch (error) {
        const hasExpired = error instanceof errors.JWTExpired;
        const message = hasExpired
          ? 'This link has expired. Ask the dispatcher for a new one.'
          : 'This link is not valid. Open it as it stands in the message.';
        throw new AppError('unauthenticated', message, { cause: error });
      }
    },
  };
}
