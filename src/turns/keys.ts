import { createHash } from 'node:crypto';
import { str as crc32 } from 'crc-32';

/**
 * Names of everything the turn engine keeps in Redis. The hash tag is the shard, so that one script can write all
 * that a turn touches, on a single Redis and on a Redis Cluster alike.
 */
export interface ConversationKeys {
  meta: string;
  state: string;
  inbox: string;
  log: string;
}

export interface ShardKeys {
  /** Conversations whose inbox is not empty, by the time from which they may be taken. */
  ready: string;
  /** Timers by due time; members are `<conversation>|<timer id>`. */
  due: string;
  timers: string;
  outbox: string;
  records: string;
  dead: string;
  /** Where conversations stand that have an open dialog, by their id. */
  places: string;
  /** The node that works off outbox and records of the shard. */
  worker: string;
}

/** The shard of a conversation: crc32 of its id modulo the number of shards. */
export const shardOf = (conversationId: string, shards: number): number =>
  (crc32(conversationId) >>> 0) % shards;

export const shardKeys = (shard: number): ShardKeys => {
  const tag = `{s${shard}}`;
  return {
    ready: `${tag}:ready`,
    due: `${tag}:due`,
    timers: `${tag}:timers`,
    outbox: `${tag}:outbox`,
    records: `${tag}:records`,
    dead: `${tag}:dead`,
    places: `${tag}:places`,
    worker: `${tag}:worker`,
  };
};

export const conversationKeys = (shard: number, conversationId: string): ConversationKeys => {
  const prefix = `{s${shard}}:conv:${conversationId}`;
  return {
    meta: `${prefix}:meta`,
    state: `${prefix}:state`,
    inbox: `${prefix}:inbox`,
    log: `${prefix}:log`,
  };
};

export const markKey = (shard: number, turnId: string): string => `{s${shard}}:mark:${turnId}`;

/** How often dialogs took which way on a day (UTC, `2026-11-29`). */
export const waysKey = (shard: number, day: string): string => `{s${shard}}:ways:${day}`;

export const rateKey = (shard: number, userId: string): string => `{s${shard}}:rate:${userId}`;

/**
 * The channel that commits and accepts are announced on: `<conversation>|<position>[|c[w]]`, `c` with commands, `w` when
 * the customer waits for one.
 */
export const HINT_CHANNEL = 'turns:hint';

/** The number of shards is fixed at first start and checked at every later one. */
export const SHARDS_KEY = 'turns:shards';

/** 128 bits of sha256(conversation id, dedupe key), as hex: the same activity is always the same turn. */
export const turnIdOf = (conversationId: string, key: string): string =>
  createHash('sha256').update(conversationId).update('\0').update(key).digest('hex').slice(0, 32);
