import type { ContentPreview } from '../../contract/content-preview';
import type { TrialResult } from '../../contract/content-trial';
import type { DialogSet } from '../../dialogs/schema';
import { parseConversations } from '../../rehearsal/conversations';
import { type ContentFiles, type ParsedContent, type ReadContent, readContent } from '../content';
import { type Merged, mergeChanges } from '../drafts/merge';
import { type PreviewTask, previewOf } from '../preview';
import { runTrial, type TrialRequest } from '../trials/run-trial';

/** What the thread beside the server does: all that takes long, or that a hostile file could make take long. */
export type Task =
  | { type: 'read'; files: ContentFiles }
  | {
      type: 'merge';
      base: ContentFiles;
      mine: Record<string, string | null>;
      theirs: ContentFiles;
    }
  | { type: 'trial'; request: TrialRequest }
  | { type: 'preview'; preview: PreviewTask };

/** Functions do not travel between threads; they are made when content is compiled. */
export type TravellingContent = Omit<ReadContent, 'parsed'> & {
  parsed: (Omit<ParsedContent, 'dialogs'> & { dialogs: Omit<DialogSet, 'findAnswers' | 'holds'> }) | null;
};
export type TaskResult =
  | { type: 'read'; read: TravellingContent }
  | { type: 'merge'; merged: Merged }
  | { type: 'trial'; trial: TrialResult }
  | { type: 'preview'; preview: ContentPreview };

export async function runTask(task: Task): Promise<TaskResult> {
  switch (task.type) {
    case 'read':
      return { type: 'read', read: readToTravel(task.files) };
    case 'merge':
      return { type: 'merge', merged: mergeChanges(task.base, task.mine, task.theirs) };
    case 'trial':
      return { type: 'trial', trial: await runTrial(task.request) };
    case 'preview':
      return { type: 'preview', preview: previewOf(task.preview) };
  }
}

function readToTravel(files: ContentFiles): TravellingContent {
  const { problems: own, parsed, ...rest } = readContent(files);
  // Conversations that try the dialogs keep nobody from serving them.
  const problems = [...own, ...parseConversations(files).problems];
  if (!parsed) return { ...rest, problems, parsed };
  const { findAnswers: _found, holds: _holds, ...dialogs } = parsed.dialogs;
  return { ...rest, problems, parsed: { ...parsed, dialogs } };
}
