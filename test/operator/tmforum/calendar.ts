import type { CallDependencies } from '../../../src/operator/http/call';
import { createTmforumVisits } from '../../../src/operator/tmforum/tmforum-visits';
import { silent } from '../../support/turns';
import { CALENDAR_TOKEN } from './calendar-server';

/** Visits on a calendar as a test takes them: pauses are noted instead of waited for. */
export function createTestVisits(
  url: string,
  {
    clock,
    token = CALENDAR_TOKEN,
    timeoutMs = 5000,
  }: { clock: () => number; token?: string; timeoutMs?: number },
  changed: Partial<Pick<CallDependencies, 'restMs'>> = {},
) {
  const pauses: number[] = [];
  const deps = {
    fetch,
    settings: { url, token, timeoutMs: () => timeoutMs },
    clock,
    random: () => 1,
    pause: async (ms: number) => {
      pauses.push(ms);
    },
    log: silent,
    ...changed,
  };
  return { ...createTmforumVisits(deps), deps, pauses };
}
