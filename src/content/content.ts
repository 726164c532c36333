import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeProblems } from '../contract/problem';
import { loadDialogs } from '../dialogs/load';
import type { DialogSet } from '../dialogs/schema';
import { AppError } from '../errors';
import { parseIntents } from '../understanding/intent-file';
import { parseLexicon } from '../understanding/lexicon';
import type { Example } from '../understanding/model';
import { createRecognizer, type TrainedModel } from '../understanding/recognizer';
import { createUnderstand, type Understand } from '../understanding/understand';

/**
 * Versions of what admins write: `dialogs/` and `intents/` form one version, whose id is the hash of their text.
 * A session keeps the version that it began with, its trained model included.
 */
export interface Content {
  version: string;
  dialogs: DialogSet;
  understand: Understand;
}

/** Text of each file by its path below the project: `dialogs/fault-report.yaml`. */
export type ContentFiles = Record<string, string>;

const FOLDERS = ['dialogs', 'intents', 'intents/entities'] as const;

/** Reads the files of a version; throws `bad-content` when a folder is missing. */
export function readContentFiles(root: string): ContentFiles {
  const found = FOLDERS.flatMap((folder) => {
    const path = join(root, folder);
    if (!existsSync(path)) {
      throw new AppError('bad-content', `The folder ${path} is missing: put the YAML files there.`);
    }
    const names = readdirSync(path).filter((name) => name.endsWith('.yaml'));
    return names.map((name): [string, string] => [
      `${folder}/${name}`,
      readFileSync(join(path, name), 'utf8'),
    ]);
  });
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The id of a version: 128 bits of sha256 over paths and texts, as hex. */
export function versionOf(files: ContentFiles): string {
  const hash = createHash('sha256');
  for (const path of Object.keys(files).sort())
    hash
      .update(path)
      .update('\0')
      .update(files[path] ?? '')
      .update('\0');
  return hash.digest('hex').slice(0, 32);
}

/** In the order of their names, whatever order the store gives them back in: the same files train the same model. */
const below = (files: ContentFiles, folder: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([path, text]) =>
        path.slice(0, path.lastIndexOf('/')) === folder ? [[path.slice(folder.length + 1), text]] : [],
      ),
  );

/** Files that hold together, and what is to be trained. Throws `bad-content` with every problem of every file. */
export function parseContent(files: ContentFiles) {
  const { intents, problems } = parseIntents(below(files, 'intents'));
  const { lexicon, problems: lexiconProblems } = parseLexicon(below(files, 'intents/entities'));
  const answered = intents.filter(({ role }) => role !== 'outside');
  const intentNames = new Map(answered.map(({ id, name }) => [id, name]));
  const loaded = loadDialogs({ files: below(files, 'dialogs'), intentNames });
  const all = [
    ...problems.map((problem) => ({ ...problem, file: `intents/${problem.file}` })),
    ...lexiconProblems.map((problem) => ({ ...problem, file: `intents/entities/${problem.file}` })),
    ...loaded.problems.map((problem) => ({ ...problem, file: `dialogs/${problem.file}` })),
  ];
  if (all.length > 0 || !loaded.set) {
    throw new AppError(
      'bad-content',
      `Content to mend:\n  ${describeProblems(all).replaceAll('\n', '\n  ')}`,
    );
  }
  const examples: Example[] = intents.flatMap(({ id, examples: { zh, en } }) =>
    [...zh, ...en].map((text) => ({ text, intent: id })),
  );
  const answerIntents = new Set(intents.filter(({ role }) => role === 'answer').map(({ id }) => id));
  return { dialogs: loaded.set, training: { examples, lexicon }, answerIntents };
}

/** Joins files and their trained model into what turns use. */
export function compileContent(files: ContentFiles, model: TrainedModel, timeZone: string): Content {
  const { dialogs, answerIntents, training } = parseContent(files);
  const recognizer = createRecognizer(model, { answerIntents });
  return {
    version: versionOf(files),
    dialogs,
    understand: createUnderstand({ recognizer, timeZone, lexicon: training.lexicon }),
  };
}
