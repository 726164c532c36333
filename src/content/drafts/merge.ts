import { diff3Merge } from 'node-diff3';
import type { MergeConflict } from '../../contract/content-editing';
import type { Changes } from '../changes';
import type { ContentFiles } from '../content';

/** What becomes of my changes on top of another version. */
export interface Merged {
  /** Changes on top of the other version, as far as they fit. */
  changes: Changes;
  /** Files that both changed, and that could be joined. */
  merged: Changes;
  conflicts: MergeConflict[];
}

const MINE = '<<<<<<< mine';
const BETWEEN = '=======';
const THEIRS = '>>>>>>> theirs';

const lines = (text: string | null): string[] => (text === null ? [] : text.split('\n'));

/** Joins two changes of a text line by line; null conflicts mean that both could be kept. */
function mergeTexts(base: string | null, mine: string, theirs: string) {
  const regions = diff3Merge(lines(mine), lines(base), lines(theirs), { excludeFalseConflicts: true });
  const text = regions.flatMap(({ ok, conflict }) =>
    conflict ? [MINE, ...conflict.a, BETWEEN, ...conflict.b, THEIRS] : (ok ?? []),
  );
  return { text: text.join('\n'), isClean: regions.every(({ conflict }) => !conflict) };
}

/** True where marks of a conflict were left in a text. */
export const hasConflictMarks = (text: string): boolean =>
  lines(text).some((line) => line === MINE || line === THEIRS);

/**
 * Carries changes from the version that they were made on over to another, file by file and line by line. What only
 * one side changed is taken; what both changed alike is one change.
 */
export function mergeChanges(base: ContentFiles, mine: Changes, theirs: ContentFiles): Merged {
  const result: Merged = { changes: {}, merged: {}, conflicts: [] };
  for (const [path, text] of Object.entries(mine)) {
    const before = base[path] ?? null;
    const other = theirs[path] ?? null;
    if (other === text) continue;
    if (other === before) result.changes[path] = text;
    else if (text === null || other === null) result.conflicts.push(oneIsGone(path, before, text, other));
    else {
      const { text: joined, isClean } = mergeTexts(before, text, other);
      if (!isClean) result.conflicts.push({ path, base: before, mine: text, theirs: other, merged: joined });
      else {
        result.merged[path] = joined;
        if (joined !== other) result.changes[path] = joined;
      }
    }
  }
  return result;
}

/** One side removed what the other changed: marks around the whole of it. */
const oneIsGone = (
  path: string,
  base: string | null,
  mine: string | null,
  theirs: string | null,
): MergeConflict => ({
  path,
  base,
  mine,
  theirs,
  merged: [MINE, ...lines(mine), BETWEEN, ...lines(theirs), THEIRS].join('\n'),
});
