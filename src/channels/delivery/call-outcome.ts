import { z } from 'zod';

/**
 * `delivery/` is what the channels share that must send every reply themselves: what is known of a call, a message on
 * its way, where it is kept, and what agents see of it.
 *
 * One call to a channel's servers and what is known of it afterwards. Where there is no idempotency field, whether a
 * request was written decides whether it may be made again.
 */
export type CallOutcome =
  | { type: 'ok'; value: Record<string, unknown> }
  /** The channel says that it did not do it, and why. */
  | { type: 'refused'; code: number }
  /** Nothing was written: it may be made again. */
  | { type: 'unsent'; reason: string }
  /** It may have been done or not. */
  | { type: 'unknown'; reason: string };

export type Fetch = typeof fetch;

/** Failures that come before the first byte of a request. */
const BEFORE_WRITING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

const failureSchema = z.object({
  name: z.string().catch(''),
  /** Of what undici was stopped by; with several addresses tried, of all of them the first. */
  cause: z
    .union([
      z
        .object({ errors: z.tuple([z.object({ code: z.string() })], z.unknown()) })
        .transform(({ errors }) => errors[0]),
      z.object({ code: z.string() }),
    ])
    .catch({ code: '' }),
});

/** What a thrown `fetch` means. Addresses hold tokens, so nothing of them is kept. */
export function failureOf(error: unknown): Extract<CallOutcome, { type: 'unsent' | 'unknown' }> {
  const { name, cause } = failureSchema.parse(error);
  if (BEFORE_WRITING.has(cause.code)) return { type: 'unsent', reason: cause.code };
  return { type: 'unknown', reason: name === 'TimeoutError' ? 'timeout' : cause.code || 'interrupted' };
}
