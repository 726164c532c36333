import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { type ContentFiles, type ParsedContent, parseContent, type ReadContent, versionOf } from './content';
import { writeWhole } from './model-folder';
import { fromTravel, type TravellingContent, toTravel } from './travel';

export type Parse = (files: ContentFiles) => ParsedContent & Pick<ReadContent, 'warnings'>;

/** Written by `npm start`: the hash of the source that this build was made from. */
const SOURCE_HASH = join(__dirname, '../../dist/.source-hash');
const ENDING = '.parsed';

/** What this release is known by; null for a build of unknown source, which keeps nothing. */
export function releaseOf(path = SOURCE_HASH): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8').trim().slice(0, 16) : null;
}

/**
 * Reads content as `parseContent` does, seconds for a whole operator's, and keeps what came of it beside the models: the
 * next start of the same release on the same files has it in no time. What another release has kept goes.
 */
export function createStoredParse(folder: string, release: string | null): Parse {
  if (release === null) return parseContent;
  return (files) => {
    const path = join(folder, `${versionOf(files)}-${release}${ENDING}`);
    const known = existsSync(path) ? readKept(path) : null;
    if (known) return known;
    const parsed = parseContent(files);
    for (const name of readdirSync(folder))
      if (name.endsWith(ENDING) && !name.endsWith(`-${release}${ENDING}`)) rmSync(join(folder, name));
    writeWhole(path, serialize({ warnings: parsed.warnings, parsed: toTravel(parsed) }));
    return parsed;
  };
}

function readKept(path: string): ReturnType<Parse> | null {
  try {
    // Written below by this very release, into a folder that only the server may write to.
    const kept = deserialize(readFileSync(path)) as Pick<ReadContent, 'warnings'> & {
      parsed: TravellingContent;
    };
    return { ...fromTravel(kept.parsed), warnings: kept.warnings };
  } catch {
    // Cut off by a crash: read anew.
    return null;
  }
}
