import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Command, type Entry, WITHDRAW, withdrawArgsSchema } from '../contract/conversation';
import type { CallOutcome } from '../contract/dialog';
import { AppError, messageOf } from '../errors';
import type { CommandHandlers } from './commands';
import { buriedId, writeDeadLetter } from './dead-letters';
import { eventEntry } from './event-entry';
import { shardKeys } from './keys';
import type { Probe } from './probe';
import { loadScripts, type RedisClient } from './redis';
import { upcastCommand } from './upcast';

/**
 * Works off the command outbox of the shards that this node holds. Commands of one conversation and lane run in
 * order, all others side by side; an entry is removed only after its outcome was accepted. One that is late is tried on
 * while its answer is of use, and what follows does not wait for it. One that cannot be read becomes a dead letter, and
 * one of a newer version waits, with those behind it, for a node of that version.
 */
export interface OutboxDependencies {
  redis: RedisClient;
  handlers: CommandHandlers;
  accept: (conversationId: string, entry: Entry) => Promise<unknown>;
  clock: () => number;
  log: Logger;
  probe: Probe;
  /** Longest pause between two tries of a command that failed. */
  maxPauseMs: number;
}

/** Commands read at a time from one shard. */
export const OUTBOX_PAGE = 256;
/** Commands of one shard in hand at a time: what a dead system is asked for must leave room for all others. */
const IN_HAND_LIMIT = 10_000;
/** How often a shard is read from its beginning, for what another node left. */
const AFRESH_MS = 5000;
/** A command that nobody waits for at the moment is tried less often, by this factor. */
const LATE_PAUSE = 5;
/** Failures of one command that are logged one by one; then those whose number is a power of two. */
const LOGGED = 4;

export interface Outbox {
  /** Reads what waits in a shard and begins it. Answers how many commands were begun. */
  work(shard: number): Promise<number>;
  /** Stops taking commands and waits for those in hand. */
  close(): Promise<void>;
  /** Resolves when nothing is in hand. */
  idle(): Promise<void>;
}

/** How far a shard was read. */
interface Place {
  /** When reading began at the beginning. */
  since: number;
  from: string;
  /** Conversations in which a command waits for a newer node: none of theirs may overtake it. */
  halted: Set<string>;
}

interface Item {
  shard: number;
  streamId: string;
  command: Command;
}

