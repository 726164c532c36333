import { join } from 'node:path';
import { loadPolicies } from '../content/load-policies';
import { overrideTargets } from '../content/override-targets';
import type { PolicySet } from '../sla/policy/policies';
import { startLoop } from '../turns/shard-duty';
import { applyPolicies } from '../work-orders/clocks/apply-policies';
import { type CheckDependencies, sweepOrders } from '../work-orders/clocks/check-order';
import type { Foundation } from './foundation';

const SHIPPED = join(__dirname, '..', '..');

/** What is promised, as the files say it and settings change it. Throws `bad-content` with every problem. */
export function openPolicies({ config }: Pick<Foundation, 'config'>): PolicySet {
  const set = loadPolicies(config.CONTENT_DIR ?? SHIPPED, SHIPPED, config.TIME_ZONE);
  return overrideTargets(set, {
    promiseMinutes: {
      fault: config.FAULT_PROMISE_MINUTES,
      installation: config.INSTALLATION_PROMISE_MINUTES,
      complaint: config.COMPLAINT_PROMISE_MINUTES,
    },
    queueWaitSeconds: config.QUEUE_WAIT_SECONDS,
  });
}

const SWEEP_MS = 60_000;

/**
 * Brings open orders under the policies of today, then looks every minute for orders that are overdue and whose
 * conversation did not ask. The wait is not for what conversations do within a second.
 */
export async function watchOrders(
  { db, clock, log, cleanup }: Foundation,
  { policies, earliestVisit }: Pick<CheckDependencies, 'policies' | 'earliestVisit'>,
  wakeOrders: () => void,
): Promise<void> {
  const deps = { db, policies, earliestVisit };
  const changed = await applyPolicies(deps, clock());
  if (changed > 0) log.info({ changed }, 'open orders brought under the policies of today');
  const sweep = startLoop({
    name: 'overdue orders',
    everyMs: SWEEP_MS,
    log,
    round: async () => {
      if ((await sweepOrders(deps, clock() - SWEEP_MS, clock())) > 0) wakeOrders();
      return false;
    },
  });
  cleanup.add(sweep.stop);
}
