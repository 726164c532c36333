import { sql } from 'kysely';
import { AppError } from '../errors';
import type { RecordRow, WriteRecords } from '../turns/records-relay';
import type { Database } from './database';
import { slaOutcomeSchema, writeOutcomes } from './sla-outcomes';
import { writeUnanswered } from './unanswered';

type FactRow = Extract<RecordRow, { type: 'fact' }>;

/**
 * Writes a batch of the records relay in one transaction; a row that is already there stays as it is. Columns go as
 * arrays: one statement text for every size of batch, so that Postgres and the query builder plan it once.
 * Throws `bad-content` when Postgres refuses a row for what it is.
 */
export function createWriteRecords(db: Database): WriteRecords {
  const write = createWrite(db);
  return (rows) =>
    write(rows).catch((error: unknown) => {
      if (!isRefusedRow(error)) throw error;
      throw new AppError('bad-content', 'Postgres refuses a row of the records.', { cause: error });
    });
}

/** SQLSTATE classes of what lies in a row, not in the server: bad data, a broken constraint, a limit passed. */
const isRefusedRow = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(22|23|54)...$/.test(String(error.code));

const partition = <T>(list: T[], holds: (one: T) => boolean): [T[], T[]] => [
  list.filter(holds),
  list.filter((one) => !holds(one)),
];

function createWrite(db: Database): WriteRecords {
  return async (rows: RecordRow[]) => {
    const lines = rows.flatMap((row) => (row.type === 'activity' ? [row] : []));
    const isUnanswered = (row: FactRow) => row.fact.type === 'unanswered';
    const [unanswered, others] = partition(
      rows.flatMap((row) => (row.type === 'fact' ? [row] : [])),
      isUnanswered,
    );
    const [outcomes, facts] = partition(others, (row) => row.fact.type === 'sla-outcome');
    await db.transaction().execute(async (tx) => {
      if (lines.length > 0) {
        await sql`
          INSERT INTO transcript (conversation_id, position, activity)
          SELECT * FROM unnest(
            ${lines.map(({ conversationId }) => conversationId)}::text[],
            ${lines.map(({ position }) => position)}::int[],
            ${lines.map(({ activity }) => jsonText(activity))}::jsonb[])
          ON CONFLICT DO NOTHING`.execute(tx);
      }
      await writeUnanswered(tx, unanswered);
      await writeOutcomes(
        tx,
        outcomes.map(({ fact }) => slaOutcomeSchema.parse(fact.value)),
      );
      if (facts.length > 0) {
        await sql`
          INSERT INTO facts (id, conversation_id, type, at, value)
          SELECT * FROM unnest(
            ${facts.map(({ id }) => id)}::text[],
            ${facts.map(({ conversationId }) => conversationId)}::text[],
            ${facts.map(({ fact }) => fact.type)}::text[],
            ${facts.map(({ fact }) => fact.at)}::bigint[],
            ${facts.map(({ fact }) => jsonText(fact.value))}::jsonb[])
          ON CONFLICT DO NOTHING`.execute(tx);
      }
    });
  };
}

/**
 * JSON for a jsonb column, which holds neither NUL nor half a surrogate pair, in keys as little as in values: a
 * message that carries one must not stop the relay. Both stand escaped in what JSON.stringify gives.
 */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value).replace(/\\(?:u([0-9a-f]{4})|.)/g, (whole, code: string | undefined) =>
    code !== undefined && /^(?:0000|d[89a-f]..)$/.test(code) ? '\\ufffd' : whole,
  );
