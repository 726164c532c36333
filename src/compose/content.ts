import { join } from 'node:path';
import { readContentFiles } from '../content/content';
import { createPostgresVersionStore } from '../content/version-store';
import { type ContentVersions, openContentVersions } from '../content/versions';
import type { Foundation } from './foundation';

/** Where versions and their models lie on this node. */
export const contentFolder = ({ dataDir }: Foundation['stores']): string => join(dataDir, 'content');

/** What the bot knows and says, in every version that a session may be pinned to. */
export function openContent({ config, stores, db, clock, log, say }: Foundation): Promise<ContentVersions> {
  return openContentVersions({
    files: readContentFiles(config.CONTENT_DIR ?? join(__dirname, '..', '..')),
    store: createPostgresVersionStore(db),
    folder: contentFolder(stores),
    timeZone: config.TIME_ZONE,
    clock,
    log,
    say,
  });
}
