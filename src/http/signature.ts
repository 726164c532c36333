import { createHmac, timingSafeEqual } from 'node:crypto';

/** A signature that is older or newer by more is refused, so that what was overheard cannot be sent again later. */
const WINDOW_SECONDS = 300;
const SCHEME = 'v1=';

/** The names of the two headers, beginning with the word for what is signed: `X-Push-Timestamp`, `X-Push-Signature`. */
export interface SignatureHeaders {
  timestamp: string;
  signature: string;
}

const signatureOf = (secret: string, timestamp: string, body: string): string =>
  createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');

/**
 * The headers that prove who sent a body, and when: HMAC-SHA256 over `timestamp.body`, one signature a secret, so that
 * the receiver can go over from one secret to the next at its own time.
 */
export function signHeaders(
  names: SignatureHeaders,
  body: string,
  secrets: string[],
  now: number,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const signatures = secrets.map((secret) => SCHEME + signatureOf(secret, timestamp, body));
  return { [names.timestamp]: timestamp, [names.signature]: signatures.join(', ') };
}

export interface Signed {
  timestamp: string | undefined;
  signature: string | undefined;
  body: string;
}

/** Whether one of the signatures is by this secret and of about now; compared in constant time. */
export function isSigned(
  { timestamp = '', signature = '', body }: Signed,
  secret: string,
  now: number,
): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now / 1000 - Number(timestamp)) > WINDOW_SECONDS) return false;
  const expected = Buffer.from(SCHEME + signatureOf(secret, timestamp, body));
  return signature.split(',').some((part) => {
    const given = Buffer.from(part.trim());
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
