import type { RecordRow, WriteRecords } from '../turns/records-relay';
import type { Database } from './database';

/** Writes a batch of the records relay in one transaction; a row that is already there stays as it is. */
export function createWriteRecords(db: Database): WriteRecords {
  return async (rows: RecordRow[]) => {
    const lines = rows.flatMap((row) => (row.type === 'activity' ? [row] : []));
    const facts = rows.flatMap((row) => (row.type === 'fact' ? [row] : []));
    await db.transaction().execute(async (tx) => {
      if (lines.length > 0) {
        await tx
          .insertInto('transcript')
          .values(
            lines.map(({ conversationId, position, activity }) => ({
              conversation_id: conversationId,
              position,
              activity: jsonText(activity),
            })),
          )
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
      if (facts.length > 0) {
        await tx
          .insertInto('facts')
          .values(
            facts.map(({ id, conversationId, fact }) => ({
              id,
              conversation_id: conversationId,
              type: fact.type,
              at: String(fact.at),
              value: jsonText(fact.value),
            })),
          )
          .onConflict((conflict) => conflict.doNothing())
          .execute();
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
