import type { Logger } from 'pino';
import { activitySchema } from '../contract/activity';
import { recordSchema } from '../contract/conversation';
import { AppError, messageOf } from '../errors';
import { buriedId, writeDeadLetter } from './dead-letters';
import { shardKeys } from './keys';
import type { Probe } from './probe';
import { loadScripts, type RedisClient } from './redis';
import { upcastActivity, upcastFact } from './upcast';

/** One row for Postgres: a line of a transcript or another fact. Both are idempotent by their id. */
export type RecordRow =
  | {
      type: 'activity';
      conversationId: string;
      position: number;
      activity: ReturnType<typeof activitySchema.parse>;
    }
  | { type: 'fact'; conversationId: string; id: string; fact: ReturnType<typeof recordSchema.parse> };

/**
 * Writes a batch in one transaction; writing a row again changes nothing. Throws `bad-content` when a row of it can
 * never be stored, anything else when Postgres is away.
 */
export type WriteRecords = (rows: RecordRow[]) => Promise<void>;

/** Records carried at a time from one shard. */
export const RECORDS_PAGE = 500;

export interface RecordsRelayDependencies {
  redis: RedisClient;
  write: WriteRecords;
  probe: Probe;
  clock: () => number;
  log: Logger;
}

type StreamEntry = [streamId: string, fields: string[]];

interface Item {
  entry: StreamEntry;
  row: RecordRow;
}

const fieldsOf = (list: string[]): Record<string, string> =>
  Object.fromEntries(list.flatMap((name, i) => (i % 2 === 0 ? [[name, list[i + 1] ?? '']] : [])));

function rowOf(list: string[]): RecordRow {
  const { c: conversationId = '', p, a, t: id = '', r = '', v } = fieldsOf(list);
  if (a === undefined) {
    return { type: 'fact', conversationId, id, fact: recordSchema.parse(upcastFact(r, v)) };
  }
  return {
    type: 'activity',
    conversationId,
    position: Number(p),
    activity: activitySchema.parse(upcastActivity(a, v)),
  };
}

const hasCode = (error: unknown, code: AppError['code']): boolean =>
  error instanceof AppError && error.code === code;

/**
 * Carries records of one shard to Postgres. Entries leave the stream only after Postgres has committed them, so a
 * crash in between writes them a second time, which changes nothing. A row that cannot be read or stored becomes a
 * dead letter and holds up no other; one of a newer version waits for a node of that version. Answers how many left
 * the stream.
 */
export function createRecordsRelay({ redis, write, probe, clock, log }: RecordsRelayDependencies) {
  const run = loadScripts(redis);

  async function bury(shard: number, [streamId, fields]: StreamEntry, error: unknown): Promise<void> {
    const { records, dead } = shardKeys(shard);
    const letter = writeDeadLetter({ type: 'record', fields, reason: messageOf(error), at: clock() });
    const id = buriedId(fieldsOf(fields).c ?? '', 'record', streamId);
    await run('bury', [records, dead], [streamId, id, letter]);
    log.error({ shard, streamId }, 'record cannot be stored; kept as a dead letter');
  }

  async function read(shard: number, entries: StreamEntry[]): Promise<Item[]> {
    const items: Item[] = [];
    for (const entry of entries) {
      try {
        items.push({ entry, row: rowOf(entry[1]) });
      } catch (error) {
        if (!hasCode(error, 'unavailable')) await bury(shard, entry, error);
      }
    }
    return items;
  }

  /** Halves a batch that holds a bad row until that row stands alone. */
  async function store(shard: number, items: Item[]): Promise<void> {
    const [first] = items;
    if (!first) return;
    try {
      await write(items.map(({ row }) => row));
    } catch (error) {
      if (!hasCode(error, 'bad-content')) throw error;
      if (items.length === 1) return bury(shard, first.entry, error);
      const half = Math.ceil(items.length / 2);
      await store(shard, items.slice(0, half));
      await store(shard, items.slice(half));
      return;
    }
    probe('records-written');
    await redis.xdel(shardKeys(shard).records, ...items.map(({ entry }) => entry[0]));
  }

  return async function relay(shard: number): Promise<number> {
    const entries = await redis.xrange(shardKeys(shard).records, '-', '+', 'COUNT', RECORDS_PAGE);
    if (entries.length === 0) return 0;
    probe('records-read');
    const items = await read(shard, entries);
    await store(shard, items);
    probe('records-removed');
    return items.length;
  };
}
