import { z } from 'zod';
import { pauseOf } from '../../channels/delivery/retry-after';
import { type ApiName, operatorApi } from '../../contract/operator-api';
import type { OperatorSettings } from './settings';
import { callHeaders } from './sign-call';

export type Fetch = typeof globalThis.fetch;

/** Why an attempt came to nothing. */
export type FaultKind =
  /** No answer in time; it may have been carried out. */
  | 'timeout'
  /** No connection, or one that broke; it may have been carried out. */
  | 'unreachable'
  /** The operator says that it cannot now. */
  | 'busy'
  /** The operator says that something went wrong there; it may have been carried out. */
  | 'failed'
  /** The operator does not take the signature: a matter of settings. */
  | 'denied'
  /** The operator refuses the call as such: trying again is of no use. */
  | 'refused'
  /** An answer, but none that the contract knows. */
  | 'garbage';

/** A failed attempt: never with anything of the request or the answer, which may be personal. */
export class OperatorFault extends Error {
  readonly kind: FaultKind;
  /** What the operator asks for before the next attempt; 0 when it says nothing. */
  readonly waitMs: number;
  /** Of HTTP; null when there was no answer, or none that could be read. */
  readonly status: number | null;
  constructor(
    name: string,
    kind: FaultKind,
    what: string,
    said: { waitMs?: number; status?: number | null } = {},
  ) {
    super(`operator ${name}: ${what}`);
    this.name = 'OperatorFault';
    this.kind = kind;
    this.waitMs = said.waitMs ?? 0;
    this.status = said.status ?? null;
  }
}

/** No answer of an operator is longer. */
const ANSWER_LIMIT = 1024 * 1024;
const BUSY = new Set([408, 425, 429, 503]);
const LONGEST_WAIT_MS = 10_000;

export interface Attempt {
  name: ApiName;
  body: string;
  key: string | null;
}

/** Makes one attempt at a call. Throws an `OperatorFault` for whatever is not a good answer. */
export async function attempt(
  { fetch, settings, clock }: { fetch: Fetch; settings: OperatorSettings; clock: () => number },
  { name, body, key }: Attempt,
): Promise<unknown> {
  const { path, answer } = operatorApi[name];
  const init = {
    method: 'POST',
    body,
    // What is signed for one receiver is not for another.
    redirect: 'error' as const,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      ...callHeaders({ path, key, body }, settings.secrets, clock()),
    },
    signal: AbortSignal.timeout(settings.timeoutMs(name)),
  };
  return exchange({ fetch, clock }, { name, url: settings.url + path, init, answer });
}

/** One request of a call, and its answer by the schema. Throws an `OperatorFault` for whatever is not a good answer. */
export async function exchange<S extends z.ZodType>(
  { fetch, clock }: { fetch: Fetch; clock: () => number },
  { name, url, init, answer }: { name: string; url: string; init: RequestInit; answer: S },
): Promise<z.infer<S>> {
  try {
    const response = await fetch(url, init);
    const fault = faultOf(name, response, clock());
    if (fault) {
      await response.body?.cancel();
      throw fault;
    }
    return readAnswer(name, answer, await readLimited(name, response));
  } catch (error) {
    throw error instanceof OperatorFault ? error : connectionFault(name, error);
  }
}

function faultOf(name: string, { status, headers }: Response, now: number): OperatorFault | null {
  if (status >= 200 && status < 300) return null;
  const what = `http-${status}`;
  if (BUSY.has(status)) {
    const waitMs = pauseOf(headers.get('retry-after'), now, LONGEST_WAIT_MS);
    return new OperatorFault(name, 'busy', what, { waitMs, status });
  }
  if (status === 401 || status === 403) return new OperatorFault(name, 'denied', what, { status });
  return new OperatorFault(name, status >= 500 ? 'failed' : 'refused', what, { status });
}

async function readLimited(name: string, response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    // Leaving the loop cancels the stream, and with it the connection.
    if (size > ANSWER_LIMIT) throw new OperatorFault(name, 'garbage', 'the answer is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function readAnswer<S extends z.ZodType>(name: string, schema: S, text: string): z.infer<S> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new OperatorFault(name, 'garbage', 'the answer is not JSON');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map(({ path }) => path.join('.') || 'all').slice(0, 5);
  throw new OperatorFault(name, 'garbage', `the answer does not fit at ${paths.join(', ')}`);
}

/** What `fetch` throws: its time-out by name, everything else with the reason in its cause. */
const thrownSchema = z.object({
  name: z.string(),
  cause: z.object({ code: z.string() }).optional().catch(undefined),
});

function connectionFault(name: string, error: unknown): OperatorFault {
  const thrown = thrownSchema.safeParse(error).data;
  if (thrown?.name === 'TimeoutError') return new OperatorFault(name, 'timeout', 'no answer in time');
  return new OperatorFault(name, 'unreachable', thrown?.cause?.code ?? 'no connection');
}
