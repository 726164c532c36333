import type { ChannelId, Locale } from '../../contract/activity';
import type { Talk, TalkLine, TalkTurn } from '../../contract/content-talk';
import type { DialogState } from '../../contract/dialog';
import type { TalkFault } from '../../contract/script-problem';
import { parseConversations } from '../../rehearsal/conversations';
import { problemOf } from '../../rehearsal/line-problem';
import { createPlayer, type Played } from '../../rehearsal/player';
import type { Stage } from '../../rehearsal/rehearse';
import { type Outcomes, scriptSchema } from '../../rehearsal/script';
import { learn } from '../../understanding/learn';
import { type ContentFiles, compileContent, readContent, versionOf } from '../content';
import { learnModels } from '../model-folder';

/** What somebody says to a draft, from the first line on. */
export interface TalkRequest {
  files: ContentFiles;
  lines: TalkLine[];
  channel: ChannelId;
  locale: Locale;
  /** Where models lie on this node. */
  folder: string;
  timeZone: string;
}

type Ready = { version: string; stage: Stage; outcomes: Outcomes };
/** The draft that was talked to last: each further line is quick. */
let last: Ready | null = null;

async function open({ files, folder, timeZone }: TalkRequest): Promise<Ready | { fault: TalkFault }> {
  const version = versionOf(files);
  if (last?.version === version) return last;
  const { parsed, problems } = readContent(files);
  const { outcomes, problems: others } = parseConversations(files);
  const [problem] = [...problems, ...others];
  if (problem) return { fault: { type: 'content', problem } };
  if (!parsed) return { fault: { type: 'broken', message: 'there is no content' } };
  const models = await learnModels(folder, parsed, { train: learn, say: () => {} });
  const { dialogs: set, understand } = compileContent(parsed, models, timeZone);
  last = { version, stage: { set, understand }, outcomes };
  return last;
}

/** Plays every line against the draft, with a simulated operator; the same lines always come to the same. */
export async function runTalk(request: TalkRequest): Promise<Talk> {
  const ready = await open(request);
  if ('fault' in ready) return { isReady: true, turns: [], fault: ready.fault };
  const { channel, locale, lines } = request;
  const script = scriptSchema.parse({ name: 'talk', channel, locale, lines: [{ say: '-' }] });
  const player = createPlayer({ ...ready.stage, outcomes: ready.outcomes }, script);
  const turns: TalkTurn[] = [];
  for (const line of lines) {
    try {
      const played = player.play(line.type === 'say' ? { say: line.text } : { start: line.dialog });
      turns.push(turnOf(played, player.state));
    } catch (error) {
      return { isReady: true, turns, fault: problemOf(error) };
    }
  }
  return { isReady: true, turns, fault: null };
}

function turnOf(
  { replies, understanding, handoffs, calls }: Played,
  { frames, shared }: Pick<DialogState, 'frames' | 'shared'>,
): TalkTurn {
  const frame = frames.at(-1);
  const known = Object.entries({ ...shared, ...frame?.slots }).filter(([, value]) => value !== null);
  return {
    replies: replies.map(({ text, quickReplies }) => ({ text, quickReplies })),
    intents: understanding?.candidates ?? [],
    handoffs: handoffs.map(({ reason }) => reason),
    calls: calls.map(({ operation }) => operation),
    place: frame ? { dialog: frame.dialog, step: frame.step } : null,
    slots: Object.fromEntries(known),
  };
}
