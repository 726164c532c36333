import pino from 'pino';
import type { Activity } from '../../src/contract/activity';
import type { Command, Entry, TurnResult } from '../../src/contract/conversation';
import { STATE_SCHEMA, WITHDRAW } from '../../src/contract/conversation';
import type { CommandHandlers } from '../../src/turns/commands';
import type { TurnFunction } from '../../src/turns/engine';
import { turnIdOf } from '../../src/turns/keys';
import { startTurnNode, type TurnNode, type TurnNodeOptions } from '../../src/turns/node';
import { noProbe } from '../../src/turns/probe';
import type { RecordRow } from '../../src/turns/records-relay';
import { connectRedis, type RedisClient } from '../../src/turns/redis';
import { MARK_TTL_MS } from '../../src/turns/redis-turn-store';

export const silent = pino({ level: 'silent' });

/** What the counting turn keeps: enough to see every lost, doubled or reordered turn. */
export interface CountingState {
  schema: number;
  seen: string[];
  results: string[];
}

export const readCounting = (json: string): CountingState =>
  json === '' ? { schema: STATE_SCHEMA, seen: [], results: [] } : JSON.parse(json);

/** An entry as a channel would make it. */
export const messageEntry = (conversationId: string, key: string, text: string, at = Date.now()): Entry => ({
  turnId: turnIdOf(conversationId, key),
  key,
  at,
  channel: 'web',
  customer: null,
  isStaffed: false,
  sealed: {},
  activity: { type: 'message', text, from: { id: `user-of-${conversationId}` } },
});

/**
 * A turn that can be checked afterwards. `order …` emits a command that waits for its outcome, `order late …` one whose
 * outcome may come late, `withdraw <text>` takes the latter back, `later …` sets a timer, `poison …` throws; everything is answered by an echo.
 */
export const countingTurn: TurnFunction = {
  run: ({ state, entry }) => countingResult(readCounting(state), entry),
  fail: ({ state, entry }, reason) => ({
    ...countingResult(readCounting(state), { ...entry, activity: { ...entry.activity, text: 'sorry' } }),
    result: { failed: reason },
  }),
};

function countingResult(state: CountingState, entry: Entry): TurnResult<CountingState> {
  const { activity } = entry;
  const text = activity.text ?? activity.name ?? '';
  if (text.startsWith('poison')) throw new Error('poisoned');
  const reply: Activity = { type: 'message', text: `re: ${text}`, from: { id: 'bot' } };
  const seen = [...state.seen, entry.key];
  const results =
    activity.name === 'call.result' ? [...state.results, JSON.stringify(activity.value)] : state.results;
  const command: Command = {
    schema: STATE_SCHEMA,
    id: `${entry.turnId}:order:1`,
    conversationId: 'set below',
    channel: 'web',
    operation: 'order',
    args: { text },
    at: entry.at,
    asker: { userId: 'u', phone: null, accounts: [] },
    timeoutMs: null,
    replyTo: { frameId: 'f', callId: 'c' },
    ...lateParts(text),
  };
  const conversationId = (activity.from.id ?? '').replace('user-of-', '');
  return {
    state: { schema: STATE_SCHEMA, seen, results },
    epoch: 0,
    replies: [reply],
    commands: /^(?:order|withdraw)/.test(text) ? [{ ...command, conversationId }] : [],
    timers: text.startsWith('later')
      ? [{ id: `late:${entry.turnId}`, dueAt: entry.at + 1000, value: { text } }]
      : [],
    cancelTimers: [],
    records: [],
    ways: [
      {
        dialog: `of-${conversationId.replaceAll(' ', '-')}`,
        from: seen.length > 1 ? 'said' : null,
        to: 'said',
      },
    ],
    result: { count: seen.length },
  };
}

/** How long the customer waits for a late order, and how much longer it is tried, in ms: longer than any storm. */
export const LATE = { timeoutMs: 100, lateMs: 3_600_000 };

function lateParts(text: string): Partial<Command> {
  if (text.startsWith('withdraw ')) {
    const args = { frameId: 'f', callId: text.replace('withdraw ', '') };
    return { operation: WITHDRAW, args, replyTo: null };
  }
  return text.startsWith('order late')
    ? { operation: 'late-order', ...LATE, replyTo: { frameId: 'f', callId: text } }
    : {};
}

export interface TestNode extends TurnNode {
  redis: RedisClient;
  records: RecordRow[];
  orders: string[];
  /** Ends the node and its connection. */
  stop(): Promise<void>;
}

/** A node on a real Redis; outcomes, records and orders are kept in memory to be looked at. */
export async function startTestNode(
  url: string,
  options: Partial<Omit<TurnNodeOptions, 'limits'>> & { limits?: Partial<TurnNodeOptions['limits']> } = {},
): Promise<TestNode> {
  const redis = connectRedis(url);
  // Some tests kill it; what comes of that is seen in what the node does.
  redis.on('error', () => undefined);
  const records: RecordRow[] = [];
  const orders: string[] = [];
  const handlers: CommandHandlers = {
    order: {
      mustComplete: true,
      run: async (command) => {
        orders.push(command.id);
        return { type: 'ok', value: command.id };
      },
    },
  };
  const node = await startTurnNode({
    redis,
    turn: countingTurn,
    handlers,
    writeRecords: async (rows) => void records.push(...rows),
    nodeId: `node-${Math.random()}`,
    log: silent,
    probe: noProbe,
    clock: Date.now,
    abortMs: 8000,
    retryPauseMs: 20,
    pollMs: 20,
    ...options,
    limits: {
      shards: 4,
      leaseMs: 10_000,
      inboxLimit: 50,
      userRatePerMinute: 0,
      recordsLimit: 10_000,
      markTtlMs: MARK_TTL_MS,
      ...options.limits,
    },
  }).catch((error) => {
    redis.disconnect();
    throw error;
  });
  return {
    ...node,
    redis,
    records,
    orders,
    stop: async () => {
      await node.close();
      redis.disconnect();
    },
  };
}

/** Waits until a condition holds; looks again every few milliseconds, gives up after a bound. */
export async function until(condition: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('the awaited condition did not come true');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Waits until what is claimed holds; throws what the claim threw when it does not come true. */
export async function untilHolds(claim: () => Promise<void>, withinMs = 10_000): Promise<void> {
  let last: unknown;
  const holds = () =>
    claim().then(
      () => true,
      (error) => {
        last = error;
        return false;
      },
    );
  await until(holds, withinMs).catch((error) => {
    throw last ?? error;
  });
}
