import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { releaseOf } from '../../src/content/parsed-folder';

/**
 * Trained models, by the hash of what they were trained on, and content that this very source has read: seconds that every
 * test of the server would spend anew.
 */
const MODELS = join(__dirname, '../../node_modules/.cache/models');

const parsedNow = `-${releaseOf()}.parsed`;

function copyModels(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  if (!existsSync(from)) return;
  for (const name of readdirSync(from)) {
    const path = join(to, name);
    if (name.endsWith('.parsed') && !name.endsWith(parsedNow)) rmSync(join(from, name), { force: true });
    else if (/\.(?:model|parsed)$/.test(name) && !existsSync(path)) cpSync(join(from, name), path);
  }
}

/** Gives a data folder what earlier tests have learned. */
export const seedModels = (dataDir: string): void => copyModels(MODELS, join(dataDir, 'content'));

/** Keeps what a server has learned for the tests that follow. */
export const keepModels = (dataDir: string): void => copyModels(join(dataDir, 'content'), MODELS);

/** While somebody writes code the build is older than the source: what that build has read is not to be relied on. */
export function forgetStaleContent(): void {
  const root = join(__dirname, '../..');
  const stamp = join(root, 'dist/.source-hash');
  if (!existsSync(stamp) || !existsSync(MODELS)) return;
  const builtAt = statSync(stamp).mtimeMs;
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  if (!sources.some((name) => statSync(join(root, 'src', name)).mtimeMs > builtAt)) return;
  for (const name of readdirSync(MODELS)) if (name.endsWith('.parsed')) rmSync(join(MODELS, name));
}
