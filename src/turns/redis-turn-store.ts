import { z } from 'zod';
import { activitySchema } from '../contract/activity';
import { type Entry, STATE_SCHEMA } from '../contract/conversation';
import { AppError } from '../errors';
import { conversationKeys, HINT_CHANNEL, markKey, rateKey, shardKeys, shardOf, waysKey } from './keys';
import { placeText } from './places';
import { readInbox } from './read-inbox';
import { askEach, loadScripts, type RedisClient } from './redis';
import type { Accepted, AcceptOptions, BusyReason, Lease, LogEntry, TurnStore } from './turn-store';
import { storedEntry, upcastActivity } from './upcast';
import { dayOf, wayText } from './ways';

export interface StoreLimits {
  shards: number;
  leaseMs: number;
  inboxLimit: number;
  /** Activities a user may send a minute; 0: no limit. */
  userRatePerMinute: number;
  /** Entries that may wait for Postgres in one shard. */
  recordsLimit: number;
  markTtlMs: number;
}

export const MARK_TTL_MS = 7 * 24 * 3600 * 1000;

const resultSchema = z.record(z.string(), z.unknown());

/** `p|<position>` or `d|<position>|<result>`. */
function readMark(mark: string): { position: number; result: Record<string, unknown> | null } {
  const [kind, position, ...rest] = mark.split('|');
  return {
    position: Number(position),
    result: kind === 'd' ? resultSchema.parse(JSON.parse(rest.join('|'))) : null,
  };
}

const leaseOf = (conversationId: string, reply: (string | null)[]): Lease => {
  const [, , fence, version, epoch, state, head, attempts, failures] = reply;
  return {
    conversationId,
    fence: fence ?? '',
    version: version ?? '0',
    epoch: Number(epoch),
    state: state ?? '',
    ...readInbox(conversationId, head ?? ''),
    attempts: Number(attempts),
    failures: Number(failures),
  };
};

