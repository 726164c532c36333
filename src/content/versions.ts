import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import { AppError } from '../errors';
import type { TrainedModel, Training } from '../understanding/recognizer';
import { readModel, writeModel } from '../understanding/store-model';
import { trainInWorker } from '../understanding/train';
import {
  type Content,
  type ContentFiles,
  type ContentModels,
  compileContent,
  type ParsedContent,
  parseContent,
} from './content';
import type { VersionStore } from './version-store';

/** The versions that this node can serve. */
export interface ContentVersions {
  /** What new sessions get. */
  readonly current: Content;
  /**
   * The version that a session is pinned to, from this node's memory or disk. Throws `unavailable` while it is being
   * fetched from the store, which happens when another node has published it, or its intents are being learned.
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
  /** Learns a version's intents or answers; in a thread of its own unless told otherwise. */
  train?: (training: Training, version: string) => Promise<TrainedModel>;
}

/** Versions that no node has started with for so long have no session left: an open dialog ends after 30 days. */
const KEEP_MS = 31 * 24 * 3600 * 1000;

const filesSchema = z.record(z.string(), z.string());

function writeWhole(path: string, bytes: string | Buffer): void {
  writeFileSync(`${path}.${process.pid}`, bytes);
  renameSync(`${path}.${process.pid}`, path);
}

/** Where the model of what is learned lies; versions that do not change it share it. */
function modelPlace(folder: string, training: Training): { hash: string; path: string } {
  const hash = createHash('sha256').update(JSON.stringify(training)).digest('hex').slice(0, 32);
  return { hash, path: join(folder, `${hash}.model`) };
}

/** The model that was trained on this node before; null when there is none that this release can read. */
function storedModel(folder: string, training: Training): TrainedModel | null {
  const { path } = modelPlace(folder, training);
  if (!existsSync(path)) return null;
  try {
    return readModel(readFileSync(path));
  } catch {
    // Cut off by a crash, or written by another release: trained anew.
    return null;
  }
}

/** The models of a version, all of them from disk; null when one is missing. */
function storedModels(folder: string, { training }: ParsedContent): ContentModels | null {
  const intents = storedModel(folder, training.intents);
  const knowledge = training.knowledge ? storedModel(folder, training.knowledge) : null;
  return intents && (knowledge || !training.knowledge) ? { intents, knowledge } : null;
}

/**
 * Checks and stores the current version before any traffic, and brings the others that sessions may be pinned to onto
 * this node. Throws `bad-content` with every problem of the files.
 */
export async function openContentVersions(options: ContentVersionsOptions): Promise<ContentVersions> {
  const { files, store, folder, timeZone, clock, log, say, train = trainInWorker } = options;
  mkdirSync(folder, { recursive: true });
  const loaded = new Map<string, Content>();
  const fetching = new Set<string>();

  const compile = (parsed: ParsedContent, models: ContentModels): Content => {
    const content = compileContent(parsed, models, timeZone);
    loaded.set(parsed.version, content);
    return content;
  };
  /** From disk when the same examples were learned here before, else learned now (seconds) and kept. */
  async function learnOne(training: Training, what: string): Promise<TrainedModel> {
    const known = storedModel(folder, training);
    if (known) return known;
    const { hash, path } = modelPlace(folder, training);
    say(`Learning the ${what} …`);
    const model = await train(training, hash);
    writeWhole(path, writeModel(model));
    return model;
  }
  async function learn({ training }: ParsedContent): Promise<ContentModels> {
    const [intents, knowledge] = await Promise.all([
      learnOne(training.intents, 'intents'),
      training.knowledge ? learnOne(training.knowledge, 'answers') : null,
    ]);
    return { intents, knowledge };
  }
  const keep = (version: string, text: ContentFiles) =>
    writeWhole(join(folder, `${version}.json`), JSON.stringify(text));

  const parsed = parseContent(files);
  const { version } = parsed;
  for (const warning of parsed.warnings) log.warn(warning, 'content to be mended');
  await store.put(version, files, clock());
  const current = compile(parsed, await learn(parsed));
  for (const id of await store.usedSince(clock() - KEEP_MS)) if (id !== version) await prepare(id);

  /** Before traffic: a turn that is pinned to it need not wait until its intents are learned. */
  async function prepare(id: string): Promise<void> {
    try {
      const text = keptFiles(id) ?? (await store.get(id));
      if (!text) return;
      keep(id, text);
      await learn(parseContent(text));
    } catch (error) {
      log.warn({ err: error, version: id }, 'old content version not prepared; tried again when asked for');
    }
  }

  /** A version that this release cannot read any more: its sessions go on with the current one. */
  function replaceByCurrent(id: string, error: unknown): Content {
    log.error({ err: error, version: id }, 'old content cannot be used; its sessions get the current one');
    loaded.set(id, current);
    return current;
  }

  /** What this node keeps of a version; null when it has never seen it. */
  function keptFiles(id: string): ContentFiles | null {
    const path = join(folder, `${id}.json`);
    return existsSync(path) ? filesSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : null;
  }

  async function learnKept(id: string, text: ContentFiles): Promise<void> {
    try {
      const old = parseContent(text);
      compile(old, await learn(old));
    } catch (error) {
      replaceByCurrent(id, error);
    }
  }

  async function fetch(id: string): Promise<void> {
    const kept = keptFiles(id);
    if (kept) return learnKept(id, kept);
    const text = await store.get(id);
    if (!text) loaded.set(id, current);
    else {
      keep(id, text);
      await learnKept(id, text);
    }
  }

  /** Outside the turn, which is tried again meanwhile. */
  function fetchLater(id: string): void {
    if (fetching.has(id)) return;
    fetching.add(id);
    fetch(id)
      .catch((error) => log.warn({ err: error, version: id }, 'content version not fetched yet'))
      .finally(() => fetching.delete(id));
  }

  /** A version whose files and model lie on this node; null for any other. */
  function pickKept(id: string): Content | null {
    try {
      const text = keptFiles(id);
      if (!text) return null;
      const old = parseContent(text);
      const models = storedModels(folder, old);
      return models && compile(old, models);
    } catch (error) {
      return replaceByCurrent(id, error);
    }
  }

  return {
    current,
    noteUse: () => store.put(version, files, clock()),
    pick(id) {
      const found = loaded.get(id) ?? pickKept(id);
      if (found) return found;
      fetchLater(id);
      throw new AppError('unavailable', `Content version ${id} is being fetched.`);
    },
  };
}
