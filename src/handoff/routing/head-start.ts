import type { Priority } from '../../contract/conversation';
import type { RoutingPolicy } from './routing-schema';

/** What may move somebody ahead of their time. */
export interface Urgency {
  priority: Priority;
  customerLevel: string | null;
  isCare: boolean;
  /** Given back by an agent, or lost by one. */
  isReturned: boolean;
  /** Until the nearest promise lapses, in ms; null when nothing runs. */
  leftMs: number | null;
}

const MINUTE_MS = 60_000;

/**
 * By how much somebody is served as if they had waited longer, in ms. A place is `since - headStart`: it never changes
 * while they wait, so whoever comes later than the largest head start can get before nobody. That bounds every wait by
 * what is in line within that time, whatever arrives (`test/handoff/routing/starvation.test.ts`).
 */
export function headStartOf(
  { headStartMinutes: policy }: Pick<RoutingPolicy, 'headStartMinutes'>,
  facts: Urgency,
): number {
  const { priority, customerLevel, isCare, isReturned, leftMs } = facts;
  const byPriority = priority === 'normal' ? 0 : policy[priority];
  const byLevel = customerLevel === null ? 0 : (policy.customerLevels[customerLevel] ?? 0);
  const leftMinutes = leftMs === null ? Number.POSITIVE_INFINITY : Math.max(0, leftMs / MINUTE_MS);
  const byPromise = Math.max(0, policy.promise - leftMinutes);
  const total =
    byPriority + byLevel + (isCare ? policy.care : 0) + (isReturned ? policy.returned : 0) + byPromise;
  return Math.round(total * MINUTE_MS);
}

/** The largest head start that there can be, in ms. */
export function largestHeadStart({
  headStartMinutes: policy,
}: Pick<RoutingPolicy, 'headStartMinutes'>): number {
  const { danger, high, care, returned, promise, customerLevels } = policy;
  const level = Math.max(0, ...Object.values(customerLevels));
  return (Math.max(danger, high) + care + returned + promise + level) * MINUTE_MS;
}
