import type { ColumnType } from 'kysely';

/** Written as JSON text, read as the value that Postgres parsed. */
export type Json = ColumnType<unknown, string | null, string | null>;
