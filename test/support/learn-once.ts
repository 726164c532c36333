import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainedModel } from '../../src/understanding/recognizer';
import { MODEL_SCHEMA, readModel, writeModel } from '../../src/understanding/store-model';

const CACHE = join(__dirname, '../../node_modules/.cache/models');
const SOURCES = join(__dirname, '../../src/understanding');

/** How models are learned: a change of it is seen by the tests at once. */
const sourcesHash = (): string => {
  const hash = createHash('sha256');
  for (const name of readdirSync(SOURCES).sort()) {
    if (name.endsWith('.ts')) hash.update(readFileSync(join(SOURCES, name)));
  }
  return hash.digest('hex');
};

/** Learned once for all test files, and again when what is learned from changes, or how. */
export function learnOnce(training: unknown, learn: (hash: string) => TrainedModel): TrainedModel {
  const hash = createHash('sha256')
    .update(JSON.stringify([MODEL_SCHEMA, sourcesHash(), training]))
    .digest('hex')
    .slice(0, 32);
  const path = join(CACHE, `${hash}.learned`);
  if (existsSync(path)) return readModel(readFileSync(path));
  const model = learn(hash);
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(`${path}.${process.pid}`, writeModel(model));
  renameSync(`${path}.${process.pid}`, path);
  return model;
}
