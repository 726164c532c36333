import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainedModel, Training } from '../understanding/recognizer';
import { readModel, writeModel } from '../understanding/store-model';
import type { ContentModels, ParsedContent } from './content';

/** Models of content versions in a folder of this node, by the hash of what they were trained on. */
export function writeWhole(path: string, bytes: string | Buffer): void {
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
  return existsSync(path) ? readable(readFileSync(path)) : null;
}

function readable(bytes: Buffer): TrainedModel | null {
  try {
    return readModel(bytes);
  } catch {
    // Cut off by a crash, or written by another release: trained anew.
    return null;
  }
}

/** The models of a version, all of them from disk; null when one is missing. */
export function storedModels(
  folder: string,
  { training }: Pick<ParsedContent, 'training'>,
): ContentModels | null {
  const intents = storedModel(folder, training.intents);
  const knowledge = training.knowledge ? storedModel(folder, training.knowledge) : null;
  return intents && (knowledge || !training.knowledge) ? { intents, knowledge } : null;
}

/** Models that one node has learned, for the others. */
export interface ModelStore {
  has(hash: string): Promise<boolean>;
  get(hash: string): Promise<Buffer | null>;
  put(hash: string, bytes: Buffer): Promise<void>;
}

export interface Learning {
  train: (training: Training, version: string) => Promise<TrainedModel> | TrainedModel;
  /** Told before what takes seconds. */
  say: (text: string) => void;
  /** Where nodes share what they have learned; each learns for itself without it. */
  shared?: ModelStore;
}

/**
 * The models of a version: from disk where the same was learned here before, else from another node, else learned now
 * (seconds) and kept for all.
 */
export async function learnModels(
  folder: string,
  { training }: Pick<ParsedContent, 'training'>,
  { train, say, shared }: Learning,
): Promise<ContentModels> {
  async function learnOne(one: Training, what: string): Promise<TrainedModel> {
    const { hash, path } = modelPlace(folder, one);
    const known = storedModel(folder, one);
    if (known) {
      if (shared && !(await shared.has(hash))) await shared.put(hash, writeModel(known));
      return known;
    }
    const bytes = (await shared?.get(hash)) ?? null;
    const fetched = bytes && readable(bytes);
    if (bytes && fetched) {
      writeWhole(path, bytes);
      return fetched;
    }
    say(`Learning the ${what} …`);
    const model = await train(one, hash);
    const learned = writeModel(model);
    writeWhole(path, learned);
    await shared?.put(hash, learned);
    return model;
  }
  const [intents, knowledge] = await Promise.all([
    learnOne(training.intents, 'intents'),
    training.knowledge ? learnOne(training.knowledge, 'answers') : null,
  ]);
  return { intents, knowledge };
}
