import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import { AppError } from '../errors';
import { type TrainedModel, trainModel } from '../understanding/recognizer';
import { readModel, writeModel } from '../understanding/store-model';
import { type Content, type ContentFiles, compileContent, parseContent, versionOf } from './content';
import type { VersionStore } from './version-store';

/** The versions that this node can serve. */
export interface ContentVersions {
  /** What new sessions get. */
  readonly current: Content;
  /**
   * The version that a session is pinned to, from this node's memory or disk. Throws `unavailable` while it is being
   * fetched from the store, which happens when another node has published it.
   */
  pick(version: string): Content;
  /** Notes that the current version is still being served; to be called at least daily. */
  noteUse(): Promise<void>;
}

export interface ContentVersionsOptions {
  /** The files of this node: the current version. */
  files: ContentFiles;
  store: VersionStore;
  /** Where files and models of versions lie on this node. */
  folder: string;
  timeZone: string;
  clock: () => number;
  log: Logger;
  say: (text: string) => void;
}

/** Versions that no node has started with for so long have no session left: an open dialog ends after 30 days. */
const KEEP_MS = 31 * 24 * 3600 * 1000;

const filesSchema = z.record(z.string(), z.string());

function writeWhole(path: string, bytes: string | Buffer): void {
  writeFileSync(`${path}.${process.pid}`, bytes);
  renameSync(`${path}.${process.pid}`, path);
}

/**
 * The model of a version: from disk when the same examples were trained on here before, else trained now (seconds)
 * and kept. A version that changes only dialogs needs no training.
 */
function modelOf(folder: string, files: ContentFiles, say: (text: string) => void): TrainedModel {
  const { examples } = parseContent(files);
  const hash = createHash('sha256').update(JSON.stringify(examples)).digest('hex').slice(0, 32);
  const path = join(folder, `${hash}.model`);
  if (existsSync(path)) {
    try {
      return readModel(readFileSync(path));
    } catch {
      // Cut off by a crash, or written by another release: trained anew.
    }
  }
  say('Learning the intents …');
  const model = trainModel(examples, hash);
  writeWhole(path, writeModel(model));
  return model;
}

/**
 * Checks and stores the current version before any traffic, and brings the others that sessions may be pinned to onto
 * this node. Throws `bad-content` with every problem of the files.
 */
export async function openContentVersions(options: ContentVersionsOptions): Promise<ContentVersions> {
  const { files, store, folder, timeZone, clock, log, say } = options;
  mkdirSync(folder, { recursive: true });
  const loaded = new Map<string, Content>();
  const fetching = new Set<string>();

  const compile = (version: string, text: ContentFiles): Content => {
    const content = compileContent(text, modelOf(folder, text, say), timeZone);
    loaded.set(version, content);
    return content;
  };
  const keep = (version: string, text: ContentFiles) =>
    writeWhole(join(folder, `${version}.json`), JSON.stringify(text));

  parseContent(files);
  const version = versionOf(files);
  await store.put(version, files, clock());
  const current = compile(version, files);
  for (const id of await store.usedSince(clock() - KEEP_MS)) {
    if (id === version || existsSync(join(folder, `${id}.json`))) continue;
    const text = await store.get(id);
    if (text) keep(id, text);
  }

  /** Outside the turn, which is tried again meanwhile. */
  function fetchLater(id: string): void {
    if (fetching.has(id)) return;
    fetching.add(id);
    store
      .get(id)
      .then((text) => {
        if (text) keep(id, text);
        else loaded.set(id, current);
      })
      .catch((error) => log.warn({ err: error, version: id }, 'content version not fetched yet'))
      .finally(() => fetching.delete(id));
  }

  return {
    current,
    noteUse: () => store.put(version, files, clock()),
    pick(id) {
      const found = loaded.get(id);
      if (found) return found;
      const path = join(folder, `${id}.json`);
      if (existsSync(path)) {
        try {
          return compile(id, filesSchema.parse(JSON.parse(readFileSync(path, 'utf8'))));
        } catch (error) {
          // A version that this release cannot read any more: its sessions go on with the current one.
          log.error(
            { err: error, version: id },
            'old content cannot be used; its sessions get the current one',
          );
          loaded.set(id, current);
          return current;
        }
      }
      fetchLater(id);
      throw new AppError('unavailable', `Content version ${id} is being fetched.`);
    },
  };
}
