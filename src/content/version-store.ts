import { z } from 'zod';
import type { Database } from '../records/database';
import { jsonText } from '../records/write-records';
import type { ContentFiles } from './content';

/** Where every version that was ever served is kept, for all nodes. */
export interface VersionStore {
  /** Keeps a version and notes that it was started with. */
  put(version: string, files: ContentFiles, now: number): Promise<void>;
  get(version: string): Promise<ContentFiles | null>;
  /** Ids of versions that a node started with since then, newest first. */
  usedSince(at: number): Promise<string[]>;
}

const filesSchema = z.record(z.string(), z.string());

export function createPostgresVersionStore(db: Database): VersionStore {
  return {
    async put(version, files, now) {
      await db
        .insertInto('content_versions')
        .values({ id: version, created_at: String(now), used_at: String(now), files: jsonText(files) })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ used_at: String(now) }))
        .execute();
    },
    async get(version) {
      const row = await db
        .selectFrom('content_versions')
        .select('files')
        .where('id', '=', version)
        .executeTakeFirst();
      return row ? filesSchema.parse(row.files) : null;
    },
    async usedSince(at) {
      const rows = await db
        .selectFrom('content_versions')
        .select('id')
        .where('used_at', '>=', String(at))
        .orderBy('used_at', 'desc')
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}
