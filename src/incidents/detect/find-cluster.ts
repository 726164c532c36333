import { tailChance } from './tail-chance';

const MINUTE_MS = 60_000;

/** A cluster may come fast or slowly: each of these spans before a report is looked at. */
export const WINDOWS_MS = [15, 30, 60, 120, 240].map((minutes) => minutes * MINUTE_MS);
/** The longest of them: what is older plays no part. */
export const LOOK_BACK_MS = 240 * MINUTE_MS;
/** False suspicions that are put up with, in a week of one area: one a week of 100. */
export const BUDGET_PER_AREA_WEEK = 0.01;
/** Fewer customers are never a cluster, however quiet the hour. */
export const FEWEST_CUSTOMERS = 4;
/** The same before a first week has shown which areas are busy. */
export const FEWEST_AT_FIRST = 8;
export const fewestOf = (weeks: number): number => (weeks < 1 ? FEWEST_AT_FIRST : FEWEST_CUSTOMERS);

/** One counted report. */
export interface Sighting {
  at: number;
  /** Who reported: one customer ten times is one. */
  customer: string;
}

/** Why reports are thought to belong together. */
export interface Finding {
  windowMs: number;
  customers: number;
  /** Customers to be expected in the window. */
  expected: number;
  /** Of a usual report, to be followed back upon as many others. */
  chance: number;
  /** The chance below which it is a suspicion. */
  limit: number;
}

/** Nobody knows the rhythm of a week before a week is over: until then the limit is stricter, by so much at first. */
const FIRST_TRUST = 0.002;
const trustIn = (weeks: number): number => Math.max(FIRST_TRUST, Math.min(weeks, 1) ** 2);

/**
 * The limit for the chance of one look. There is one look per report and window; by the Mecke formula (Last and
 * Penrose, Lectures on the Poisson Process, 2017, theorem 4.1) the false suspicions to be expected in a week are at most
 * reports a week × windows × limit, over however many areas and symptoms.
 */
export const limitOf = ({ perAreaWeek, weeks }: { perAreaWeek: number; weeks: number }): number =>
  (BUDGET_PER_AREA_WEEK * trustIn(weeks)) / (perAreaWeek * WINDOWS_MS.length);

/**
 * Whether the newest report of a cell comes upon more others than is usual. Seen from a report, the number of others in
 * the window before it is again negative binomial, with shape + 1 (the rate at a report is drawn with more weight the
 * higher it is): its tail is the chance. `shape` is that of the hour, `expectedIn` answers what is to be expected in a span that ends now. Reports
 * up to `since` play no part: they were judged before. Null when it is nothing unusual; else the least likely window.
 */
export function findCluster(
  sightings: readonly Sighting[],
  options: {
    now: number;
    since: number;
    limit: number;
    fewest: number;
    shape: number;
    expectedIn: (windowMs: number) => number;
  },
): Finding | null {
  const { now, since, limit, fewest, shape, expectedIn } = options;
  const found = WINDOWS_MS.map((windowMs): Finding => {
    const from = Math.max(now - windowMs, since);
    const inside = sightings.filter(({ at }) => at > from && at <= now);
    const customers = new Set(inside.map(({ customer }) => customer)).size;
    const expected = expectedIn(windowMs);
    const mean = (expected * (shape + 1)) / shape;
    const chance = tailChance(customers - 1, { mean, shape: shape + 1 });
    return { windowMs, customers, expected, chance, limit };
  });
  const unusual = found.filter(({ customers, chance }) => customers >= fewest && chance <= limit);
  return unusual.sort((a, b) => a.chance - b.chance)[0] ?? null;
}
