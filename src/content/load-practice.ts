import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ContentProblem, describeProblems } from '../contract/problem';
import { parseFile } from '../dialogs/parse-file';
import { AppError } from '../errors';
import { type Dispositions, dispositionCodes } from '../handoff/dispositions';
import { practiceFileSchema, type Scenario } from '../sandbox/scenario';

/** Beside the dialogs, but no part of their versions: nothing of it reaches a customer. */
const FILE = 'dialogs/desk/practice.yaml';

/** Throws `bad-content` with every problem of the file. */
export function parsePractice(text: string, dispositions: Dispositions): Scenario[] {
  const problems: ContentProblem[] = [];
  const shapes = 'src/sandbox/scenario.ts';
  const { value, report } = parseFile(FILE, text, practiceFileSchema, problems, { shapes });
  const codes = dispositionCodes(dispositions);
  const ids = (value?.scenarios ?? []).map(({ id }) => id);
  for (const [i, scenario] of (value?.scenarios ?? []).entries()) {
    if (ids.indexOf(scenario.id) !== i)
      report(['scenarios', i, 'id'], `"${scenario.id}" stands twice`, 'give each an id of its own');
    for (const [k, code] of scenario.dispositions.entries())
      if (!codes.includes(code))
        report(['scenarios', i, 'dispositions', k], `there is no "${code}"`, 'one of dispositions.yaml');
  }
  if (value && problems.length === 0) return value.scenarios;
  const told = describeProblems(problems).replaceAll('\n', '\n  ');
  throw new AppError('bad-content', `Practice to mend:\n  ${told}`);
}

/** The scenarios below `root`, or those that ship where it has none. */
export function loadPractice(root: string, shipped: string, dispositions: Dispositions): Scenario[] {
  const found = [root, shipped].map((folder) => join(folder, FILE)).find(existsSync);
  return found ? parsePractice(readFileSync(found, 'utf8'), dispositions) : [];
}
