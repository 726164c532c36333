import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import { type AppPush, createAppPush, type StartOptions } from '../../../src/channels/app-push/channel';
import { readAppPushSettings } from '../../../src/channels/app-push/settings';
import { createDirectLine } from '../../../src/channels/direct-line/conversations';
import { createStreams } from '../../../src/channels/direct-line/stream';
import { createTokens, type Principal } from '../../../src/channels/direct-line/tokens';
import { readConfig } from '../../../src/config';
import type { Activity } from '../../../src/contract/activity';
import { type Entry, STATE_SCHEMA, type TurnResult } from '../../../src/contract/conversation';
import { botOwnership } from '../../../src/handoff/ownership';
import { owedPushOf } from '../../../src/turns/conversation/owed-push';
import type { TurnFunction, TurnInput } from '../../../src/turns/engine';
import { eventEntry } from '../../../src/turns/event-entry';
import type { TurnNodeOptions } from '../../../src/turns/node';
import { noProbe } from '../../../src/turns/probe';
import { connectRedis } from '../../../src/turns/redis';
import { messageEntry, silent, startTestNode } from '../../support/turns';
import { SECRET } from './receiver';

export const SHARDS = 4;

/** Says what it is told: `a|b` two replies; `fire` is danger, and `silent` is not answered. */
function speak({ conversationId, state, entry }: TurnInput): TurnResult<unknown> {
  const { activity, at } = entry;
  // What an earlier turn of this function has stored.
  const before = state === '' ? { lastAt: at } : (JSON.parse(state) as { lastAt: number });
  const lastAt = activity.type === 'message' ? at : before.lastAt;
  const text = activity.text ?? String(activity.name);
  const isDanger = text.includes('fire');
  const words = text === 'silent' ? [] : text.split('|');
  const owed = owedPushOf(
    {
      channel: 'app',
      session: { id: 's', contentVersion: 'v', startedAt: lastAt, lastAt, endedAt: null },
      ownership: { ...botOwnership(at), priority: isDanger ? 'danger' : 'normal' },
    },
    entry,
  );
  const id = `${entry.turnId}:app-push.owe:1`;
  const isOwed = owed !== null && words.length > 0;
  const asker = { userId: activity.from.id, phone: null, accounts: [] };
  const command = {
    schema: STATE_SCHEMA as typeof STATE_SCHEMA,
    id,
    conversationId,
    channel: 'app' as const,
    at,
    asker,
  };
  return {
    state: { schema: STATE_SCHEMA, lastAt },
    epoch: 0,
    replies: words.map(
      (word): Activity => ({
        type: 'message',
        text: `re: ${word}`,
        locale: activity.locale,
        from: { id: 'bot', role: 'bot' },
        channelData: isOwed ? { deliveryId: id } : undefined,
      }),
    ),
    commands: isOwed ? [{ ...command, ...owed, timeoutMs: null, replyTo: null }] : [],
    timers: [],
    cancelTimers: [],
    records: [],
    result: {},
  };
}

const pushedTurn: TurnFunction = { run: speak, fail: speak };

export interface HostOptions extends StartOptions {
  clock?: () => number;
  /** Settings of the environment, beside the address and the secret. */
  settings?: Record<string, string>;
  node?: Partial<Omit<TurnNodeOptions, 'limits'>>;
  leaseMs?: number;
  /** Of a conversation's turn. */
  turnLeaseMs?: number;
}

/** A node with the app's half of Direct Line and its pushes, on a real Redis. */
export async function startPushHost(redisUrl: string, receiverUrl: string, options: HostOptions = {}) {
  const { clock = Date.now, settings = {}, node: nodeOptions, turnLeaseMs = 10_000, ...start } = options;
  const redis = connectRedis(redisUrl);
  redis.on('error', () => undefined);
  const env = {
    APP_PUSH_URL: receiverUrl,
    APP_PUSH_SECRET: SECRET,
    APP_PUSH_WAIT_MS: '50',
    APP_PUSH_TIMEOUT_MS: '500',
    APP_PUSH_QUIET_HOURS: 'off',
  };
  const appPush: AppPush = createAppPush({
    redis,
    shards: SHARDS,
    settings: readAppPushSettings(readConfig({ ...env, ...settings })),
    // The state of this turn knows nobody's name.
    store: () => ({ ...node.store, readState: async () => '' }),
    findEntities: () => [],
    clock,
    log: silent,
  });
  const node = await startTestNode(redisUrl, {
    turn: pushedTurn,
    handlers: appPush.handlers,
    clock,
    ...nodeOptions,
    limits: { shards: SHARDS, recordsLimit: 1_000_000, leaseMs: turnLeaseMs },
  });
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server has an address object.
  const { port } = server.address() as AddressInfo;
  const tokens = createTokens('token-key-of-tests-00000000000000', Date.now);
  const directLine = createDirectLine({
    engine: node.engine,
    store: node.store,
    tokens,
    clock,
    mask: (text) => ({ text, sealed: {} }),
    signFiles: (activity) => activity,
    socketUrl: () => `ws://127.0.0.1:${port}`,
    readers: appPush.readers,
  });
  const streams = createStreams(server, {
    directLine,
    store: node.store,
    tokens,
    isAllowedOrigin: () => true,
    log: silent,
    probe: noProbe,
    readers: appPush.readers,
  });
  node.onTurn(streams.push);
  node.onHint(streams.notice);
  const sender = appPush.start({ pollMs: 10, random: Math.random, ...start });
  return {
    node,
    appPush,
    redis,
    /** What the bot says to a customer who is not there. */
    say: (conversationId: string, text: string, change: Partial<Activity> = {}) => {
      const entry = entryOf(conversationId, text, clock());
      return node.engine.accept(conversationId, { ...entry, activity: { ...entry.activity, ...change } });
    },
    /** News that the customer has not asked for. */
    tell: (conversationId: string, number: string) =>
      node.engine.accept(conversationId, {
        ...eventEntry({
          conversationId,
          key: `order:${number}:${serial++}`,
          name: 'order.changed',
          value: { order: { number }, version: 1 },
          at: clock(),
        }),
        channel: 'app',
      }),
    /** The customer reads all by GET. */
    read: (conversationId: string, watermark?: string) =>
      directLine.activities(principalOf(conversationId), conversationId, watermark),
    /** The customer opens a stream. */
    async connect(conversationId: string, watermark?: string): Promise<WebSocket> {
      const { streamUrl } = await directLine.reconnect(
        principalOf(conversationId),
        conversationId,
        watermark,
      );
      const socket = new WebSocket(streamUrl);
      await once(socket, 'open');
      return socket;
    },
    async stop() {
      streams.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await sender.stop();
      await node.stop();
      redis.disconnect();
    },
  };
}
export type PushHost = Awaited<ReturnType<typeof startPushHost>>;

let serial = 0;

export function entryOf(conversationId: string, text: string, at: number, key = `m${serial++}`): Entry {
  const entry = messageEntry(conversationId, key, text, at);
  return { ...entry, channel: 'app', activity: { ...entry.activity, from: { id: 'customer-1' } } };
}

const principalOf = (conversationId: string): Principal => ({
  channel: 'app',
  conversationId,
  userId: 'customer-1',
  userName: null,
  customer: null,
  origins: [],
  locale: null,
});
