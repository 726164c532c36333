import { createHash, timingSafeEqual } from 'node:crypto';

/** WeChat's signature: the hex SHA-1 of the sorted parts, joined. */
export const signatureOf = (...parts: string[]): string =>
  createHash('sha1').update(parts.sort().join('')).digest('hex');

/** Compared in constant time; a missing signature fits nothing. */
export function isSigned(given: string | undefined, ...parts: string[]): boolean {
  const wanted = Buffer.from(signatureOf(...parts));
  const got = Buffer.from(given ?? '');
  return got.length === wanted.length && timingSafeEqual(got, wanted);
}

/** Nothing in a signature expires: what is older or newer than this is refused. */
export const SIGNATURE_WINDOW_MS = 5 * 60_000;

export const isTimely = (timestamp: string, now: number): boolean =>
  /^\d{1,12}$/.test(timestamp) && Math.abs(Number(timestamp) * 1000 - now) <= SIGNATURE_WINDOW_MS;
