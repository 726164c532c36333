import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '../../config';
import { describeProblems } from '../../contract/problem';
import { AppError, messageOf } from '../../errors';
import { changedPaths, changesBetween } from '../changes';
import { type ContentClient, createContentClient } from './content-client';
import { readBase, readFolder, readFolderIfAny, writeBase, writeFolder } from './content-folder';

const USAGE = `npm run content:pull -- [--dir <folder>] [--force]       what the server serves, into the folder
npm run content:diff -- [--dir <folder>]                 what differs; ends with 1 when something does
npm run content:push -- [--dir <folder>] --message <why> [--draft]
    the folder becomes the draft of the token's account, is tried and published; --draft stops before that
CONTENT_URL and CONTENT_TOKEN name the server and the token; --dir is CONTENT_DIR, or this folder, when it is missing.`;

export interface Sync {
  client: ContentClient;
  folder: string;
  say: (text: string) => void;
  /** How long is waited between two looks at a trial, in ms. */
  lookMs?: number;
}

const MARKS = { added: 'A', changed: 'M', removed: 'D' } as const;
const listed = (changes: ReturnType<typeof changedPaths>): string =>
  changes.map(({ path, kind }) => `${MARKS[kind]} ${path}`).join('\n');
const refused = (told: string) => new AppError('conflict', `Nothing was changed. ${told}`);

/** Writes what is served into the folder. Changes there that were not pushed are kept unless it is forced. */
export async function pull({ client, folder, say }: Sync, isForced: boolean): Promise<number> {
  const { id, number } = await client.current();
  const files = await client.files(id);
  const base = readBase(folder);
  const here = readFolderIfAny(folder);
  const isPushed = base !== null && changedPaths(await client.files(base), here).length === 0;
  const isEqual = changedPaths(here, files).length === 0;
  if (!isForced && Object.keys(here).length > 0 && !isPushed && !isEqual)
    throw refused('The folder has changes that no server has: push them, or pull with --force to lose them.');
  const written = writeFolder(folder, files);
  writeBase(folder, id);
  say(`Version ${number} (${id}): ${written.length} files written.`);
  return 0;
}

/** 1 when the folder differs from what is served. */
export async function diff({ client, folder, say }: Sync): Promise<number> {
  const { id, number } = await client.current();
  const changes = changedPaths(await client.files(id), readFolder(folder));
  say(changes.length === 0 ? `The same as version ${number}.` : listed(changes));
  return changes.length === 0 ? 0 : 1;
}

/** Makes the folder the draft, tries it and publishes it. 1 when something keeps it from being published. */
export async function push(sync: Sync, wanted: { message: string; isDraft: boolean }): Promise<number> {
  const { client, folder, say } = sync;
  const files = readFolder(folder);
  const { id, number } = await client.current();
  const base = readBase(folder);
  if (base !== id)
    throw refused(
      `Version ${number} was published since the folder was pulled: pull into a branch, merge that, and push again.`,
    );
  const served = await client.files(id);
  const changes = changedPaths(served, files);
  if (changes.length === 0) return told(say, `The same as version ${number}: nothing to push.`, 0);
  const before = await client.draft();
  const isOther = before.changed.length > 0 && changedPaths(before.files, files).length > 0;
  if (isOther) throw refused("The token's account has a draft of its own: publish or discard that first.");
  const { revision } = before.isBehind ? await client.discard() : before;
  const draft = await client.save({ revision, changes: changesBetween(served, files) });
  say(listed(changes));
  if (draft.problems.length > 0) return told(say, describeProblems(draft.problems), 1);
  if (wanted.isDraft) return told(say, 'Saved as a draft.', 0);
  const blocks = await tried(sync, draft.revision);
  if (blocks.length > 0) return told(say, blocks.join('\n'), 1);
  const done = await client.publish({ revision: draft.revision, message: wanted.message });
  if (typeof done !== 'string')
    return told(
      say,
      done.map(({ message, problems }) => `${message}\n${describeProblems(problems)}`).join('\n'),
      1,
    );
  writeBase(folder, done);
  return told(say, `Published as ${done}.`, 0);
}

function told(say: Sync['say'], text: string, code: number): number {
  say(text);
  return code;
}

/** What keeps the draft from being published, once it was tried. */
async function tried({ client, lookMs = 1000 }: Sync, revision: number): Promise<string[]> {
  for (let trial = await client.startTrial(revision); ; trial = await client.trial()) {
    if (trial && trial.state !== 'running') return trial.blocks;
    await pause(lookMs);
  }
}

const isWrongUse = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  String(error.code).startsWith('ERR_PARSE_ARGS');

/** Runs a command. Answers the exit code: 0, 1 for a difference or a refusal, 2 for a mistake of the caller. */
export async function runContent(
  args: string[],
  env: Record<string, string | undefined>,
  say: (text: string) => void,
): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        dir: { type: 'string' },
        message: { type: 'string' },
        draft: { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
      },
    });
    const { CONTENT_URL: url, CONTENT_TOKEN: token, CONTENT_DIR } = readConfig(env);
    if (!url || !token) return told(say, `Set CONTENT_URL and CONTENT_TOKEN.\n${USAGE}`, 2);
    const folder = resolve(values.dir ?? CONTENT_DIR ?? '.');
    const sync = { client: createContentClient({ url, token }), folder, say };
    const [command] = positionals;
    if (command === 'pull') return await pull(sync, values.force);
    if (command === 'diff') return await diff(sync);
    const { message = '', draft: isDraft } = values;
    if (command === 'push' && (message !== '' || isDraft)) return await push(sync, { message, isDraft });
    return told(say, USAGE, 2);
  } catch (error) {
    const isCallers = isWrongUse(error);
    if (!(error instanceof AppError) && !isCallers) throw error;
    return told(say, isCallers ? `${messageOf(error)}\n${USAGE}` : messageOf(error), isCallers ? 2 : 1);
  }
}
