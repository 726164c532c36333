import { join } from 'node:path';
import { z } from 'zod';
import { type RecordEntry, STATE_SCHEMA } from '../../contract/conversation';
import { type DeadLetter, writeDeadLetter } from '../../turns/dead-letters';
import { shardKeys, shardOf } from '../../turns/keys';
import { askEach, type RedisClient } from '../../turns/redis';
import { loadScripts } from '../delivery/delivery-store';
import type { DeliverySource } from '../delivery/delivery-view';
import type { Sight } from './plan/decide';
import { isOpen, newRecord, type PushRecord, recordSchema } from './plan/record';

/**
 * Where the pushes of a conversation live: one record beside the conversation, in its shard's slot of Redis. Every
 * change is one script that checks what it was based on, and a lease lets one node at a time send.
 */
export interface Held extends Sight {
  fence: string;
  revision: string;
}

export interface StepOptions {
  /** Of a lease that is held; it is kept for so long, or given back until `dueAt` (null: until something happens). */
  held?: { leaseMs: number } | { dueAt: number | null };
  /** Without a lease: looked at by then. */
  lookAt?: number;
  facts?: { id: string; fact: RecordEntry }[];
  letter?: { id: string; letter: DeadLetter };
}

export type StepResult = 'ok' | 'changed' | 'lost';

const scripts = { read: 2, leave: 3, claim: 3, look: 2, step: 4 } as const;

const sightSchema = z.tuple([z.string(), z.string(), z.string(), z.string(), z.string()]);

/** Due conversations that one look finds in a shard. */
const PAGE = 64;

export type PushStore = ReturnType<typeof createPushStore>;

export function createPushStore(redis: RedisClient, shards: number) {
  const run = loadScripts(redis, join(__dirname, 'scripts'), scripts);
  const dueKey = (shard: number) => `{s${shard}}:app-push:due`;
  const keysOf = (conversationId: string) => {
    const shard = shardOf(conversationId, shards);
    const record = `{s${shard}}:app-push:${conversationId}`;
    return { shard, record, reader: `${record}:reader`, due: dueKey(shard) };
  };

  function readSight(reply: unknown, userId: string): Held {
    const [fence, revision, read, reader, json] = sightSchema.parse(reply);
    const record = json === '' ? newRecord(userId) : recordSchema.parse(JSON.parse(json));
    return { fence, revision, read: Number(read), isReaderHere: reader === '1', record };
  }

  const look = async (conversationId: string, userId = ''): Promise<Held> => {
    const { record, reader } = keysOf(conversationId);
    return readSight(await run('look', [record, reader], []), userId);
  };

  async function step(
    conversationId: string,
    before: Held,
    record: PushRecord,
    { held, lookAt, facts = [], letter }: StepOptions,
  ): Promise<StepResult> {
    const keys = keysOf(conversationId);
    const { records, dead } = shardKeys(keys.shard);
    const ops = {
      ...(held ? { fence: before.fence, read: String(before.read) } : {}),
      ...(held && 'leaseMs' in held ? { lease: held.leaseMs } : {}),
      ...(held && 'dueAt' in held ? { release: true, dueAt: held.dueAt ?? undefined } : {}),
      lookAt,
      facts: facts.map(({ id, fact }) => [id, JSON.stringify(fact)]),
      letter: letter && [letter.id, writeDeadLetter(letter.letter)],
    };
    const reply = await run(
      'step',
      [keys.record, keys.due, records, dead],
      [
        conversationId,
        before.revision,
        JSON.stringify(record),
        isOpen(record) ? 1 : 0,
        JSON.stringify(ops),
        STATE_SCHEMA,
      ],
    );
    return z.enum(['ok', 'changed', 'lost']).parse(reply);
  }

  return {
    look,
    step,

    /** Conversations that are due, of each shard as many before one has its next turn. */
    async due(now: number): Promise<string[]> {
      const found = await askEach(
        redis,
        Array.from({ length: shards }, (_, n) => ['ZRANGEBYSCORE', dueKey(n), 0, now, 'LIMIT', 0, PAGE]),
      );
      const lists = z.array(z.array(z.string())).parse(found);
      const turns = Array.from({ length: PAGE }, (_, i) => lists.flatMap((ids) => ids[i] ?? []));
      return turns.flat();
    },

    /** Takes a conversation that is due; null when somebody else has it. */
    async claim(conversationId: string, now: number, leaseMs: number): Promise<Held | null> {
      const { record, due, reader } = keysOf(conversationId);
      const reply = await run('claim', [record, due, reader], [conversationId, now, leaseMs]);
      return Array.isArray(reply) && reply.length === 0 ? null : readSight(reply, '');
    },

    /** Notes how far the customer has read. */
    async noteRead(conversationId: string, position: number, now: number): Promise<void> {
      const { record, due } = keysOf(conversationId);
      await run('read', [record, due], [conversationId, position, now]);
    },

    /** A stream is open, and is believed to be for a while. */
    async enter(conversationId: string, readerId: string, ttlMs: number): Promise<void> {
      await redis.set(keysOf(conversationId).reader, readerId, 'PX', ttlMs);
    },

    async leave(conversationId: string, readerId: string, lookAt: number): Promise<void> {
      const { record, due, reader } = keysOf(conversationId);
      await run('leave', [record, due, reader], [conversationId, readerId, lookAt]);
    },

    /** What became of the replies of a conversation, for agents. */
    async readAll(conversationId: string): ReturnType<DeliverySource['readAll']> {
      const { record } = await look(conversationId);
      return [...record.settled, ...record.items].map(({ id, state, reason }) => ({
        id: `${id}#0`,
        state: state === 'doubtful' ? ('uncertain' as const) : state,
        reason,
        // The receiver knows a push that comes twice by its key: a customer sees none of them double.
        uncertainSends: 0,
      }));
    },
  };
}
