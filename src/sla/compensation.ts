import type { ClockEvent } from '../contract/sla';
import { deadlineOf } from './deadline';
import type { Compensation } from './policy/policy-schema';

const DAY_MS = 24 * 3600_000;

/** What a policy owes a customer for so many milliseconds of lateness, in yuan; a day that has begun is a day. */
export function compensationFor(compensation: Compensation, lateMs: number): number {
  if (lateMs <= 0) return 0;
  const { yuan, per, atMost = Number.POSITIVE_INFINITY } = compensation;
  return Math.min(per === 'day' ? yuan * Math.ceil(lateMs / DAY_MS) : yuan, atMost);
}

/**
 * By how much a promise was missed that is met at `at`, in ms; 0 when it was kept. What counts is the time that was
 * promised first, since the clock began or began anew after a relapse: a new time that was given does not make it good.
 */
export function latenessOf(log: readonly ClockEvent[], at: number): number {
  const begun = log.findLastIndex(({ type }) => type === 'reopened');
  const renewed = log.findIndex(({ type }, i) => type === 'renewed' && i > begun);
  const first = renewed < 0 ? log : log.slice(0, renewed);
  const { dueAt } = deadlineOf(first, at);
  return dueAt === null ? 0 : Math.max(0, at - dueAt);
}
