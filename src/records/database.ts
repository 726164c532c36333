import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import type { Tables } from './tables';

export type Database = Kysely<Tables>;

/** Opens a pool; connections are made when first needed. `close` ends them. */
export function connectDatabase(url: string, onError: (error: Error) => void, max = 10): Database {
  const pool = new Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 5000,
    statement_timeout: 15_000,
  });
  // A connection may be lost in the middle of a transaction as well: unheard, that would end the process.
  pool.on('connect', (client) => client.on('error', onError));
  // Idle connections report through the pool once more.
  pool.on('error', () => undefined);
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}
