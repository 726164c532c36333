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
  pool.on('error', onError);
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}
