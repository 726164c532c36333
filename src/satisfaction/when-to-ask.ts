/**
 * When a customer is asked how it was. Pure; times are milliseconds since 1970 UTC. One question, 30 minutes to 24 hours
 * after the customer has confirmed that it is solved, at most once in 7 days, never at night, never while another
 * order is open, and never after danger or fraud.
 */
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export const ASK_AFTER_MS = 30 * MINUTE_MS;
export const ASK_WITHIN_MS = DAY_MS;
export const ASK_AGAIN_AFTER_MS = 7 * DAY_MS;
/** Somebody in the middle of another matter is asked when that has had so long to come to an end. */
export const ASK_LATER_MS = 30 * MINUTE_MS;

/** When the quiet hours that a moment falls into end; null outside of them. */
export type QuietUntil = (at: number) => number | null;

/** The next moment at which it may be asked; null when the time for it is over by then. */
export function nextMoment(solvedAt: number, from: number, quietUntil: QuietUntil): number | null {
  const earliest = Math.max(from, solvedAt + ASK_AFTER_MS);
  const at = quietUntil(earliest) ?? earliest;
  return at <= solvedAt + ASK_WITHIN_MS ? at : null;
}

export interface Asked {
  /** When the customer was asked last; null: never. */
  askedAt: number | null;
  /** The last danger or fraud; null: none. */
  dangerAt: number | null;
}

/** Whether the customer may be asked at all now. */
export function mayAsk({ askedAt, dangerAt }: Asked, hasOpenOrder: boolean, now: number): boolean {
  const isRecent = (at: number | null) => at !== null && now - at < ASK_AGAIN_AFTER_MS;
  return !hasOpenOrder && !isRecent(askedAt) && !isRecent(dangerAt);
}

/** Customer satisfaction (CSAT): ratings of 4 or 5 ÷ all ratings; null without any. */
export const csatOf = (scores: number[]): number | null =>
  scores.length === 0 ? null : scores.filter((score) => score >= 4).length / scores.length;
