import CircuitBreaker from 'opossum';
import type { Logger } from 'pino';
import {
  type ApiAnswer,
  type ApiName,
  type ApiRequest,
  apiNames,
  operatorApi,
} from '../../contract/operator-api';
import { AppError, type ErrorCode } from '../../errors';
import { type Attempt, attempt, type Fetch, OperatorFault } from './attempt';
import type { OperatorSettings } from './settings';

export interface CallDependencies {
  fetch: Fetch;
  settings: OperatorSettings;
  clock: () => number;
  random: () => number;
  pause: (ms: number) => Promise<unknown>;
  log: Logger;
  /** How long a call that failed too often is not made. */
  restMs?: number;
}

export interface OperatorCalls {
  /**
   * Throws `timeout` or `unavailable` when no attempt came to a good answer, and `bad-request` when the call was
   * refused. `key` for calls that change something.
   */
  call<N extends ApiName>(name: N, request: ApiRequest<N>, key?: string): Promise<ApiAnswer<N>>;
  /** The calls that failed so often of late that they are not made at present. */
  restingCalls(): ApiName[];
  close(): void;
}

/** The breaker of a call opens when half of at least five attempts within half a minute failed. */
const BREAKER = { errorThresholdPercentage: 50, volumeThreshold: 5, rollingCountTimeout: 30_000 };
const REST_MS = 10_000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5000;

type Breaker = CircuitBreaker<[Attempt], unknown>;

/** Pause before the attempt after `failed` ones, in ms: twice as long each time, with full jitter, or what was asked for. */
export const pauseBefore = (failed: number, random: number, waitMs: number): number =>
  Math.max(waitMs, Math.min(FIRST_PAUSE_MS * 2 ** (failed - 1), LONGEST_PAUSE_MS) * random);

const isFinal = ({ kind }: OperatorFault): boolean => kind === 'refused' || kind === 'denied';

/** A refusal is about the call, and "busy" asks for a pause of its own: neither says that the operator is down. */
const isHealthy = (error: unknown): boolean =>
  error instanceof OperatorFault && (error.kind === 'refused' || error.kind === 'busy');

/** Calls the operator's server: retried with the same key, and not made for a while when a call fails too often. */
export function createOperatorCalls(deps: CallDependencies): OperatorCalls {
  const { log, restMs = REST_MS } = deps;
  const breakers = new Map<ApiName, Breaker>();

  /** One a call: a line test that hangs says nothing about the calendar. */
  function breakerOf(name: ApiName): Breaker {
    const known = breakers.get(name);
    if (known) return known;
    const breaker: Breaker = new CircuitBreaker((wanted: Attempt) => attempt(deps, wanted), {
      ...BREAKER,
      timeout: false,
      resetTimeout: restMs,
      errorFilter: isHealthy,
    });
    breaker.on('open', () => log.warn({ call: name }, 'the operator fails too often; it rests'));
    breaker.on('close', () => log.info({ call: name }, 'the operator answers again'));
    breakers.set(name, breaker);
    return breaker;
  }

  async function untilAnswered(wanted: Attempt): Promise<unknown> {
    const { tries } = operatorApi[wanted.name];
    for (let failed = 0; ; ) {
      try {
        return await breakerOf(wanted.name).fire(wanted);
      } catch (error) {
        failed += 1;
        if (!(error instanceof OperatorFault)) throw resting(wanted.name, error, restMs);
        if (failed >= tries || isFinal(error)) throw given(error);
        log.warn({ call: wanted.name, kind: error.kind, failed }, 'the operator is tried again');
        await deps.pause(pauseBefore(failed, deps.random(), error.waitMs));
      }
    }
  }

  return {
    async call<N extends ApiName>(
      name: N,
      request: ApiRequest<N>,
      key: string | null = null,
    ): Promise<ApiAnswer<N>> {
      const answer = await untilAnswered({ name, body: JSON.stringify(request), key });
      // The attempt has parsed it by the schema of this very call.
      return answer as ApiAnswer<N>;
    },
    restingCalls: () => apiNames.filter((name) => breakers.get(name)?.opened === true),
    close() {
      for (const breaker of breakers.values()) breaker.shutdown();
    },
  };
}

const codeOf = ({ kind }: OperatorFault): ErrorCode => {
  if (kind === 'refused') return 'bad-request';
  return kind === 'timeout' ? 'timeout' : 'unavailable';
};

const given = (fault: OperatorFault): AppError =>
  new AppError(
    codeOf(fault),
    `The operator could not be asked (${fault.message}). Nothing is known to have changed; the same key may be sent again.`,
    { cause: fault },
  );

const resting = (name: ApiName, cause: unknown, restMs: number): AppError =>
  new AppError('unavailable', `The operator failed too often; "${name}" rests.`, {
    cause,
    retryAfterSeconds: Math.ceil(restMs / 1000),
  });
