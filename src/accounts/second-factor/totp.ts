import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** Time-based one-time codes by RFC 6238: SHA-1, six digits, thirty seconds, as every authenticator app makes them. */
export const PERIOD_MS = 30_000;
/** A clock may be off by this many periods either way (RFC 6238, section 5.2). */
const WINDOW = 1;
const SECRET_BYTES = 20;

export const newSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

const totpOf = (secret: string, login = '', issuer = '') =>
  new TOTP({
    issuer,
    label: login,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_MS / 1000,
  });

/** The address that an authenticator app reads from a picture. */
export const addressOf = (secret: string, login: string, issuer: string): string =>
  totpOf(secret, login, issuer).toString();

/** Spaces and dashes that people type between groups, and full-width digits. */
export const foldCode = (typed: string): string =>
  typed.normalize('NFKC').replace(/[\s-]/g, '').toLowerCase();

/**
 * The period that a code belongs to, counted from 1970; null for a wrong code and for one of a period that is not
 * after `lastStep`: each code opens once (RFC 6238, section 5.2).
 */
export function stepOf(secret: string, code: string, now: number, lastStep: number): number | null {
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: WINDOW });
  if (delta === null) return null;
  const step = Math.floor(now / PERIOD_MS) + delta;
  return step > lastStep ? step : null;
}

/** Crockford's letters: nothing that reads like something else. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

/** For the day on which the phone is lost: ten codes of 80 random bits, each good once. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: 10 }, () => {
    const code = [...randomBytes(16)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
    return code.replace(/(.{4})(?!$)/g, '$1-');
  });
