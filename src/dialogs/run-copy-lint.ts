import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { describeProblems } from '../contract/problem';
import { lintCopy } from './copy-lint';

/** `npm run copy:lint`: every shipped text against docs/copy.md. Ends with 1 when there is anything to mend. */
const root = join(__dirname, '../..');
const namedSchema = z.object({ id: z.string(), name: z.object({ zh: z.string(), en: z.string() }) });

const readFolder = (folder: string, ending = '.yaml'): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => [name, readFileSync(join(root, folder, name), 'utf8')]),
  );

const intentNames = new Map(
  Object.values(readFolder('intents')).map((text) => {
    const { id, name } = namedSchema.parse(parse(text));
    return [id, name] as const;
  }),
);
const tables = readFolder('dialogs/tables', '.csv');
const knowledge = readFolder('dialogs/knowledge', '.md');
const problems = lintCopy({ files: readFolder('dialogs'), knowledge, tables, intentNames });
console.log(
  problems.length === 0 ? 'Every text keeps the rules of docs/copy.md.' : describeProblems(problems),
);
process.exitCode = problems.length === 0 ? 0 : 1;
