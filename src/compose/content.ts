import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { ContentChecker } from '../content/check/checker';
import { readContentFiles } from '../content/content';
import { createStoredParse, releaseOf } from '../content/parsed-folder';
import { startServing } from '../content/serving/serve-loop';
import { createServingStore } from '../content/serving/serving-store';
import { createPostgresModelStore, createPostgresVersionStore } from '../content/version-store';
import { type ContentVersions, openContentVersions } from '../content/versions';
import type { Foundation } from './foundation';

const DAY_MS = 24 * 3600_000;

/** Where versions and their models lie on this node. */
export const contentFolder = ({ dataDir }: Foundation['stores']): string => join(dataDir, 'content');

/** What the bot knows and says, in every version that a session may be pinned to; follows what is published. */
export async function openContent(
  { config, stores, db, clock, log, say, cleanup }: Foundation,
  checker: ContentChecker,
): Promise<ContentVersions> {
  const serving = createServingStore(db);
  const versions = await openContentVersions({
    files: readContentFiles(config.CONTENT_DIR ?? join(__dirname, '..', '..')),
    store: createPostgresVersionStore(db),
    serving,
    models: createPostgresModelStore(db, clock),
    folder: contentFolder(stores),
    timeZone: config.TIME_ZONE,
    oldMs: config.CONTENT_OLD_VERSIONS_DAYS * DAY_MS,
    read: checker.read,
    parse: createStoredParse(contentFolder(stores), releaseOf()),
    clock,
    log,
    say,
  });
  cleanup.add(startServing({ nodeId: randomUUID(), versions, store: serving, log }).stop);
  return versions;
}
