import { sql } from 'kysely';
import type { Database } from './database';

/**
 * One lock for all changes of who is who: linking is rare, and two links at the same time must not make two customers
 * of one person.
 */
export const CUSTOMERS_LOCK = 727_004;
/** What is published, and the numbers of versions. */
export const CONTENT_LOCK = 727_006;
/** How many bulletins are told. */
export const BULLETINS_LOCK = 727_007;

/** Waits until no other transaction holds the lock of this number, and holds it until its own ends. */
export async function takeLock(tx: Database, lock: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${lock})`.execute(tx);
}
