import CircuitBreaker from 'opossum';
import type { Logger } from 'pino';
import { type ApiName, apiNames, operatorApi } from '../../contract/operator-api';
import { AppError, type ErrorCode } from '../../errors';
import { OperatorFault } from './attempt';

export interface TryDependencies {
  random: () => number;
  pause: (ms: number) => Promise<unknown>;
  log: Logger;
  /** How long a call that failed too often is not made. */
  restMs?: number;
}

export interface Tries {
  /**
   * Makes a call of the port until an attempt comes to an answer. `attempt` throws an `OperatorFault`, and is safe to
   * repeat. Throws `timeout` or `unavailable` when none did, and `bad-request` when the call was refused.
   */
  run<T>(name: ApiName, attempt: () => Promise<T>): Promise<T>;
  /** The calls that failed so often of late that they are not made at present. */
  restingCalls(): ApiName[];
  close(): void;
}

/** The breaker of a call opens when half of at least five attempts within half a minute failed. */
const BREAKER = { errorThresholdPercentage: 50, volumeThreshold: 5, rollingCountTimeout: 30_000 };
const REST_MS = 10_000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5000;

type Breaker = CircuitBreaker<[() => Promise<unknown>], unknown>;

/** Pause before the attempt after `failed` ones, in ms: twice as long each time, with full jitter, or what was asked for. */
export const pauseBefore = (failed: number, random: number, waitMs: number): number =>
  Math.max(waitMs, Math.min(FIRST_PAUSE_MS * 2 ** (failed - 1), LONGEST_PAUSE_MS) * random);

const isFinal = ({ kind }: OperatorFault): boolean => kind === 'refused' || kind === 'denied';

/** A refusal is about the call, and "busy" asks for a pause of its own: neither says that the operator is down. */
const isHealthy = (error: unknown): boolean =>
  error instanceof OperatorFault && (error.kind === 'refused' || error.kind === 'busy');

/** Repeats what failed, and leaves a call alone for a while when it fails too often. */
export function createTries({ random, pause, log, restMs = REST_MS }: TryDependencies): Tries {
  const breakers = new Map<ApiName, Breaker>();

  /** One a call: a line test that hangs says nothing about the calendar. */
  function breakerOf(name: ApiName): Breaker {
    const known = breakers.get(name);
    if (known) return known;
    const breaker: Breaker = new CircuitBreaker((attempt: () => Promise<unknown>) => attempt(), {
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

  return {
    async run<T>(name: ApiName, attempt: () => Promise<T>): Promise<T> {
      for (let failed = 0; ; ) {
        try {
          // The breaker answers what the attempt did.
          return (await breakerOf(name).fire(attempt)) as T;
        } catch (error) {
          failed += 1;
          if (!(error instanceof OperatorFault)) throw resting(name, error, restMs);
          if (failed >= operatorApi[name].tries || isFinal(error)) throw given(error);
          log.warn({ call: name, kind: error.kind, failed }, 'the operator is tried again');
          await pause(pauseBefore(failed, random(), error.waitMs));
        }
      }
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
