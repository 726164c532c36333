import { chownSync, cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** The user that a test runs programs as: an ordinary one, also where the tests run as root. */
export const ordinaryUser: { uid: number; gid: number } | Record<string, never> =
  process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** A copy of the project, owned by the ordinary user, in a path with spaces; packages are shared. */
export interface ProjectCopy {
  root: string;
  /** Copies what is below a folder into one of the copy, as the ordinary user's own. */
  give(from: string, to: string): void;
  remove(): void;
}

function chownAll(path: string, uid: number, gid: number): void {
  chownSync(path, uid, gid);
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath ?? entry.path, entry.name), uid, gid);
  }
}

export function copyProject(): ProjectCopy {
  const copy = mkdtempSync(join(tmpdir(), 'the bot of nobody '));
  for (const name of [
    'src',
    'dist',
    'dialogs',
    'intents',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
  ]) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  const own = (path: string) => {
    const { uid, gid } = ordinaryUser;
    if (uid !== undefined && gid !== undefined) chownAll(path, uid, gid);
  };
  own(copy);
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return {
    root: copy,
    give: (from, to) => {
      cpSync(from, join(copy, to), { recursive: true });
      own(join(copy, to));
    },
    remove: () => rmSync(copy, { recursive: true, force: true }),
  };
}
