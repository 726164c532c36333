import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ContentProblem, describeProblems } from '../contract/problem';
import { parseFile } from '../dialogs/parse-file';
import { AppError } from '../errors';
import { faultOf, type OwnPages, ownPagesSchema } from '../handoff/own-pages/own-pages';

/** Beside the dialogs, but no part of their versions. */
const FILE = 'dialogs/desk/own-pages.yaml';
const SHAPES = 'src/handoff/own-pages/own-pages.ts';

/** Throws `bad-content` with every problem of the file. */
export function parseOwnPages(text: string): OwnPages {
  const problems: ContentProblem[] = [];
  const { value, report } = parseFile(FILE, text, ownPagesSchema, problems, { shapes: SHAPES });
  for (const [i, { id, url }] of (value?.pages ?? []).entries()) {
    const fault = faultOf(url, value?.hosts ?? []);
    if (fault !== null) report(['pages', i, 'url'], fault, 'mend the address, or add its host to "hosts"');
    if (value?.pages.findIndex((page) => page.id === id) !== i)
      report(['pages', i, 'id'], `"${id}" stands twice`, 'give each an id of its own');
  }
  if (value && problems.length === 0) return value;
  const told = describeProblems(problems).replaceAll('\n', '\n  ');
  throw new AppError('bad-content', `Own pages to mend:\n  ${told}`);
}

/** Those below `root`, or those that ship where it has none. */
export function loadOwnPages(root: string, shipped: string): OwnPages {
  const found = [root, shipped].map((folder) => join(folder, FILE)).find(existsSync);
  return found ? parseOwnPages(readFileSync(found, 'utf8')) : { hosts: [], pages: [] };
}
