import { createHash } from 'node:crypto';
import type { RosterPlan, RosterProblem, Shift } from '../contract/rosters';
import { findOverlaps } from './read-roster';

const keyOf = ({ accountId, fromAt, toAt }: Shift): string => `${accountId}|${fromAt}|${toAt}`;
const dayOf = ({ accountId, date }: Shift): string => `${accountId}|${date}`;

/**
 * What a file changes: for each person and date that it names, its shifts take the place of those that there are; all
 * else stays. Pure.
 */
export function planImport(
  known: Shift[],
  { shifts, problems }: { shifts: (Shift & { line: number })[]; problems: RosterProblem[] },
): RosterPlan {
  const days = new Set(shifts.map(dayOf));
  const replaced = known.filter((shift) => days.has(dayOf(shift)));
  const kept = known.filter((shift) => !days.has(dayOf(shift)));
  const [before, after] = [new Set(replaced.map(keyOf)), new Set(shifts.map(keyOf))];
  const added = shifts.filter((shift) => !before.has(keyOf(shift))).map(({ line: _line, ...shift }) => shift);
  const removed = replaced.filter((shift) => !after.has(keyOf(shift)));
  const together = [...shifts, ...kept.map((shift) => ({ ...shift, line: 0 }))];
  const all = problems.length > 0 ? problems : findOverlaps(together);
  const text = [...added.map((shift) => `+${keyOf(shift)}`), ...removed.map((shift) => `-${keyOf(shift)}`)];
  const digest = createHash('sha256').update(text.sort().join('\n')).digest('hex').slice(0, 32);
  return { digest, added, removed, same: shifts.length - added.length, problems: all.slice(0, 50) };
}
