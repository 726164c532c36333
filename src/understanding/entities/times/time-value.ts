/** Milliseconds since 1970 UTC; an open end is null. */
export interface TimeValue {
  startAt: number;
  endAt: number | null;
  /** Minutes after midnight at which it begins on the operator's clock; null where no hour was said. */
  minute: number | null;
}

/** When it is, on the wall clock of the operator: milliseconds as if that clock were UTC. */
export interface WallNow {
  now: number;
  /** The midnight before. */
  today: number;
  /** Something is told of what has been: "从20号开始断" is no wish. */
  isPast: boolean;
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
