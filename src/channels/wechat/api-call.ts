import { messageOf } from '../../errors';
import { type CallOutcome, type Fetch, failureOf } from '../delivery/call-outcome';

/** WeChat is busy: it documents no more than that, so the message may have gone out. */
export const BUSY = -1;

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
export const post = (
  fetch: Fetch,
  url: string,
  body: Record<string, unknown> | FormData,
  timeoutMs: number,
): Promise<CallOutcome> => {
  const isForm = body instanceof FormData;
  const headers = isForm ? undefined : { 'Content-Type': 'application/json' };
  return call(fetch, url, { method: 'POST', body: isForm ? body : JSON.stringify(body), headers }, timeoutMs);
};

export const get = (fetch: Fetch, url: string, timeoutMs: number): Promise<CallOutcome> =>
  call(fetch, url, {}, timeoutMs);

async function call(fetch: Fetch, url: string, init: RequestInit, timeoutMs: number): Promise<CallOutcome> {
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return readAnswer(response.status, await response.text());
  } catch (error) {
    return failureOf(error);
  }
}
