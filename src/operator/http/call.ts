import type { ApiAnswer, ApiName, ApiRequest } from '../../contract/operator-api';
import { attempt, type Fetch } from './attempt';
import type { OperatorSettings } from './settings';
import { createTries, type TryDependencies } from './try-calls';

export interface CallDependencies extends TryDependencies {
  fetch: Fetch;
  settings: OperatorSettings;
  clock: () => number;
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

/** Calls the operator's server: retried with the same key, and not made for a while when a call fails too often. */
export function createOperatorCalls(deps: CallDependencies): OperatorCalls {
  const { run, restingCalls, close } = createTries(deps);
  return {
    async call<N extends ApiName>(
      name: N,
      request: ApiRequest<N>,
      key: string | null = null,
    ): Promise<ApiAnswer<N>> {
      const wanted = { name, body: JSON.stringify(request), key };
      const answer = await run(name, () => attempt(deps, wanted));
      // The attempt has parsed it by the schema of this very call.
      return answer as ApiAnswer<N>;
    },
    restingCalls,
    close,
  };
}
