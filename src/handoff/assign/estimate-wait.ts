import type { QueueLine } from '../agent-queue';

/** Fewer than so many tell nothing about the next. */
const LEAST_SERVED = 3;
/** A burst of a few seconds is no rate. */
const LEAST_MS = 5 * 60_000;
/** Beyond this nobody should be told to wait. */
const MOST_MINUTES = 180;
const MINUTE_MS = 60_000;

/**
 * How many minutes somebody waits who has `ahead` others before them: their number and their own turn, divided by how
 * many agents have taken lately, rounded up. Null while that is not known.
 */
export function estimateMinutes(
  { served, servedWithinMs }: Pick<QueueLine, 'served' | 'servedWithinMs'>,
  ahead: number,
): number | null {
  if (served < LEAST_SERVED) return null;
  const eachMs = Math.max(servedWithinMs, LEAST_MS) / served;
  const minutes = Math.ceil(((ahead + 1) * eachMs) / MINUTE_MS);
  return minutes > MOST_MINUTES ? null : minutes;
}
