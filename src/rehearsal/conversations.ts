import type { ContentProblem } from '../contract/problem';
import { parseFile } from '../dialogs/parse-file';
import { type Outcomes, outcomesSchema, type Script, scriptFileSchema } from './script';

/** Where scripted conversations stand, below the folder of a version. */
export const CONVERSATIONS = 'dialogs/conversations';
/** What calls of the world outside come to in all of them. */
const OUTCOMES = 'outcomes.yaml';
const SHAPES = 'src/rehearsal/script.ts';

/** A scripted conversation and where it stands. */
export interface Conversation {
  file: string;
  script: Script;
}

export interface Conversations {
  conversations: Conversation[];
  outcomes: Outcomes;
  /** Every problem of every file, with its place. */
  problems: ContentProblem[];
}

/** Reads the scripted conversations among the files of a version (text by path); other files are passed over. */
export function parseConversations(files: Readonly<Record<string, string>>): Conversations {
  const problems: ContentProblem[] = [];
  const options = { shapes: SHAPES };
  const texts = Object.entries(files)
    .filter(([path]) => path.startsWith(`${CONVERSATIONS}/`) && !path.endsWith(`/${OUTCOMES}`))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const outcomesText = files[`${CONVERSATIONS}/${OUTCOMES}`];
  const outcomes =
    outcomesText === undefined
      ? null
      : parseFile(`${CONVERSATIONS}/${OUTCOMES}`, outcomesText, outcomesSchema, problems, options).value;
  const conversations = texts.flatMap(([path, text]) => {
    const scripts = parseFile(path, text, scriptFileSchema, problems, options).value ?? [];
    return scripts.map((script) => ({ file: path.slice(CONVERSATIONS.length + 1), script }));
  });
  return { conversations, outcomes: outcomes ?? {}, problems };
}