/** The TurnStore on Redis 7 or later, single or Cluster. One script each for accept, lease, commit and abandon. */
export function createRedisTurnStore(redis: RedisClient, limits: StoreLimits): TurnStore {
  const run = loadScripts(redis);
  const shard = (conversationId: string) => shardOf(conversationId, limits.shards);
  const keysOf = (conversationId: string) => {
    const n = shard(conversationId);
    return { n, conv: conversationKeys(n, conversationId), sh: shardKeys(n) };
  };

  async function accept(conversationId: string, entry: Entry, options: AcceptOptions): Promise<Accepted> {
    const { n, conv, sh } = keysOf(conversationId);
    const mark = markKey(n, entry.turnId);
    const rate = rateKey(n, entry.activity.from.id);
    const reply = await run(
      'accept',
      [conv.meta, conv.state, conv.inbox, conv.log, mark, sh.ready, sh.records, rate, sh.due, sh.timers],
      [
        conversationId,
        entry.turnId,
        JSON.stringify(storedEntry(entry)),
        options.isLogged ? JSON.stringify(entry.activity) : '',
        limits.leaseMs,
        limits.inboxLimit,
        options.isLimited ? limits.userRatePerMinute : 0,
        limits.markTtlMs,
        limits.recordsLimit,
        STATE_SCHEMA,
        options.timer?.id ?? '',
        HINT_CHANNEL,
        options.wantsLease ? 1 : 0,
        options.isLimited ? 1 : 0,
        entry.channel ?? '',
        options.timer?.dueAt ?? 0,
      ],
    );
    const [status, second, third] = reply;
    if (status === 'duplicate') return { status, ...readMark(second ?? '') };
    if (status === 'busy') {
      // The script names one of the reasons of the type.
      return { status, reason: second as BusyReason, retryAfterSeconds: Number(third) };
    }
    return {
      status: 'accepted',
      position: Number(second),
      lease: status === 'leased' ? leaseOf(conversationId, reply) : null,
    };
  }

  return {
    accept,

    async lease(conversationId) {
      const { conv, sh } = keysOf(conversationId);
      const reply = await run(
        'lease',
        [conv.meta, conv.state, conv.inbox, sh.ready],
        [conversationId, limits.leaseMs, STATE_SCHEMA],
      );
      return reply[0] === 'leased' ? leaseOf(conversationId, reply) : null;
    },

    async commit(lease, result, options) {
      const { n, conv, sh } = keysOf(lease.conversationId);
      const reply = await run(
        'commit',
        [
          conv.meta,
          conv.state,
          conv.inbox,
          conv.log,
          markKey(n, lease.entry.turnId),
          sh.ready,
          sh.due,
          sh.timers,
          sh.outbox,
          sh.records,
          sh.dead,
          sh.places,
          waysKey(n, dayOf(lease.entry.at)),
        ],
        [
          lease.conversationId,
          lease.entry.turnId,
          lease.fence,
          lease.version,
          lease.epoch,
          result.epoch,
          result.state,
          JSON.stringify(result.result),
          limits.markTtlMs,
          limits.leaseMs,
          options.takesNext ? 1 : 0,
          HINT_CHANNEL,
          STATE_SCHEMA,
          options.deadLetter ?? '',
          result.place === undefined ? '' : placeText(result.place),
          result.replies.length,
          ...result.replies.map((reply) => JSON.stringify(reply)),
          result.commands.length,
          ...result.commands.map((command) => JSON.stringify(command)),
          result.timers.length,
          ...result.timers.flatMap((timer) => [timer.id, timer.dueAt, JSON.stringify(timer.value ?? null)]),
          result.cancelTimers.length,
          ...result.cancelTimers,
          result.records.length,
          ...result.records.map((record) => JSON.stringify(record)),
          result.ways?.length ?? 0,
          ...(result.ways ?? []).map(wayText),
        ],
      );
      const [status, second, fence, following] = reply;
      if (status !== 'committed') return { status: 'lost', reason: second ?? '' };
      if (!following) return { status: 'committed', position: Number(second), next: null };
      return {
        status: 'committed',
        position: Number(second),
        next: {
          conversationId: lease.conversationId,
          fence: fence ?? '',
          version: String(Number(lease.version) + 1),
          epoch: result.epoch,
          state: result.state,
          ...readInbox(lease.conversationId, following),
          attempts: 1,
          failures: 0,
        },
      };
    },

    async abandon(lease, pauseMs, failure) {
      const { conv, sh } = keysOf(lease.conversationId);
      await run(
        'abandon',
        [conv.meta, sh.ready],
        [lease.conversationId, lease.fence, pauseMs, failure === null ? 0 : 1, failure ?? ''],
      );
    },

    async outcome(conversationId, turnId) {
      const mark = await redis.get(markKey(shard(conversationId), turnId));
      return mark === null ? null : readMark(mark);
    },

    async readLog(conversationId, after, limit) {
      const { conv } = keysOf(conversationId);
      const rows = await redis.xrange(conv.log, `${after + 1}-0`, '+', 'COUNT', limit);
      return rows.map(([id, fields]): LogEntry => {
        const position = Number(id.split('-')[0]);
        const activity = activitySchema.parse(upcastActivity(fields[1] ?? '', fields[3]));
        return { position, activity: { ...activity, id: `${conversationId}|${position}` } };
      });
    },

    async lastPositions(conversationIds) {
      const metas = conversationIds.map((id) => keysOf(id).conv.meta);
      return readPositions(redis, metas);
    },

    async lastPosition(conversationId) {
      return Number((await redis.hget(keysOf(conversationId).conv.meta, 'position')) ?? 0);
    },

    async lastFailure(conversationId, turnId) {
      const [error, errorOf] = await redis.hmget(keysOf(conversationId).conv.meta, 'error', 'errorOf');
      return errorOf === turnId && error ? error : 'the process ended in the turn';
    },

    async channelOf(conversationId) {
      return redis.hget(keysOf(conversationId).conv.meta, 'channel');
    },

    async readState(conversationId) {
      return (await redis.get(keysOf(conversationId).conv.state)) ?? '';
    },

    async ready(shards, limit) {
      const rows = await pollShards(redis, shards, (n) => [shardKeys(n).ready, Date.now(), limit]);
      return rows.flatMap(({ members }) => members);
    },

    async due(shards, now, limit) {
      const rows = await pollShards(redis, shards, (n) => [shardKeys(n).due, now, limit], true);
      const timers = await Promise.all(
        rows
          .filter(({ members }) => members.length > 0)
          .map(async ({ shard: n, members: scored }) => {
            const members = scored.filter((_, i) => i % 2 === 0);
            const values = await redis.hmget(shardKeys(n).timers, ...members);
            return members.map((member, i) => {
              const cut = member.indexOf('|');
              return {
                conversationId: member.slice(0, cut),
                id: member.slice(cut + 1),
                dueAt: Number(scored[2 * i + 1]),
                value: JSON.parse(values[i] ?? 'null'),
              };
            });
          }),
      );
      return timers.flat();
    },
  };
}

async function readPositions(redis: RedisClient, metas: string[]): Promise<number[]> {
  return (
    await askEach(
      redis,
      metas.map((meta) => ['HGET', meta, 'position']),
    )
  ).map(Number);
}

/** One pipelined look at a sorted set of every shard. */
async function pollShards(
  redis: RedisClient,
  shards: number[],
  range: (shard: number) => [key: string, until: number, limit: number],
  withScores = false,
): Promise<{ shard: number; members: string[] }[]> {
  const query = (n: number): [string, ...(string | number)[]] => {
    const [key, until, limit] = range(n);
    return ['ZRANGEBYSCORE', key, '-inf', until, ...(withScores ? ['WITHSCORES'] : []), 'LIMIT', 0, limit];
  };
  // RESP2 answers members and scores as one flat list, RESP3 as pairs.
  const read = (rows: unknown): string[] => (Array.isArray(rows) ? rows.flat().map(String) : []);
  try {
    const found = await askEach(redis, shards.map(query));
    return found.map((members, i) => ({ shard: shards[i] ?? 0, members: read(members) }));
  } catch (error) {
    throw new AppError('unavailable', 'Redis did not answer the poll of the shards.', { cause: error });
  }
}
