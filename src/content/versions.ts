import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import { AppError } from '../errors';
import type { TrainedModel, Training } from '../understanding/recognizer';
import { trainInWorker } from '../understanding/train';
import {
  type Content,
  type ContentFiles,
  type ContentModels,
  compileContent,
  type ParsedContent,
  parseContent,
} from './content';
import { learnModels, storedModels, writeWhole } from './model-folder';
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

/**
 * Checks and stores the current version before any traffic, and brings the others that sessions may be pinned to onto
 * this node. Throws `bad-content` with every problem of the files.
 */
export async function openContentVersions(options: ContentVersionsOptions): Promise<ContentVersions> {
  const { files, store, folder, timeZone, clock, log, say, train = trainInWorker } = options;
  mkdirSync(folder, { recursive: true });
  const loaded = new Map<string, Content>();
  const learn = (parsed: ParsedContent) => learnModels(folder, parsed, { train, say });
  const fetching = new Set<string>();

  const compile = (parsed: ParsedContent, models: ContentModels): Content => {
    const content = compileContent(parsed, models, timeZone);
    loaded.set(parsed.version, content);
    return content;
  };
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
