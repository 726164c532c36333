import type { AppliedClock } from '../../contract/sla';
import { compensationFor, latenessOf } from '../../sla/compensation';
import type { PolicySet } from '../../sla/policy/policies';
import { replay } from '../../sla/replay';
import { clockOf } from './order-clocks';

/** What is owed for an order that is done at `at` later than was promised; null for nothing. */
export interface Owed {
  policy: string;
  yuan: number;
}

export function owedCompensation(set: PolicySet, clocks: AppliedClock[], at: number): Owed | null {
  const promise = clocks.find((clock) => clockOf(clock) === 'promise');
  if (!promise) return null;
  const { id } = replay(promise.log).policy;
  const compensation = set.policies.find((policy) => policy.id === id)?.compensation;
  if (!compensation) return null;
  const yuan = compensationFor(compensation, latenessOf(promise.log, at));
  return yuan > 0 ? { policy: id, yuan } : null;
}
