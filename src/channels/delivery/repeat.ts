import type { DeliveryItem } from './delivery-item';

/** How often an answer or a notice is sent again after an outcome that nobody knows. */
export const REPEATS = 2;
const REPEAT_AFTER_MS = 1000;
const LONGEST_WAIT_MS = 60_000;

type Changes = Pick<DeliveryItem, 'state' | 'reason'> & Partial<Omit<DeliveryItem, 'part'>>;

/** A change of items that were sent together, and when they are looked at again; null: they have an outcome. */
export interface Next {
  after: Changes;
  dueAt: number | null;
}

type Sends = Pick<DeliveryItem, 'uncertainSends' | 'failures' | 'mayRepeat'>;

/** After a send that may have arrived or not: again after a while if it may be, else it stays uncertain. */
export function afterDoubt(items: Sends[], reason: string, now: number, repeats = REPEATS): Next {
  const uncertainSends = Math.max(...items.map((item) => item.uncertainSends)) + 1;
  const isRepeated = uncertainSends <= repeats && items.every(({ mayRepeat }) => mayRepeat);
  if (!isRepeated) return { after: { state: 'uncertain', reason, uncertainSends }, dueAt: null };
  const dueAt = now + Math.min(REPEAT_AFTER_MS * 2 ** (uncertainSends - 1), LONGEST_WAIT_MS);
  return { after: { state: 'waiting', reason, uncertainSends, dueAt }, dueAt };
}

/** After a send of which nothing was written: again, after an ever longer wait. `waitMs`: what the channel asks for. */
export function afterFailure(
  items: Sends[],
  reason: string,
  now: number,
  waitMs = 0,
): Next & { dueAt: number } {
  const failures = Math.max(...items.map((item) => item.failures)) + 1;
  // Bounded before it is a power: it may fail for days.
  const backOffMs = Math.min(REPEAT_AFTER_MS * 2 ** Math.min(failures - 1, 16), LONGEST_WAIT_MS);
  const dueAt = now + Math.max(backOffMs, waitMs);
  return { after: { state: 'waiting', reason, failures, dueAt }, dueAt };
}
