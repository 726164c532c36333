import type { DialogSet } from '../../dialogs/schema';
import { type ContentFiles, type ParsedContent, type ReadContent, readContent } from '../content';
import { type Merged, mergeChanges } from '../drafts/merge';

/** What the thread beside the server does: all that takes long, or that a hostile file could make take long. */
export type Task =
  | { type: 'read'; files: ContentFiles }
  | {
      type: 'merge';
      base: ContentFiles;
      mine: Record<string, string | null>;
      theirs: ContentFiles;
    };

/** Functions do not travel between threads; they are made when content is compiled. */
export type TravellingContent = Omit<ReadContent, 'parsed'> & {
  parsed: (Omit<ParsedContent, 'dialogs'> & { dialogs: Omit<DialogSet, 'findAnswers' | 'holds'> }) | null;
};
export type TaskResult = { type: 'read'; read: TravellingContent } | { type: 'merge'; merged: Merged };

export function runTask(task: Task): TaskResult {
  switch (task.type) {
    case 'read':
      return { type: 'read', read: readToTravel(task.files) };
    case 'merge':
      return { type: 'merge', merged: mergeChanges(task.base, task.mine, task.theirs) };
  }
}

function readToTravel(files: ContentFiles): TravellingContent {
  const { problems, warnings, parsed } = readContent(files);
  if (!parsed) return { problems, warnings, parsed };
  const { findAnswers: _found, holds: _holds, ...dialogs } = parsed.dialogs;
  return { problems, warnings, parsed: { ...parsed, dialogs } };
}
