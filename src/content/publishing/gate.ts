import type { Blocker } from '../../contract/content-editing';
import type { ContentProblem } from '../../contract/problem';
import type { ContentChecker } from '../check/checker';
import type { ContentFiles } from '../content';

/** What a draft would put before customers, and what it would replace. */
export interface Candidate {
  version: string;
  files: ContentFiles;
  base: { version: string; files: ContentFiles };
}

/** Answers what keeps a draft from being published; nothing when it may be. */
export type Gate = (candidate: Candidate) => Promise<Blocker[]>;

/** Where it stands moves with every line above it. */
const keyOf = ({ file, message }: ContentProblem): string => `${file}\0${message}`;

/**
 * The files themselves: what loading refuses, and slots that may be empty where they are read on some way through a
 * dialog. What was so before the draft does not stop it.
 */
export const createLoaderGate =
  (checker: Pick<ContentChecker, 'check'>): Gate =>
  async ({ files, base }) => {
    const { problems, unfilled } = await checker.check(files);
    if (problems.length > 0)
      return [{ check: 'problems', message: 'The content has problems: mend each of them.', problems }];
    const known = new Set((await checker.check(base.files)).unfilled.map(keyOf));
    const added = unfilled.filter((problem) => !known.has(keyOf(problem)));
    if (added.length === 0) return [];
    return [
      {
        check: 'unfilled',
        message: 'A slot may be empty where it is needed: fill it first.',
        problems: added,
      },
    ];
  };

/** What came of trying the draft: scripted conversations, intents, past conversations. */
export const createTrialGate =
  (blocks: (version: string, base: string) => Promise<string[]>): Gate =>
  async ({ version, base }) =>
    (await blocks(version, base.version)).map((message) => ({ check: 'trial', message, problems: [] }));

/** One gate after the other; the first that blocks is told, since the later ones need what it looks for. */
export const gatesInTurn =
  (gates: Gate[]): Gate =>
  async (candidate) => {
    for (const gate of gates) {
      const blockers = await gate(candidate);
      if (blockers.length > 0) return blockers;
    }
    return [];
  };
