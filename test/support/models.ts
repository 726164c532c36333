import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Trained models, by the hash of what they were trained on: seconds that every test of the server would spend anew. */
const MODELS = join(__dirname, '../../node_modules/.cache/models');

function copyModels(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  if (!existsSync(from)) return;
  for (const name of readdirSync(from).filter((each) => each.endsWith('.model'))) {
    if (!existsSync(join(to, name))) cpSync(join(from, name), join(to, name));
  }
}

/** Gives a data folder what earlier tests have learned. */
export const seedModels = (dataDir: string): void => copyModels(MODELS, join(dataDir, 'content'));

/** Keeps what a server has learned for the tests that follow. */
export const keepModels = (dataDir: string): void => copyModels(join(dataDir, 'content'), MODELS);
