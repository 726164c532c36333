import type { AppliedClock, ClockEvent } from '../contract/sla';
import { elapsedBetween, momentAfter, TINY } from './calendar/measure';
import { type Replay, replay, type Spell } from './replay';

/**
 * Deadlines: pure functions of a clock's event log. What has elapsed is the sum over the stretches in which the clock
 * ran, each measured by the policy and calendar that held then; a change of policy carries it over. Times are
 * milliseconds since 1970 UTC.
 */
export interface Deadline {
  status: 'running' | 'paused' | 'met' | 'cancelled';
  /** When the clock began, or began anew after a relapse. */
  beganAt: number;
  targetMs: number;
  elapsedMs: number;
  /** When the target is reached if nothing else happens; null while the clock stands still before it, or is cancelled. */
  dueAt: number | null;
  revision: number;
  /** How often a broken promise was replaced by a new one. */
  renewals: number;
}

export function deadlineOf(log: readonly ClockEvent[], now: number): Deadline {
  const read = replay(log);
  return {
    status: read.spells.at(-1)?.state ?? 'running',
    beganAt: read.beganAt,
    targetMs: read.policy.targetMs,
    elapsedMs: elapsedUntil(read.spells, now),
    dueAt: momentIn(read, 100),
    revision: read.revision,
    renewals: read.renewals,
  };
}

/** What has run until a moment. */
function elapsedUntil(spells: Spell[], now: number): number {
  return spells
    .filter(({ state }) => state === 'running')
    .reduce(
      (sum, { policy, startAt, endAt }) => sum + elapsedBetween(policy, startAt, Math.min(endAt, now)),
      0,
    );
}

/** When so many percent of the target are reached; see `dueAt`. */
export const momentOf = (log: readonly ClockEvent[], percent: number): number | null =>
  momentIn(replay(log), percent);

function momentIn(read: Replay, percent: number): number | null {
  const reachedAt = reachedIn(read, (read.policy.targetMs * percent) / 100);
  if (reachedAt === null) return null;
  const { visitEndAt, revisedAt, policy } = read;
  if (visitEndAt === null) return Math.max(reachedAt, revisedAt);
  // What comes before the deadline keeps its distance from a visit that ends later.
  const lead = Math.round((policy.targetMs * (100 - percent)) / 100);
  return Math.max(reachedAt, revisedAt, visitEndAt - lead);
}

/** A clock that was stopped in time keeps the deadline that it would have had. */
const counts = ({ state, endAt }: Spell): boolean =>
  state === 'running' || (state === 'met' && endAt === Number.POSITIVE_INFINITY);

function reachedIn({ spells }: Replay, amount: number): number | null {
  let left = amount;
  for (const spell of spells.filter(counts)) {
    const { policy, startAt, endAt } = spell;
    if (endAt === Number.POSITIVE_INFINITY) return momentAfter(policy, startAt, left);
    const elapsed = elapsedBetween(policy, startAt, endAt);
    if (elapsed >= left - TINY) return momentAfter(policy, startAt, left);
    left -= elapsed;
  }
  return null;
}

/** A threshold that is reached. */
export interface Threshold {
  percent: number;
  /** `75@1`: of revision 1. */
  key: string;
  dueAt: number;
}

/** Thresholds that were not acted on yet, in order of time; those that cannot be told yet are left out. */
export function openThresholds({ log, fired }: AppliedClock): Threshold[] {
  const read = replay(log);
  const last = read.spells.at(-1);
  if (last?.state === 'cancelled') return [];
  const endsAt = last?.state === 'met' ? last.startAt : Number.POSITIVE_INFINITY;
  return read.policy.thresholds
    .flatMap((percent): Threshold[] => {
      const dueAt = momentIn(read, percent);
      if (dueAt === null || dueAt > endsAt || isFired(read, { percent, dueAt }, fired)) return [];
      return [{ percent, key: `${percent}@${read.revision}`, dueAt }];
    })
    .sort((a, b) => a.dueAt - b.dueAt || a.percent - b.percent);
}

/** A change of policy does not fire again what was fired and lies behind it. */
function isFired(
  { revision, firstRevision, revisedAt }: Replay,
  { percent, dueAt }: { percent: number; dueAt: number },
  fired: readonly string[],
): boolean {
  if (fired.includes(`${percent}@${revision}`)) return true;
  if (dueAt > revisedAt) return false;
  return fired.some((key) => {
    const [before, at] = key.split('@').map(Number);
    return before === percent && at !== undefined && at >= firstRevision;
  });
}
