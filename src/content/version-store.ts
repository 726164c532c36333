import { sql } from 'kysely';
import { z } from 'zod';
import type { ContentVersion } from '../contract/content-editing';
import { CONTENT_LOCK, takeLock } from '../records/advisory-lock';
import type { Database } from '../records/database';
import { jsonText } from '../records/write-records';
import type { ContentFiles } from './content';
import type { ModelStore } from './model-folder';

/** Who made a version of what, and why. */
export interface VersionOrigin {
  /** Null for what came with the release or was pushed by a program. */
  authorId: string | null;
  message: string;
  parent: string | null;
  /** How many files differ from the parent. */
  changedCount: number;
}

export type ListedVersion = Omit<ContentVersion, 'state' | 'publications'>;

/** Where every version that was ever served is kept, for all nodes. */
export interface VersionStore {
  /** Keeps a version and notes that it is used now. What is known of one that is there already stays. */
  put(version: string, files: ContentFiles, now: number, origin?: VersionOrigin): Promise<void>;
  /** Files exactly as they were put, byte by byte. */
  get(version: string): Promise<ContentFiles | null>;
  /** Notes that a version is used now. */
  noteUse(version: string, now: number): Promise<void>;
  /** Ids of versions that a node started with since then, newest first. */
  usedSince(at: number): Promise<string[]>;
  /** What is known of versions, newest first. */
  list(limit: number): Promise<ListedVersion[]>;
}

/** A model older than this is learned again by a node that needs it. */
const MODEL_MS = 31 * 24 * 3600_000;
const filesSchema = z.record(z.string(), z.string());
const UNKNOWN: VersionOrigin = { authorId: null, message: '', parent: null, changedCount: 0 };

export function createPostgresVersionStore(db: Database): VersionStore {
  const noteUse = (tx: Database, version: string, now: number) =>
    tx
      .updateTable('content_versions')
      .set({ used_at: String(now) })
      .where('id', '=', version)
      .returning('id')
      .execute();
  return {
    async put(version, files, now, origin = UNKNOWN) {
      if ((await noteUse(db, version, now)).length > 0) return;
      await db.transaction().execute(async (tx) => {
        // Numbers count on without a gap, whoever publishes at the same time.
        await takeLock(tx, CONTENT_LOCK);
        if ((await noteUse(tx, version, now)).length > 0) return;
        await tx
          .insertInto('content_versions')
          .values({
            id: version,
            created_at: String(now),
            used_at: String(now),
            files: jsonText(files),
            number: sql<number>`(SELECT coalesce(max(number), 0) + 1 FROM content_versions)`,
            author_id: origin.authorId,
            message: origin.message,
            parent: origin.parent,
            changed_count: origin.changedCount,
          })
          .execute();
      });
    },
    async noteUse(version, now) {
      await noteUse(db, version, now);
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
    async list(limit) {
      const rows = await db
        .selectFrom('content_versions')
        .leftJoin('accounts', 'accounts.id', 'content_versions.author_id')
        .select(['content_versions.id', 'number', 'content_versions.created_at', 'message', 'parent'])
        .select(['changed_count', 'author_id', 'accounts.name'])
        .orderBy('number', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        number: row.number,
        createdAt: new Date(Number(row.created_at)).toISOString(),
        author: row.author_id === null ? null : { id: row.author_id, name: row.name ?? '' },
        message: row.message,
        parent: row.parent,
        changedCount: row.changed_count,
      }));
    },
  };
}

/** Models that a node has learned, so that the others need not. Those that nobody used for 31 days go. */
export function createPostgresModelStore(db: Database, clock: () => number): ModelStore {
  return {
    async has(hash) {
      const row = await db.selectFrom('content_models').select('hash').where('hash', '=', hash).execute();
      return row.length > 0;
    },
    async get(hash) {
      const row = await db
        .selectFrom('content_models')
        .select('bytes')
        .where('hash', '=', hash)
        .executeTakeFirst();
      return row?.bytes ?? null;
    },
    async put(hash, bytes) {
      const now = clock();
      await db
        .insertInto('content_models')
        .values({ hash, bytes, at: String(now) })
        .onConflict((conflict) => conflict.column('hash').doUpdateSet({ bytes, at: String(now) }))
        .execute();
      await db
        .deleteFrom('content_models')
        .where('at', '<', String(now - MODEL_MS))
        .execute();
    },
  };
}
