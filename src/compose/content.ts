import { join } from 'node:path';
import { readContentFiles } from '../content/content';
import { createPostgresVersionStore } from '../content/version-store';
import { type ContentVersions, openContentVersions } from '../content/versions';
import type { Foundation } from './foundation';

/** What the bot knows and says, in every version that a session may be pinned to. */
export function openContent({ config, stores, db, clock, log, say }: Foundation): Promise<ContentVersions> {
  return openContentVersions({
    files: readContentFiles(config.CONTENT_DIR ?? join(__dirname, '..', '..')),
    store: createPostgresVersionStore(db),
    folder: join(stores.dataDir, 'content'),
    timeZone: config.TIME_ZONE,
    clock,
    log,
    say,
  });
}
