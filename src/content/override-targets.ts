import type { OrderKind } from '../contract/orders';
import { pickPolicy } from '../sla/policy/pick-policy';
import type { PolicySet } from '../sla/policy/policies';

/** Targets that settings put in place of those of the files; what is not set stays as it is. */
export interface TargetOverrides {
  promiseMinutes: Partial<Record<OrderKind, number | undefined>>;
  queueWaitSeconds?: number | undefined;
}

/** The policies with the targets that settings ask for: of ordinary orders of a kind, and of the wait for a human. */
export function overrideTargets(set: PolicySet, overrides: TargetOverrides): PolicySet {
  const targets = new Map<string, number>();
  const facts = { startAt: 0, channel: null };
  for (const [kind, minutes] of Object.entries(overrides.promiseMinutes)) {
    const subject = kind === 'complaint' ? 'complaint-answer' : 'work-order';
    // The keys are those of the record.
    const policy = pickPolicy(set, 'promise', { ...facts, subject, kind: kind as OrderKind });
    if (policy && minutes !== undefined) targets.set(policy.id, minutes);
  }
  const wait = pickPolicy(set, 'promise', { ...facts, subject: 'queue-wait' });
  if (wait && overrides.queueWaitSeconds !== undefined) targets.set(wait.id, overrides.queueWaitSeconds / 60);
  if (targets.size === 0) return set;
  const policies = set.policies.map((policy) => {
    const minutes = targets.get(policy.id);
    return minutes === undefined ? policy : { ...policy, target: { minutes } };
  });
  return { ...set, hash: `${set.hash}:${JSON.stringify([...targets])}`, policies };
}
