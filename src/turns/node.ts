import type { Logger } from 'pino';
import { AppError, messageOf } from '../errors';
import type { CommandHandlers } from './commands';
import { createTurnEngine, type EngineDependencies, type TurnEngine, type TurnFunction } from './engine';
import { HINT_CHANNEL, SHARDS_KEY, shardKeys, shardOf } from './keys';
import { createOutbox, OUTBOX_PAGE } from './outbox';
import type { Probe } from './probe';
import { createRecordsRelay, RECORDS_PAGE, type WriteRecords } from './records-relay';
import { askEach, connectSubscriber, type RedisClient } from './redis';
import { createRedisTurnStore, type StoreLimits } from './redis-turn-store';
import { createShardDuty, startLoop } from './shard-duty';
import type { LogEntry, TurnStore } from './turn-store';

/** `isWorking`: the turn gave a command that the customer waits for, so that an answer is under way. */
export type HintListener = (conversationId: string, position: number, isWorking: boolean) => void;

export type TurnListener = (conversationId: string, lines: LogEntry[]) => void;

/** One process that takes part in the work: its engine and the loops that leave nothing lying. */
export interface TurnNode {
  store: TurnStore;
  engine: TurnEngine;
  /** Calls back for every commit and accept that is announced, on whichever node it happened. */
  onHint(listener: HintListener): void;
  /** Calls back for every turn that this node committed, before its hint arrives. */
  onTurn(listener: TurnListener): void;
  close(): Promise<void>;
}

export interface TurnNodeOptions {
  redis: RedisClient;
  limits: StoreLimits;
  turn: TurnFunction;
  handlers: CommandHandlers;
  writeRecords: WriteRecords;
  nodeId: string;
  log: Logger;
  probe: Probe;
  clock: () => number;
  isStaffed?: EngineDependencies['isStaffed'];
  deskFacts?: EngineDependencies['deskFacts'];
  bulletinsFor?: EngineDependencies['bulletinsFor'];
  abortMs: number;
  retryPauseMs?: number;
  pollMs?: number;
  dutyTtlMs?: number;
  /** Share of maxmemory above which nothing new is accepted. */
  memoryLimit?: number;
}

/** Commands are told of by hints; a look for what no hint came of is due once in so many polls. */
const POLLS_PER_SWEEP = 5;

