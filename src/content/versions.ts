import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import { AppError } from '../errors';
import type { TrainedModel, Training } from '../understanding/recognizer';
import { trainInWorker } from '../understanding/train';
import { changedPaths } from './changes';
import {
  type Content,
  type ContentFiles,
  type ContentModels,
  compileContent,
  type ParsedContent,
  parseContent,
  type ReadContent,
  readContent,
} from './content';
import { contentToMend } from './content-to-mend';
import { learnModels, type ModelStore, storedModels, writeWhole } from './model-folder';
import type { Parse } from './parsed-folder';
import {
  firstState,
  forgetOver,
  moveOf,
  type SessionMove,
  startWithFiles,
  versionForNew,
  versionsNeeded,
} from './serving/serving-state';
import type { Served, ServingStore } from './serving/serving-store';
import type { VersionStore } from './version-store';

/** The versions that this node can serve. */
export interface ContentVersions {
  /** What new sessions get, unless another version is tried with a share of them. Changes when somebody publishes. */
  readonly current: Content;
  /** The state that this node serves by. */
  readonly served: Served;
  /** What a new session of a conversation gets. */
  forNew(conversation: { conversationId: string; channel: string }): Content;
  /**
   * The version that a session is pinned to, from this node's memory or disk. Throws `unavailable` while it is being
   * fetched from the store, which happens when another node has published it, or its intents are being learned.
   */
  pick(version: string): Content;
  /** Whether and how a session leaves its version at this time. */
  moveOf(version: string, now: number): SessionMove | null;
  /** Brings a version into memory, learned; throws `bad-content` when this release cannot read it. */
  load(version: string): Promise<Content>;
  /** Loads what the state needs, then goes over to it at once. */
  serve(served: Served): Promise<void>;
  /** Versions in memory. */
  ready(): string[];
  /** Notes that the current version is still being served; to be called at least daily. */
  noteUse(): Promise<void>;
}

export interface ContentVersionsOptions {
  /** The files of this node: what is current until somebody publishes. */
  files: ContentFiles;
  store: VersionStore;
  serving: ServingStore;
  models: ModelStore;
  /** Where files and models of versions lie on this node. */
  folder: string;
  timeZone: string;
  /** Sessions of a version that has been past for longer begin anew, in ms. */
  oldMs: number;
  clock: () => number;
  log: Logger;
  say: (text: string) => void;
  /** Learns a version's intents or answers; in a thread of its own unless told otherwise. */
  train?: (training: Training, version: string) => Promise<TrainedModel>;
  /** Reads files at once, throwing what is wrong with them; `parseContent` unless told otherwise. */
  parse?: Parse;
  /** Reads the files of a version that was published while the server runs. */
  read?: (files: ContentFiles) => Promise<ReadContent>;
}

/** Versions that no node has started with for so long have no session left: an open dialog ends after 30 days. */
const KEEP_MS = 31 * 24 * 3600 * 1000;
/** A version that nobody asked for in so long leaves the memory; it is read again when somebody does. */
const IDLE_MS = 3600_000;

const filesSchema = z.record(z.string(), z.string());

/**
 * Checks and stores the version of the files before any traffic, and brings what is served, and the others that
 * sessions may be pinned to, onto this node. Throws `bad-content` with every problem of the files.
 */
