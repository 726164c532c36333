/** So many times what is usual, and no more, is put down to what goes on around: a storm, a match on television. */
const MOST = 4;
/** Reports that say nothing has risen; few reports prove little. */
const WEIGHT = 3;

/** What was reported around a cell, and what was to be expected there. */
export interface Surroundings {
  reported: number;
  expected: number;
}

/**
 * By how much more than usual is reported around: the wider of its neighbours and of all areas, without the area itself.
 * A rise that all share is no incident of one area (Kulldorff, Prospective time periodic geographical disease
 * surveillance using a scan statistic, JRSS A 164, 2001, conditions on the total for the same reason). It is capped, so
 * that an incident next door hides none here.
 */
export function commonRise(rings: readonly Surroundings[]): number {
  const rises = rings.map(({ reported, expected }) => (reported + WEIGHT) / (expected + WEIGHT));
  return Math.min(Math.max(1, ...rises), MOST);
}

/** Areas whose ids differ after the last hyphen only are neighbours: nj-gl-01 and nj-gl-02. */
export const districtOf = (area: string): string => area.replace(/-[^-]*$/, '');