export async function startTurnNode(options: TurnNodeOptions): Promise<TurnNode> {
  const { redis, limits, log, probe, clock, pollMs = 200 } = options;
  await checkShards(redis, limits.shards);
  const memory = createMemoryGauge(redis, options.memoryLimit ?? 0.85);
  const store = guardMemory(createRedisTurnStore(redis, limits), memory.isFull);
  const turnListeners = new Set<TurnListener>();
  const engine = createTurnEngine({
    store,
    onTurn: (conversationId, lines) => {
      for (const listener of turnListeners) listener(conversationId, lines);
    },
    turn: options.turn,
    log,
    probe,
    clock,
    isStaffed: options.isStaffed ?? (() => false),
    deskFacts: options.deskFacts,
    bulletinsFor: options.bulletinsFor,
    abortMs: options.abortMs,
    retryPauseMs: options.retryPauseMs ?? 200,
  });
  const outbox = createOutbox({
    redis,
    handlers: options.handlers,
    accept: (id, entry) => engine.accept(id, entry),
    clock,
    log,
    probe,
    maxPauseMs: 2000,
  });
  const relay = createRecordsRelay({ redis, write: options.writeRecords, probe, clock, log });
  const duty = createShardDuty(redis, limits.shards, options.nodeId, options.dutyTtlMs);
  const shards = Array.from({ length: limits.shards }, (_, n) => n);
  await duty.renew();

  const loop = (name: string, everyMs: number, round: () => Promise<boolean>) =>
    startLoop({ name, everyMs, log, round });
  const turns = loop('turns', pollMs, async () => {
    const [due, ready] = await Promise.all([engine.runDue(shards), engine.runReady(shards)]);
    return due + ready > 0;
  });
  /** Shards with news; all of them are looked at now and then, in case a hint was lost. */
  const hinted = new Set<number>();
  const sweepMs = pollMs * POLLS_PER_SWEEP;
  let sweptAt = 0;
  const commands = loop('commands', pollMs, async () => {
    const isSweep = Date.now() - sweptAt >= sweepMs;
    if (isSweep) sweptAt = Date.now();
    const wanted = duty.held().filter((n) => isSweep || hinted.has(n));
    hinted.clear();
    const begun = await Promise.all(wanted.map(outbox.work));
    return begun.some((n) => n >= OUTBOX_PAGE);
  });
  // Postgres is glad of large batches: a round that emptied the streams waits for the next poll.
  const records = loop('records', pollMs, async () => {
    const held = duty.held();
    const waiting = await askEach(
      redis,
      held.map((n) => ['XLEN', shardKeys(n).records]),
    );
    const carried = await Promise.all(held.filter((_, i) => waiting[i] !== 0).map(relay));
    return carried.some((n) => n >= RECORDS_PAGE);
  });
  const duties = loop('duties', 1000, async () => {
    await Promise.all([duty.renew(), memory.measure()]);
    return false;
  });

  const listeners = new Set<HintListener>();
  const subscriber = connectSubscriber(redis);
  subscriber.on('error', () => undefined);
  subscriber.on('message', (_channel: string, message: string) => {
    const [conversationId = '', position = '0', news = ''] = message.split('|');
    engine.noticeCommit(conversationId);
    const shard = shardOf(conversationId, limits.shards);
    if (news.includes('c') && duty.held().includes(shard)) {
      hinted.add(shard);
      commands.wake();
    }
    for (const listener of listeners) listener(conversationId, Number(position), news.includes('w'));
  });
  await subscriber.subscribe(HINT_CHANNEL);

  return {
    store,
    engine,
    onHint: (listener) => void listeners.add(listener),
    onTurn: (listener) => void turnListeners.add(listener),
    async close() {
      await Promise.all([turns, commands, records, duties].map((each) => each.stop()));
      await engine.close();
      await outbox.close();
      await duty.release().catch(() => undefined);
      subscriber.disconnect();
    },
  };
}

/** The number of shards is part of every key: it is fixed at first start. */
async function checkShards(redis: RedisClient, shards: number): Promise<void> {
  // Asked for first: a full Redis takes no `set`, and a node must be able to start on it and make room.
  if ((await redis.get(SHARDS_KEY)) === null) await redis.set(SHARDS_KEY, shards, 'NX');
  const stored = Number(await redis.get(SHARDS_KEY));
  if (stored !== shards) {
    throw new AppError(
      'bad-settings',
      `SHARDS is ${shards}, but this Redis was set up with ${stored}: set SHARDS=${stored}, or use an empty Redis.`,
    );
  }
}

/** Reads how full Redis is; without a maxmemory there is no limit to come near. */
function createMemoryGauge(redis: RedisClient, limit: number) {
  let isFull = false;
  const nodes = () => ('nodes' in redis ? redis.nodes('master') : [redis]);
  const share = (info: string) => {
    const read = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0);
    return read('maxmemory') === 0 ? 0 : read('used_memory') / read('maxmemory');
  };
  return {
    isFull: () => isFull,
    async measure() {
      const infos = await Promise.all(nodes().map((node) => node.info('memory')));
      isFull = Math.max(...infos.map(share)) > limit;
    },
  };
}

/** Refuses what people send while Redis is nearly full; our own events still pass, they set memory free. */
function guardMemory(store: TurnStore, isFull: () => boolean): TurnStore {
  return {
    ...store,
    async accept(conversationId, entry, options) {
      if (!options.isLimited) return store.accept(conversationId, entry, options);
      const busy = { status: 'busy', reason: 'memory', retryAfterSeconds: 10 } as const;
      if (isFull()) return busy;
      try {
        return await store.accept(conversationId, entry, options);
      } catch (error) {
        // The gauge is read once a second: what came in between is refused by Redis itself, before anything is written.
        if (isOutOfMemory(error)) return busy;
        throw error;
      }
    },
  };
}

const isOutOfMemory = (error: unknown): boolean => messageOf(error).startsWith('OOM ');
