import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContentProblem } from '../contract/problem';
import { parseFile } from '../dialogs/parse-file';
import { type Dispositions, dispositionsSchema } from '../handoff/dispositions';
import { contentToMend } from './content-to-mend';

/** Beside the dialogs, but no part of their versions: an agent files by what holds today. */
const FILE = 'dialogs/desk/dispositions.yaml';
const SHAPES = 'src/handoff/dispositions.ts';

/** Throws `bad-content` with every problem of the file. */
export function parseDispositions(text: string): Dispositions {
  const problems: ContentProblem[] = [];
  const { value, report } = parseFile(FILE, text, dispositionsSchema, problems, { shapes: SHAPES });
  const seen = new Set<string>();
  for (const [i, service] of (value?.services ?? []).entries()) {
    for (const id of [service.id, ...service.results.map((result) => `${service.id}/${result.id}`)]) {
      if (seen.has(id)) report(['services', i], `"${id}" stands twice`, 'give each an id of its own');
      seen.add(id);
    }
  }
  if (value && problems.length === 0) return value;
  throw contentToMend('Dispositions', problems);
}

/** Those below `root`, or those that ship where it has none. */
export function loadDispositions(root: string, shipped: string): Dispositions {
  const found = [root, shipped].map((folder) => join(folder, FILE)).find(existsSync);
  return parseDispositions(found ? readFileSync(found, 'utf8') : '');
}