export function createOutbox(deps: OutboxDependencies): Outbox {
  const run = loadScripts(deps.redis);
  const inHand = new Map<number, Set<string>>();
  const places = new Map<number, Place>();
  /** By conversation and lane: resolves when the next command may begin. */
  const chains = new Map<string, Promise<void>>();
  const running = new Set<Promise<void>>();
  const stop = new AbortController();
  // Every command in hand that pauses listens.
  setMaxListeners(0, stop.signal);

  /** Null for a command that is no longer to be done: it was withdrawn, or another node has done it. */
  async function outcomeOf({ shard, streamId, command }: Item): Promise<CallOutcome | null> {
    const handler = deps.handlers[command.operation];
    if (!handler) return { type: 'error', code: 'unknown-operation' };
    for (let attempt = 0; ; attempt += 1) {
      const lateMs = latenessOf(command, deps.clock());
      if (lateMs > (command.lateMs ?? 0) && !handler.mustComplete) return { type: 'timeout' };
      if (attempt > 0 && !(await isThere(shard, streamId))) return null;
      try {
        return await handler.run(command);
      } catch (error) {
        if (attempt < LOGGED || Number.isInteger(Math.log2(attempt)))
          deps.log.warn(
            { err: error, operation: command.operation, commandId: command.id, attempt },
            'command failed',
          );
        const longest = lateMs > 0 ? deps.maxPauseMs * LATE_PAUSE : deps.maxPauseMs;
        await pause(Math.min(100 * 2 ** attempt, longest), undefined, { signal: stop.signal });
      }
    }
  }

  const isThere = async (shard: number, streamId: string): Promise<boolean> =>
    (await deps.redis.xrange(shardKeys(shard).outbox, streamId, streamId)).length > 0;

  async function carryOut(item: Item): Promise<void> {
    const { shard, streamId, command } = item;
    if (command.operation === WITHDRAW) await withdraw(item);
    else await tellOutcome(item);
    await deps.redis.xdel(shardKeys(shard).outbox, streamId);
    deps.probe('command-removed');
  }

  async function tellOutcome(item: Item): Promise<void> {
    const { command } = item;
    const outcome = await outcomeOf(item);
    deps.probe('command-done');
    const { conversationId, replyTo } = command;
    if (replyTo && outcome) {
      const value = { ...replyTo, operation: command.operation, outcome };
      const key = `result:${command.id}`;
      await deps.accept(
        conversationId,
        eventEntry({ conversationId, key, name: 'call.result', value, at: deps.clock() }),
      );
    }
    deps.probe('outcome-accepted');
  }

  /** Takes a command of the same conversation out of the stream; an attempt that is under way goes on, and is the last. */
  async function withdraw({ shard, command: { conversationId, args } }: Item): Promise<void> {
    const { frameId, callId } = withdrawArgsSchema.parse(args);
    for await (const rows of pagesOf(shard, '-')) {
      for (const [streamId, fields] of rows) {
        if (fields[1] !== conversationId) continue;
        const read = readCommand(fields[3] ?? '');
        const replyTo = read.type === 'command' ? read.command.replyTo : null;
        if (replyTo?.frameId === frameId && replyTo.callId === callId)
          await deps.redis.xdel(shardKeys(shard).outbox, streamId);
      }
    }
  }

  async function* pagesOf(shard: number, from: string): AsyncGenerator<[string, string[]][]> {
    for (let start = from; ; ) {
      const rows = await deps.redis.xrange(shardKeys(shard).outbox, start, '+', 'COUNT', OUTBOX_PAGE);
      yield rows;
      const last = rows.at(-1)?.[0];
      if (rows.length < OUTBOX_PAGE || !last) return;
      start = `(${last}`;
    }
  }

  /** Tries until it is done, since what follows in the conversation must not overtake it. */
  async function untilDone(item: Item): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        return await carryOut(item);
      } catch (error) {
        if (stop.signal.aborted) return;
        deps.log.warn({ reason: messageOf(error), commandId: item.command.id }, 'outcome not accepted yet');
        await pause(deps.maxPauseMs / 4, undefined, { signal: stop.signal }).catch(() => undefined);
      }
    }
  }

  function begin(item: Item): void {
    const { conversationId, operation } = item.command;
    const handler = deps.handlers[operation];
    const mine = inHandOf(item.shard);
    mine.add(item.streamId);
    const chain = `${conversationId}|${operation === WITHDRAW ? WITHDRAW : (handler?.lane ?? '')}`;
    const before = chains.get(chain) ?? Promise.resolve();
    const done = before.then(() => untilDone(item)).finally(() => mine.delete(item.streamId));
    const work = (handler?.keepsOrder ? done : Promise.race([done, lateness(item.command, done)])).finally(
      () => {
        if (chains.get(chain) === work) chains.delete(chain);
      },
    );
    chains.set(chain, work);
    running.add(done);
    void done.finally(() => running.delete(done));
  }

  /** Resolves when nobody waits for a command any more that is tried on. */
  async function lateness(command: Command, done: Promise<void>): Promise<void> {
    const { timeoutMs, lateMs } = command;
    if (timeoutMs === null || lateMs === undefined) return done;
    const ended = new AbortController();
    void done.finally(() => ended.abort());
    await pause(Math.max(0, -latenessOf(command, deps.clock())), undefined, { signal: ended.signal }).catch(
      () => undefined,
    );
  }

  const inHandOf = (shard: number): Set<string> => {
    const known = inHand.get(shard) ?? new Set<string>();
    inHand.set(shard, known);
    return known;
  };

  /** Where reading goes on: behind what was read, and now and then from the beginning. */
  function placeIn(shard: number): Place {
    const known = places.get(shard);
    if (known && Date.now() - known.since < AFRESH_MS) return known;
    const place = { since: Date.now(), from: '-', halted: new Set<string>() };
    places.set(shard, place);
    return place;
  }

  async function work(shard: number): Promise<number> {
    if (stop.signal.aborted) return 0;
    const place = placeIn(shard);
    const mine = inHandOf(shard);
    let begun = 0;
    for await (const rows of pagesOf(shard, place.from)) {
      const fresh = rows.filter(([streamId]) => !mine.has(streamId));
      if (fresh.length > 0) deps.probe('command-read');
      for (const [streamId, fields] of fresh) begun += (await take(shard, place, streamId, fields)) ? 1 : 0;
      const last = rows.at(-1)?.[0];
      if (last) place.from = `(${last}`;
      if (mine.size >= IN_HAND_LIMIT || stop.signal.aborted) break;
    }
    return begun;
  }

  /** Begins what can be begun. */
  async function take(
    shard: number,
    { halted }: Place,
    streamId: string,
    fields: string[],
  ): Promise<boolean> {
    const conversationId = fields[1] ?? '';
    if (halted.has(conversationId)) return false;
    const read = readCommand(fields[3] ?? '');
    if (read.type === 'newer') halted.add(conversationId);
    if (read.type === 'damaged') await bury(shard, streamId, fields, read.reason);
    if (read.type === 'command') begin({ shard, streamId, command: read.command });
    return read.type === 'command';
  }

  async function bury(shard: number, streamId: string, fields: string[], reason: string): Promise<void> {
    const { outbox, dead } = shardKeys(shard);
    const letter = writeDeadLetter({ type: 'command', fields, reason, at: deps.clock() });
    await run('bury', [outbox, dead], [streamId, buriedId(fields[1] ?? '', 'command', streamId), letter]);
    deps.log.error({ shard, streamId }, 'command cannot be read; kept as a dead letter');
  }

  const idle = async () => {
    await Promise.all(running);
  };
  return {
    work,
    idle,
    close: async () => {
      stop.abort();
      await idle();
    },
  };
}

/** How long ago the customer's wait for a command was over, in ms; below 0 before that, and where it has no end. */
const latenessOf = ({ at, timeoutMs }: Command, now: number): number =>
  timeoutMs === null ? -1 : now - at - timeoutMs;

type ReadCommand =
  | { type: 'command'; command: Command }
  | { type: 'newer' }
  | { type: 'damaged'; reason: string };

function readCommand(json: string): ReadCommand {
  try {
    return { type: 'command', command: upcastCommand(json) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'unavailable') return { type: 'newer' };
    return { type: 'damaged', reason: `the command cannot be read: ${messageOf(error)}` };
  }
}
