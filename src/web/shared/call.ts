/**
 * The browser's side of our HTTP API. `shared/` is one typed client over Direct Line 3.0 for the chat page, the widget
 * and the samples: the conversation is on the server, so everything that was said comes again after a reload, and what
 * is not acknowledged yet is kept here under its own id and sent until it is.
 */

/** What the server refused, or `status` 0 when it was not reached. */
export class CallError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly retryAfterMs: number,
    /** The whole answer: some refusals say more than a code. */
    readonly answer: unknown = null,
  ) {
    super(`${status} ${code}`);
  }
}

export interface CallOptions {
  token?: string | null;
  body?: unknown;
  /** Files, in place of a body. */
  form?: FormData;
  headers?: Record<string, string>;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Api {
  /** Answers the parsed body. Throws a CallError. */
  call<T>(method: Method, path: string, options?: CallOptions): Promise<T>;
  /** How far the server's clock is ahead of this device's, in ms; many phones are minutes off. */
  clockOffset(): number;
}

/** A call that hangs is given up: the network of a customer whose line is broken is bad. */
const TIMEOUT_MS = 20_000;
/** Ten megabytes over a slow line. */
const UPLOAD_TIMEOUT_MS = 120_000;

export function createApi(
  base: string,
  fetch: typeof globalThis.fetch = globalThis.fetch.bind(globalThis),
): Api {
  let offset = 0;

  async function reach(
    method: string,
    path: string,
    { token, body, form, headers: own }: CallOptions,
  ): Promise<Response> {
    const headers: Record<string, string> = {
      ...own,
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    // AbortSignal.timeout is younger than many phones.
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), form ? UPLOAD_TIMEOUT_MS : TIMEOUT_MS);
    try {
      return await fetch(base + path, {
        method,
        headers,
        body: form ?? (body === undefined ? undefined : JSON.stringify(body)),
        signal: controller.signal,
      });
    } catch {
      throw new CallError(0, 'unreachable', 0);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    clockOffset: () => offset,
    async call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
      const response = await reach(method, path, options);
      const date = Date.parse(response.headers.get('Date') ?? '');
      if (!Number.isNaN(date)) offset = date - Date.now();
      // Our own server's answers: what they hold is what the contract says.
      const answer = (await response.json().catch(() => ({}))) as { error?: { code?: string } };
      if (response.ok) return answer as T;
      const seconds = Number(response.headers.get('Retry-After') ?? 0);
      throw new CallError(response.status, answer.error?.code ?? '', seconds * 1000 || 0, answer);
    },
  };
}
