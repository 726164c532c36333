import { sql } from 'kysely';
import { AppError } from '../errors';
import type { Database } from './database';
import { migrations } from './migrations';

/** One number for the advisory lock under which nodes that start together take turns. */
const LOCK = 727_001;

/** Brings the tables up to this release: forward only, each step once, all in one transaction. */
export async function migrate(db: Database): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(${LOCK})`.execute(tx);
    await sql`CREATE TABLE IF NOT EXISTS migrations (id int PRIMARY KEY)`.execute(tx);
    const { rows } = await sql<{
      last: number;
    }>`SELECT coalesce(max(id), 0)::int AS last FROM migrations`.execute(tx);
    const last = rows[0]?.last ?? 0;
    for (const [i, step] of migrations.entries()) {
      const id = i + 1;
      if (id <= last) continue;
      await sql.raw(step).execute(tx);
      await sql`INSERT INTO migrations VALUES (${id})`.execute(tx);
    }
    return Math.max(migrations.length - last, 0);
  });
}

/** Throws `unavailable` when a migration of this release is missing. */
export async function checkMigrated(db: Database): Promise<void> {
  if (!(await isMigrated(db)))
    throw new AppError('unavailable', 'Migrations are missing; restart the server.');
}

/** True when every migration of this release has been applied. */
export async function isMigrated(db: Database): Promise<boolean> {
  const { rows } = await sql<{
    last: number;
  }>`SELECT coalesce(max(id), 0)::int AS last FROM migrations`.execute(db);
  return (rows[0]?.last ?? 0) >= migrations.length;
}
