import { activitySchema } from '../contract/activity';
import { recordSchema } from '../contract/conversation';
import { shardKeys } from './keys';
import type { Probe } from './probe';
import type { RedisClient } from './redis';

/** One row for Postgres: a line of a transcript or another fact. Both are idempotent by their id. */
export type RecordRow =
  | {
      type: 'activity';
      conversationId: string;
      position: number;
      activity: ReturnType<typeof activitySchema.parse>;
    }
  | { type: 'fact'; conversationId: string; id: string; fact: ReturnType<typeof recordSchema.parse> };

/** Writes a batch in one transaction; writing a row again changes nothing. Throws when Postgres is away. */
export type WriteRecords = (rows: RecordRow[]) => Promise<void>;

/** Records carried at a time from one shard. */
export const RECORDS_PAGE = 500;

const fieldsOf = (list: string[]): Record<string, string> =>
  Object.fromEntries(list.flatMap((name, i) => (i % 2 === 0 ? [[name, list[i + 1] ?? '']] : [])));

function rowOf(list: string[]): RecordRow {
  const { c: conversationId = '', p, a, t: id = '', r } = fieldsOf(list);
  if (a === undefined) {
    return { type: 'fact', conversationId, id, fact: recordSchema.parse(JSON.parse(r ?? '')) };
  }
  return {
    type: 'activity',
    conversationId,
    position: Number(p),
    activity: activitySchema.parse(JSON.parse(a)),
  };
}

/**
 * Carries records of one shard to Postgres. Entries leave the stream only after Postgres has committed them, so a
 * crash in between writes them a second time, which changes nothing. Answers how many were carried.
 */
export function createRecordsRelay(redis: RedisClient, write: WriteRecords, probe: Probe) {
  return async function relay(shard: number): Promise<number> {
    const { records } = shardKeys(shard);
    const rows = await redis.xrange(records, '-', '+', 'COUNT', RECORDS_PAGE);
    if (rows.length === 0) return 0;
    probe('records-read');
    await write(rows.map(([, fields]) => rowOf(fields)));
    probe('records-written');
    await redis.xdel(records, ...rows.map(([id]) => id));
    probe('records-removed');
    return rows.length;
  };
}
