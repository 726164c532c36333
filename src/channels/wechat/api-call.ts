import { z } from 'zod';
import { messageOf } from '../../errors';

/**
 * One call to WeChat's servers and what is known of it afterwards. There is no idempotency field, so whether a request
 * was written decides whether it may be made again.
 */
export type CallOutcome =
  | { type: 'ok'; value: Record<string, unknown> }
  /** WeChat says that it did not do it, and why. */
  | { type: 'refused'; code: number }
  /** Nothing was written: it may be made again. */
  | { type: 'unsent'; reason: string }
  /** It may have been done or not. */
  | { type: 'unknown'; reason: string };

export type Fetch = typeof fetch;

/** WeChat is busy: it documents no more than that, so the message may have gone out. */
export const BUSY = -1;

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
export function failureOf(error: unknown): CallOutcome {
  const { name, cause } = failureSchema.parse(error);
  if (BEFORE_WRITING.has(cause.code)) return { type: 'unsent', reason: cause.code };
  return { type: 'unknown', reason: name === 'TimeoutError' ? 'timeout' : cause.code || 'interrupted' };
}

/** Reads an answer in JSON. Without an errcode, or with 0, it is a success. */
export function readAnswer(status: number, body: string): CallOutcome {
  if (status >= 500) return { type: 'unknown', reason: `http-${status}` };
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    return { type: 'unknown', reason: `no-json: ${messageOf(error).slice(0, 40)}` };
  }
  if (typeof value !== 'object' || value === null) return { type: 'unknown', reason: 'no-json' };
  const code = 'errcode' in value ? Number(value.errcode) : 0;
  if (code === BUSY) return { type: 'unknown', reason: 'busy' };
  return code === 0 ? { type: 'ok', value: { ...value } } : { type: 'refused', code };
}

/** Posts JSON, or a form with a file. */
export async function post(
  fetch: Fetch,
  url: string,
  body: Record<string, unknown> | FormData,
  timeoutMs: number,
): Promise<CallOutcome> {
  try {
    const isForm = body instanceof FormData;
    const response = await fetch(url, {
      method: 'POST',
      body: isForm ? body : JSON.stringify(body),
      headers: isForm ? {} : { 'Content-Type': 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return readAnswer(response.status, await response.text());
  } catch (error) {
    return failureOf(error);
  }
}
