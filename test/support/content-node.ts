import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContentFiles } from '../../src/content/content';
import { createServingStore } from '../../src/content/serving/serving-store';
import { createPostgresModelStore, createPostgresVersionStore } from '../../src/content/version-store';
import { type ContentVersionsOptions, openContentVersions } from '../../src/content/versions';
import type { Database } from '../../src/records/database';
import { learn } from '../../src/understanding/learn';
import { silent } from './turns';

const folders: string[] = [];

/** Versions as a node of its own opens them, in a folder of its own; what is learned is learned in this process. */
export function openTestContent(
  db: Database,
  files: ContentFiles,
  changed: Partial<ContentVersionsOptions> = {},
): ReturnType<typeof openContentVersions> {
  const folder = changed.folder ?? mkdtempSync(join(tmpdir(), 'content-'));
  folders.push(folder);
  return openContentVersions({
    files,
    store: createPostgresVersionStore(db),
    serving: createServingStore(db),
    models: createPostgresModelStore(db, () => 1e12),
    folder,
    timeZone: 'Asia/Shanghai',
    oldMs: 30 * 24 * 3600_000,
    clock: () => 1e12,
    log: silent,
    say: () => undefined,
    train: async (training, version) => learn(training, version),
    ...changed,
  });
}

export function removeTestFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Adds accounts by id and name, so that what they do can be kept. */
export async function addTestAccounts(db: Database, names: Record<string, string>): Promise<void> {
  const rows = Object.entries(names).map(([id, name]) => ({
    id,
    login: id,
    name,
    role: 'admin',
    created_at: '0',
    password_hash: null,
    disabled_at: null,
    site: null,
    team: null,
  }));
  await db.insertInto('accounts').values(rows).execute();
}
