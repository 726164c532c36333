import type { ChangedPath, FileDifference } from '../contract/content-editing';
import type { ContentFiles } from './content';

/** What differs from a base: the new text of a file, null for one that is gone. */
export type Changes = Record<string, string | null>;

const own = <T>(record: Record<string, T>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** The base with its changes. */
export function applyChanges(base: ContentFiles, changes: Changes): ContentFiles {
  const files = Object.entries({ ...base, ...changes });
  return Object.fromEntries(files.flatMap(([path, text]) => (text === null ? [] : [[path, text]])));
}

/** What leads from one set of files to another; nothing for files that are the same. */
export function changesBetween(before: ContentFiles, after: ContentFiles): Changes {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return Object.fromEntries(
    paths.flatMap((path) => {
      const text = own(after, path) ?? null;
      return text === (own(before, path) ?? null) ? [] : [[path, text]];
    }),
  );
}

/** Both texts of each file that differs, by path. */
export const differencesBetween = (before: ContentFiles, after: ContentFiles): FileDifference[] =>
  Object.entries(changesBetween(before, after)).map(([path, text]) => {
    const old = own(before, path) ?? null;
    return {
      path,
      kind: old === null ? 'added' : text === null ? 'removed' : 'changed',
      before: old,
      after: text,
    };
  });

export const changedPaths = (before: ContentFiles, after: ContentFiles): ChangedPath[] =>
  differencesBetween(before, after).map(({ path, kind }) => ({ path, kind }));
