import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContentProblem } from '../contract/problem';
import { parseFile } from '../dialogs/parse-file';
import { type AgentWords, agentWordsSchema } from '../handoff/before-sending/agent-words';
import { contentToMend } from './content-to-mend';
import { AGENT_WORDS, POLICY_FOLDER } from './policy-names';

/**
 * What agents are shown before a message leaves, below `root` or as it ships where that has none. Throws `bad-content`
 * with every problem.
 */
export function loadAgentWords(root: string, shipped: string): AgentWords {
  const path = (folder: string) => join(folder, POLICY_FOLDER, AGENT_WORDS);
  const text = readFileSync(path(existsSync(path(root)) ? root : shipped), 'utf8');
  const problems: ContentProblem[] = [];
  const file = `${POLICY_FOLDER}/${AGENT_WORDS}`;
  const shapes = 'src/handoff/before-sending/agent-words.ts';
  const { value } = parseFile(file, text, agentWordsSchema, problems, { shapes });
  if (value && problems.length === 0) return value;
  throw contentToMend("Agents' words", problems);
}
