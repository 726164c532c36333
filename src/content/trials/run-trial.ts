import type { TrialResult } from '../../contract/content-trial';
import type { SaidSession } from '../../records/content/past-sessions';
import { compareIntents, learnsTheSame } from '../../rehearsal/compare-intents';
import { parseConversations } from '../../rehearsal/conversations';
import { maskSession } from '../../rehearsal/past';
import { rehearse, type Stage } from '../../rehearsal/rehearse';
import { replay } from '../../rehearsal/replay';
import { learn } from '../../understanding/learn';
import { type ContentFiles, compileContent, type ParsedContent, parseContent } from '../content';
import { learnModels } from '../model-folder';

/** A draft, what it is compared with, and what past customers said. */
export interface TrialRequest {
  draft: ContentFiles;
  current: ContentFiles;
  sessions: SaidSession[];
  /** Where models lie on this node: what is learned here need not be learned again to be served. */
  folder: string;
  timeZone: string;
  /** See `compareIntents`. */
  margin: number;
}

/** Plays scripted and past conversations against a draft. Takes seconds to a minute: not for the thread of the server. */
export async function runTrial(request: TrialRequest): Promise<TrialResult> {
  const { draft, current, sessions, margin } = request;
  const [fresh, old] = [parseContent(draft), parseContent(current)];
  const [after, before] = [await stageOf(fresh, request), await stageOf(old, request)];
  const conversations = parseConversations(draft);
  const past = sessions.map((session) => maskSession(before.understand, session));
  const isSame = learnsTheSame(old.training.intents, fresh.training.intents);
  return {
    rehearsal: rehearse(after, conversations),
    comparison: isSame ? null : compareIntents(old.training.intents, fresh.training.intents, margin),
    replayed: past.length,
    differences: replay({ before, after }, conversations.outcomes, past),
  };
}

async function stageOf(parsed: ParsedContent, { folder, timeZone }: TrialRequest): Promise<Stage> {
  const models = await learnModels(folder, parsed, { train: learn, say: () => {} });
  const { dialogs: set, understand } = compileContent(parsed, models, timeZone);
  return { set, understand };
}
