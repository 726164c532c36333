import type { MeasuredIntents } from '../../contract/content-intents';
import type { ContentPreview } from '../../contract/content-preview';
import type { CalendarMonth, Foretell, Foretold, MonthRequest } from '../../contract/content-promises';
import type { Talk } from '../../contract/content-talk';
import type { TrialResult } from '../../contract/content-trial';
import { parseConversations } from '../../rehearsal/conversations';
import { type ContentFiles, type ReadContent, readContent } from '../content';
import { type Merged, mergeChanges } from '../drafts/merge';
import { measureFiles } from '../intents/measure';
import { type PreviewTask, previewOf } from '../preview';
import { calendarMonth } from '../promises/calendar-month';
import { foretell } from '../promises/foretell';
import { runTalk, type TalkRequest } from '../talks/run-talk';
import { type TravellingContent, toTravel } from '../travel';
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
  | { type: 'preview'; preview: PreviewTask }
  | { type: 'talk'; request: TalkRequest }
  | { type: 'measure'; files: ContentFiles }
  | { type: 'foretell'; files: ContentFiles; asked: Foretell; timeZone: string }
  | { type: 'month'; files: ContentFiles; asked: MonthRequest; timeZone: string };

export type TravellingRead = Omit<ReadContent, 'parsed'> & { parsed: TravellingContent | null };
export type TaskResult =
  | { type: 'read'; read: TravellingRead }
  | { type: 'merge'; merged: Merged }
  | { type: 'trial'; trial: TrialResult }
  | { type: 'preview'; preview: ContentPreview }
  | { type: 'talk'; talk: Talk }
  | { type: 'measure'; measured: MeasuredIntents }
  | { type: 'foretell'; foretold: Foretold }
  | { type: 'month'; month: CalendarMonth | null };

export async function runTask(task: Task): Promise<TaskResult> {
  switch (task.type) {
    case 'read':
      return { type: 'read', read: readToTravel(task.files) };
    case 'merge':
      return { type: 'merge', merged: mergeChanges(task.base, task.mine, task.theirs) };
    case 'trial':
      return { type: 'trial', trial: await runTrial(task.request) };
    case 'talk':
      return { type: 'talk', talk: await runTalk(task.request) };
    case 'measure':
      return { type: 'measure', measured: measureFiles(task.files) };
    case 'foretell':
      return { type: 'foretell', foretold: foretell(task.files, task.asked, task.timeZone) };
    case 'month':
      return { type: 'month', month: calendarMonth(task.files, task.asked, task.timeZone) };
    case 'preview':
      return { type: 'preview', preview: previewOf(task.preview) };
  }
}

function readToTravel(files: ContentFiles): TravellingRead {
  const { problems: own, parsed, ...rest } = readContent(files);
  // Conversations that try the dialogs keep nobody from serving them.
  const problems = [...own, ...parseConversations(files).problems];
  return { ...rest, problems, parsed: parsed && toTravel(parsed) };
}
