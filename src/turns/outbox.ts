import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Command, Entry } from '../contract/conversation';
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
 * order, all others side by side; an entry is removed only after its outcome was accepted. One that cannot be read
 * becomes a dead letter, and one of a newer version waits, with those behind it, for a node of that version.
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

export interface Outbox {
  /** Reads what waits in a shard and begins it. Answers how many commands were begun. */
  work(shard: number): Promise<number>;
  /** Stops taking commands and waits for those in hand. */
  close(): Promise<void>;
  /** Resolves when nothing is in hand. */
  idle(): Promise<void>;
}

interface Item {
  shard: number;
  streamId: string;
  command: Command;
}

export function createOutbox(deps: OutboxDependencies): Outbox {
  const run = loadScripts(deps.redis);
  const inHand = new Set<string>();
  const chains = new Map<string, Promise<void>>();
  const stop = new AbortController();

  async function outcomeOf(command: Command): Promise<CallOutcome> {
    const handler = deps.handlers[command.operation];
    if (!handler) return { type: 'error', code: 'unknown-operation' };
    for (let attempt = 0; ; attempt += 1) {
      const isLate = command.timeoutMs !== null && deps.clock() > command.at + command.timeoutMs;
      if (isLate && !handler.mustComplete) return { type: 'timeout' };
      try {
        return await handler.run(command);
      } catch (error) {
        deps.log.warn(
          { err: error, operation: command.operation, commandId: command.id, attempt },
          'command failed',
        );
        await pause(Math.min(100 * 2 ** attempt, deps.maxPauseMs), undefined, { signal: stop.signal });
      }
    }
  }

  async function carryOut({ shard, streamId, command }: Item): Promise<void> {
    const outcome = await outcomeOf(command);
    deps.probe('command-done');
    const { conversationId, replyTo } = command;
    if (replyTo) {
      const value = { ...replyTo, operation: command.operation, outcome };
      const key = `result:${command.id}`;
      await deps.accept(
        conversationId,
        eventEntry({ conversationId, key, name: 'call.result', value, at: deps.clock() }),
      );
    }
    deps.probe('outcome-accepted');
    await deps.redis.xdel(shardKeys(shard).outbox, streamId);
    deps.probe('command-removed');
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
    const name = `${item.shard}/${item.streamId}`;
    inHand.add(name);
    const chain = `${conversationId}|${deps.handlers[operation]?.lane ?? ''}`;
    const before = chains.get(chain) ?? Promise.resolve();
    const work = before
      .then(() => untilDone(item))
      .finally(() => {
        inHand.delete(name);
        if (chains.get(chain) === work) chains.delete(chain);
      });
    chains.set(chain, work);
  }

  async function work(shard: number): Promise<number> {
    if (stop.signal.aborted) return 0;
    const rows = await deps.redis.xrange(shardKeys(shard).outbox, '-', '+', 'COUNT', OUTBOX_PAGE);
    const fresh = rows.filter(([streamId]) => !inHand.has(`${shard}/${streamId}`));
    if (fresh.length > 0) deps.probe('command-read');
    /** Conversations in which a command waits for a newer node: none of theirs may overtake it. */
    const halted = new Set<string>();
    let begun = 0;
    for (const [streamId, fields] of fresh) {
      const conversationId = fields[1] ?? '';
      if (halted.has(conversationId)) continue;
      const read = readCommand(fields[3] ?? '');
      if (read.type === 'newer') halted.add(conversationId);
      if (read.type === 'damaged') await bury(shard, streamId, fields, read.reason);
      if (read.type === 'command') {
        begin({ shard, streamId, command: read.command });
        begun += 1;
      }
    }
    return begun;
  }

  async function bury(shard: number, streamId: string, fields: string[], reason: string): Promise<void> {
    const { outbox, dead } = shardKeys(shard);
    const letter = writeDeadLetter({ type: 'command', fields, reason, at: deps.clock() });
    await run('bury', [outbox, dead], [streamId, buriedId(fields[1] ?? '', 'command', streamId), letter]);
    deps.log.error({ shard, streamId }, 'command cannot be read; kept as a dead letter');
  }

  const idle = async () => {
    await Promise.all(chains.values());
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