export async function openContentVersions(options: ContentVersionsOptions): Promise<ContentVersions> {
  const { files, store, serving, folder, timeZone, oldMs, clock, log, say } = options;
  const { read = async (text) => readContent(text), parse = parseContent } = options;
  mkdirSync(folder, { recursive: true });
  const { train = trainInWorker, models: shared } = options;
  const learn = (parsed: ParsedContent) => learnModels(folder, parsed, { train, say, shared });
  const loaded = new Map<string, { content: Content; usedAt: number }>();
  /** What this release cannot read, or nobody has kept: its sessions go on with the current version. */
  const unusable = new Set<string>();
  const loading = new Map<string, Promise<Content>>();

  const compile = (parsed: ParsedContent, models: ContentModels): Content => {
    const content = compileContent(parsed, models, timeZone);
    loaded.set(parsed.version, { content, usedAt: clock() });
    return content;
  };
  const keep = (version: string, text: ContentFiles) =>
    writeWhole(join(folder, `${version}.json`), JSON.stringify(text));

  /** What this node keeps of a version; null when it has never seen it. */
  function keptFiles(id: string): ContentFiles | null {
    const path = join(folder, `${id}.json`);
    return existsSync(path) ? filesSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : null;
  }
  async function filesOf(id: string): Promise<ContentFiles> {
    const kept = keptFiles(id);
    if (kept) return kept;
    const text = await store.get(id);
    if (!text) throw new AppError('bad-content', `Content version ${id} is nowhere to be found.`);
    keep(id, text);
    return text;
  }
  function fromMemory(id: string): Content | null {
    const found = loaded.get(id);
    if (found) found.usedAt = clock();
    return found?.content ?? null;
  }
  async function loadNow(id: string): Promise<Content> {
    const { parsed, problems } = await read(await filesOf(id));
    if (!parsed) throw contentToMend('Content', problems);
    return compile(parsed, await learn(parsed));
  }
  function load(id: string): Promise<Content> {
    const found = fromMemory(id);
    if (found) return Promise.resolve(found);
    const begun = loading.get(id) ?? loadNow(id).finally(() => loading.delete(id));
    loading.set(id, begun);
    return begun;
  }
  const noteUnusable = (id: string, error: unknown): void => {
    log.error({ err: error, version: id }, 'content cannot be used here; its sessions get the current one');
    unusable.add(id);
  };
  const isBad = (error: unknown): boolean => error instanceof AppError && error.code === 'bad-content';

  /** Null when this release cannot read it. */
  async function tryLoad(id: string): Promise<Content | null> {
    if (unusable.has(id)) return null;
    try {
      return await load(id);
    } catch (error) {
      if (!isBad(error)) throw error;
      noteUnusable(id, error);
      return null;
    }
  }

  const parsed = parse(files);
  for (const warning of parsed.warnings) log.warn(warning, 'content to be mended');
  const { version } = parsed;
  let served = await begin(version);
  const own = async () => compile(parsed, await learn(parsed));
  let current =
    served.state.current === version ? await own() : ((await tryLoad(served.state.current)) ?? (await own()));
  for (const id of versionsNeeded(served.state)) await tryLoad(id);
  for (const id of await store.usedSince(clock() - KEEP_MS)) if (!loaded.has(id)) await prepare(id);

  /** Notes the files, and what they change for customers. */
  async function begin(version: string): Promise<Served> {
    keep(version, files);
    const parent = (await serving.read())?.state.current ?? null;
    const before = parent === null ? null : await store.get(parent);
    const changedCount = before ? changedPaths(before, files).length : 0;
    await store.put(version, files, clock(), { authorId: null, message: '', parent, changedCount });
    const begun = await serving.change(async (state) =>
      state
        ? forgetOver(startWithFiles(state, version, clock()), { now: clock(), oldMs })
        : firstState(version),
    );
    const { offered } = begun.state;
    if (offered?.version === version) {
      log.warn({ version }, 'the files are newer than what was published; an admin can take them over');
      say('The content files are new, and admins have published others: they wait as an offered version.');
    }
    return begun;
  }
  /** Before traffic: a turn that is pinned to it need not wait until its intents are learned. */
  async function prepare(id: string): Promise<void> {
    try {
      await learn(parse(await filesOf(id)));
    } catch (error) {
      log.warn({ err: error, version: id }, 'old content version not prepared; tried again when asked for');
    }
  }
  /** Outside the turn, which is tried again meanwhile. */
  function fetchLater(id: string): void {
    if (loading.has(id)) return;
    tryLoad(id).catch((error) => log.warn({ err: error, version: id }, 'content version not fetched yet'));
  }
  /** A version whose files and model lie on this node; null for any other. */
  function pickKept(id: string): Content | null {
    try {
      const text = keptFiles(id);
      if (!text) return null;
      const old = parse(text);
      const models = storedModels(folder, old);
      return models && compile(old, models);
    } catch (error) {
      noteUnusable(id, error);
      return current;
    }
  }
  function pick(id: string): Content {
    if (id === current.version || unusable.has(id)) return current;
    const found = fromMemory(id) ?? pickKept(id);
    if (found) return found;
    fetchLater(id);
    throw new AppError('unavailable', `Content version ${id} is being fetched.`);
  }
  function forgetIdle(needed: string[]): void {
    for (const [id, { usedAt }] of loaded)
      if (!needed.includes(id) && clock() - usedAt > IDLE_MS) loaded.delete(id);
  }

  return {
    get current() {
      return current;
    },
    get served() {
      return served;
    },
    forNew: (conversation) => pick(versionForNew(served.state, conversation)),
    pick,
    moveOf: (version, now) => moveOf(served.state, version, { now, oldMs }),
    load,
    async serve(next) {
      const needed = versionsNeeded(next.state);
      for (const id of needed) await tryLoad(id);
      const wanted = await tryLoad(next.state.current);
      if (next.revision < served.revision) return;
      current = wanted ?? current;
      served = next;
      forgetIdle([...needed, current.version]);
    },
    ready: () => [...loaded.keys(), ...unusable],
    async noteUse() {
      for (const id of new Set([served.state.current, served.state.rollOut?.version]))
        if (id !== undefined) await store.noteUse(id, clock());
    },
  };
}
