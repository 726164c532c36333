import type { FailedConversation, Rehearsal } from '../contract/content-trial';
import type { StepPlace } from '../contract/dialog';
import type { DialogSet } from '../dialogs/schema';
import type { Understand } from '../understanding/understand';
import { checkLine } from './check-line';
import type { Conversation, Conversations } from './conversations';
import { problemOf } from './line-problem';
import { createPlayer } from './player';

/** What conversations are played with. */
export interface Stage {
  set: DialogSet;
  understand: Understand;
}

const saidIn = (line: Conversation['script']['lines'][number]): string =>
  'say' in line ? line.say : JSON.stringify(line);

/** Plays one conversation to its end; what the content makes impossible is a problem of its line. */
function playOne(
  stage: Stage,
  { file, script }: Conversation,
  outcomes: Conversations['outcomes'],
): { failed: FailedConversation | null; trace: StepPlace[] } {
  const player = createPlayer({ ...stage, outcomes }, script);
  const problems: FailedConversation['problems'] = [];
  const trace: StepPlace[] = [];
  for (const [i, line] of script.lines.entries()) {
    const at = { line: i + 1, said: saidIn(line) };
    try {
      const played = player.play(line);
      trace.push(...played.trace);
      problems.push(...checkLine(line, played, player.state).map((problem) => ({ ...at, problem })));
    } catch (error) {
      problems.push({ ...at, problem: problemOf(error) });
      break;
    }
  }
  return { failed: problems.length > 0 ? { file, name: script.name, problems } : null, trace };
}

/** Plays every scripted conversation; pure, so that the same content always comes to the same. */
export function rehearse(stage: Stage, { conversations, outcomes }: Conversations): Rehearsal {
  const tried = new Set<string>();
  const failed = conversations.flatMap((conversation) => {
    const { failed: found, trace } = playOne(stage, conversation, outcomes);
    for (const { dialog } of trace) tried.add(dialog);
    return found ? [found] : [];
  });
  const untried = [...stage.set.dialogs.keys()].filter((id) => !tried.has(id)).sort();
  return { played: conversations.length, failed, untried };
}
