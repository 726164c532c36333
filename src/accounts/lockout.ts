import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Database } from '../records/database';

export const MAX_FAILURES = 10;
export const FAILURES_WITHIN_MS = 15 * 60_000;
export const LOCK_MS = 15 * 60_000;

/** First key of the advisory locks under which attempts at one login take turns. */
const LOCK_SPACE = 727_002;

/** What was typed may be a password in the wrong field: it is kept as a hash, for logins of nobody too. */
export const hashLogin = (login: string): string => createHash('sha256').update(login).digest('hex');

/** Until when a login is locked, from its last failures, newest first; 0 when it is not. */
export function lockedUntil(failures: number[], now: number): number {
  const [newest] = failures;
  const oldest = failures[MAX_FAILURES - 1];
  if (newest === undefined || oldest === undefined || newest - oldest >= FAILURES_WITHIN_MS) return 0;
  return newest + LOCK_MS > now ? newest + LOCK_MS : 0;
}

export interface Attempt {
  lockedUntil: number;
  /** True when this attempt locks the login unless it succeeds. */
  isLast: boolean;
}

/**
 * Counts an attempt as a failure before the password is looked at, so that many at once get no more tries than one
 * after the other. While a login is locked nothing is counted.
 */
export async function beginAttempt(db: Database, login: string, now: number): Promise<Attempt> {
  const loginHash = hashLogin(login);
  return db.transaction().execute(async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(${LOCK_SPACE}, hashtext(${loginHash}))`.execute(tx);
    const rows = await tx
      .selectFrom('sign_in_failures')
      .select('at')
      .where('login_hash', '=', loginHash)
      .orderBy('at', 'desc')
      .limit(MAX_FAILURES)
      .execute();
    const failures = rows.map(({ at }) => Number(at));
    const until = lockedUntil(failures, now);
    if (until > 0) return { lockedUntil: until, isLast: false };
    await tx
      .insertInto('sign_in_failures')
      .values({ id: uuid(), login_hash: loginHash, at: String(now) })
      .execute();
    return { lockedUntil: 0, isLast: lockedUntil([now, ...failures], now) > 0 };
  });
}

/** Forgets the failures of a login that got in, and those of anybody that no longer count. */
export async function forgetFailures(db: Database, login: string, now: number): Promise<void> {
  await db
    .deleteFrom('sign_in_failures')
    .where((where) =>
      where.or([
        where('login_hash', '=', hashLogin(login)),
        where('at', '<', String(now - FAILURES_WITHIN_MS - LOCK_MS)),
      ]),
    )
    .execute();
}
