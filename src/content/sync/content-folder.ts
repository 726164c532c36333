import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../errors';
import { changesBetween } from '../changes';
import { type ContentFiles, readContentFiles } from '../content';
import { checkFiles } from '../limits';

/** The version that a folder was pulled at; belongs into git with the files. */
const BASE_FILE = '.content-version';

/** The files of content below a folder, byte by byte. Throws `bad-request` for what no server takes. */
export function readFolder(folder: string): ContentFiles {
  const files = readContentFiles(folder);
  for (const [path, text] of Object.entries(files))
    if (!Buffer.from(text).equals(readFileSync(join(folder, path))))
      throw new AppError('bad-request', `${path} is not UTF-8: save it as UTF-8 and try again.`);
  checkFiles(files);
  return files;
}

/** As `readFolder`; nothing where there is no content yet. */
export const readFolderIfAny = (folder: string): ContentFiles =>
  ['dialogs', 'intents'].every((name) => existsSync(join(folder, name))) ? readFolder(folder) : {};

export function readBase(folder: string): string | null {
  const path = join(folder, BASE_FILE);
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
}

export const writeBase = (folder: string, version: string): void =>
  writeFileSync(join(folder, BASE_FILE), `${version}\n`);

/** Makes the folder hold these files of content and no others; what is not content stays. Answers the paths that changed. */
export function writeFolder(folder: string, files: ContentFiles): string[] {
  // What a server sends is judged like what it is sent: no path leads elsewhere.
  checkFiles(files);
  const changes = changesBetween(readFolderIfAny(folder), files);
  for (const [path, text] of Object.entries(changes)) {
    const target = join(folder, path);
    if (text === null) rmSync(target);
    else {
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
  }
  return Object.keys(changes);
}
