import { z } from 'zod';
import { AppError, messageOf } from '../errors';
import { shardKeys, shardOf, turnIdOf } from './keys';
import { loadScripts, type RedisClient } from './redis';
import type { TurnStore } from './turn-store';
import { upcastEntry } from './upcast';

/**
 * What could not be worked off for good, kept per shard in the hash `{s<n>}:dead` under `<conversation>|<turn>` until
 * somebody has mended the cause: activities that failed, commands and records that nobody can read or store.
 */
export const deadLetterSchema = z.discriminatedUnion('type', [
  /** `entry` as it was stored; a text when it could not even be parsed. */
  z.object({ type: z.literal('activity'), entry: z.unknown(), reason: z.string(), at: z.number() }),
  /** `fields`: names and values of the stream entry. */
  z.object({ type: z.literal('command'), fields: z.array(z.string()), reason: z.string(), at: z.number() }),
  z.object({ type: z.literal('record'), fields: z.array(z.string()), reason: z.string(), at: z.number() }),
]);
export type DeadLetter = z.infer<typeof deadLetterSchema>;

export const writeDeadLetter = (letter: DeadLetter): string => JSON.stringify(letter);

/** One stored letter. `id` is what `retry` takes. */
export interface StoredLetter {
  id: string;
  conversationId: string;
  letter: DeadLetter;
}

export interface DeadLetters {
  /** All letters, oldest first. */
  list(): Promise<StoredLetter[]>;
  /**
   * Puts a letter back to work. An activity is accepted under a key made of its turn, so that a retry which died half
   * way and is asked for again has no second effect within the life of a mark (7 days). The letter goes only after
   * that. Throws `not-found` when there is no such letter, `bad-content` when it still cannot be read.
   */
  retry(id: string): Promise<void>;
}

export interface DeadLettersDependencies {
  redis: RedisClient;
  shards: number;
  accept: TurnStore['accept'];
  clock: () => number;
}

const conversationOf = (id: string): string => id.slice(0, id.lastIndexOf('|'));

/** The field of a stream entry that was buried. */
export const buriedId = (conversationId: string, type: 'command' | 'record', streamId: string): string =>
  `${conversationId}|${type}-${streamId}`;

export function createDeadLetters({ redis, shards, accept, clock }: DeadLettersDependencies): DeadLetters {
  const run = loadScripts(redis);

  async function retryActivity(conversationId: string, id: string, stored: unknown): Promise<void> {
    const key = `retry:${id.slice(id.lastIndexOf('|') + 1)}`;
    const entry = {
      ...readEntry(id, stored),
      key,
      turnId: turnIdOf(conversationId, key),
      at: clock(),
    };
    // The words are in the log already, and no lease is wanted: a running server takes it up.
    await accept(conversationId, entry, { isLogged: false, isLimited: false, wantsLease: false });
    await redis.hdel(shardKeys(shardOf(conversationId, shards)).dead, id);
  }

  return {
    async list() {
      const all = Array.from({ length: shards }, (_, n) => redis.hgetall(shardKeys(n).dead));
      const letters = (await Promise.all(all)).flatMap((hash) =>
        Object.entries(hash).map(([id, json]) => ({
          id,
          conversationId: conversationOf(id),
          letter: deadLetterSchema.parse(JSON.parse(json)),
        })),
      );
      return letters.sort((a, b) => a.letter.at - b.letter.at);
    },

    async retry(id) {
      const conversationId = conversationOf(id);
      const keys = shardKeys(shardOf(conversationId, shards));
      const json = await redis.hget(keys.dead, id);
      if (json === null) throw new AppError('not-found', `There is no dead letter ${id}.`);
      const letter = deadLetterSchema.parse(JSON.parse(json));
      if (letter.type === 'activity') return retryActivity(conversationId, id, letter.entry);
      const stream = letter.type === 'command' ? keys.outbox : keys.records;
      await run('revive', [stream, keys.dead], [id, ...letter.fields]);
    },
  };
}

function readEntry(id: string, stored: unknown) {
  try {
    return upcastEntry(typeof stored === 'string' ? JSON.parse(stored) : stored);
  } catch (error) {
    throw new AppError('bad-content', `${id} cannot be read: ${messageOf(error)}. It was kept.`, {
      cause: error,
    });
  }
}
