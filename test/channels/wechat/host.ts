import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { WechatAccount } from '../../../src/channels/wechat/account';
import { createWechatSender, startWechat } from '../../../src/channels/wechat/channel';
import type { DeliveryPoint } from '../../../src/channels/wechat/deliver';
import { registerServerApi } from '../../../src/channels/wechat/routes-simulator';
import type { Codec } from '../../../src/channels/wechat/simulator/caller';
import type { FaultPlan } from '../../../src/channels/wechat/simulator/faults';
import { createSimulatedWechat } from '../../../src/channels/wechat/simulator/simulated-wechat';
import type { Transcribe } from '../../../src/channels/wechat/transcribe';
import type { Activity } from '../../../src/contract/activity';
import { type Command, type Entry, STATE_SCHEMA, type TurnResult } from '../../../src/contract/conversation';
import { createHttpServer, listen } from '../../../src/http/server';
import { createFolderFileStore } from '../../../src/records/files';
import { deliveryOf } from '../../../src/turns/conversation/push';
import type { TurnFunction, TurnInput } from '../../../src/turns/engine';
import { connectRedis } from '../../../src/turns/redis';
import { silent, startTestNode } from '../../support/turns';
import { testAccount } from './accounts';

/**
 * A turn that says what it is told: `say a|b` two replies, `ask x|1|2` one with choices, `order x` a confirmation,
 * `silent` nothing. It keeps the keys that it has seen.
 */
const stateSchema = z.object({ schema: z.number(), seen: z.array(z.string()), texts: z.array(z.string()) });
export const readSeen = (json: string): z.infer<typeof stateSchema> =>
  json === '' ? { schema: STATE_SCHEMA, seen: [], texts: [] } : stateSchema.parse(JSON.parse(json));

function repliesTo({ type, text = '' }: Activity): Pick<Activity, 'text' | 'suggestedActions'>[] {
  if (type !== 'message') return [];
  const [, verb = '', rest = ''] = /^(\w+) ?([\s\S]*)$/.exec(text) ?? [];
  const words = rest.split('|');
  if (verb === 'silent') return [];
  if (verb === 'say') return words.map((each) => ({ text: each }));
  if (verb !== 'ask') return [{ text: `re: ${text}` }];
  const actions = words.slice(1).map((title) => ({ type: 'imBack' as const, title, value: title }));
  return [{ text: words[0], suggestedActions: { actions } }];
}

/** As the entry of the outcome of a work order would make it. */
const asConfirmation = (entry: Entry): Entry =>
  entry.activity.text?.startsWith('order')
    ? { ...entry, activity: { ...entry.activity, name: 'order.registered' } }
    : entry;
const asNotice = (entry: Entry): Entry =>
  entry.activity.text?.startsWith('notice')
    ? { ...entry, activity: { ...entry.activity, name: 'order.changed' } }
    : entry;

function speak({ conversationId, state, entry }: TurnInput, phone: string | null): TurnResult<unknown> {
  const { seen, texts } = readSeen(state);
  const replies: Activity[] = [];
  const commands: Command[] = [];
  for (const reply of repliesTo(entry.activity)) {
    const activity: Activity = { type: 'message', from: { id: 'bot' }, ...reply };
    const delivery = deliveryOf('wechat', asNotice(asConfirmation(entry)), activity);
    if (!delivery) throw new Error('WeChat must be pushed to');
    const id = `${entry.turnId}:deliver:${commands.length + 1}`;
    const asker = { userId: entry.activity.from.id, phone, accounts: [] };
    const { at } = entry;
    commands.push({
      schema: STATE_SCHEMA,
      id,
      conversationId,
      channel: 'wechat',
      at,
      asker,
      timeoutMs: null,
      replyTo: null,
      ...delivery,
    });
    replies.push({ ...activity, channelData: { deliveryId: id } });
  }
  return {
    state: {
      schema: STATE_SCHEMA,
      seen: [...seen, entry.key],
      texts: [...texts, entry.activity.text ?? entry.activity.type],
    },
    epoch: 0,
    replies,
    commands,
    timers: [],
    cancelTimers: [],
    records: [],
    result: { isSilent: commands.length === 0 },
  };
}

export const scriptedTurn = (phone: string | null = null): TurnFunction => ({
  run: (input) => speak(input, phone),
  fail: (input, reason) => ({ ...speak(input, phone), result: { failed: reason } }),
});

/** The channel, with the simulated WeChat on the other side, over real HTTP and a real Redis. */
export async function startWechatHost(
  redisUrl: string,
  options: {
    account?: Record<string, unknown>;
    codec?: (account: WechatAccount) => Codec;
    faults?: FaultPlan;
    canShowMenu?: boolean;
    clock?: () => number;
    budgetMs?: number;
    callTimeoutMs?: number;
    cutMs?: number;
    phone?: string;
    transcribe?: Transcribe;
    turn?: TurnFunction;
    probe?: (point: DeliveryPoint) => void;
    dutyTtlMs?: number;
    leaseMs?: number;
  } = {},
) {
  const { clock = Date.now, budgetMs = 1000 } = options;
  const server = createHttpServer();
  const port = await listen(server, '127.0.0.1', 0);
  const base = `http://127.0.0.1:${port}`;
  const account = testAccount({ ...options.account, apiBase: base });
  const texts: { phone: string; text: string }[] = [];
  const wechat = createSimulatedWechat({
    account,
    codec: options.codec?.(account),
    webhookUrl: () => `${base}/wechat/${account.name}`,
    fetch,
    clock,
    faults: options.faults ?? (() => null),
    canShowMenu: options.canShowMenu,
    cutMs: options.cutMs,
  });
  const files = createFolderFileStore(mkdtempSync(join(tmpdir(), 'wechat-files-')));
  const redis = connectRedis(redisUrl);
  redis.on('error', () => undefined);
  const sentKeys = new Set<string>();
  const sender = await createWechatSender({
    redis,
    shards: 4,
    accounts: new Map([[account.name, account]]),
    fetch,
    files,
    sendText: async (message, key) => {
      if (!sentKeys.has(key)) texts.push(message);
      sentKeys.add(key);
    },
    clock,
    log: silent,
    callTimeoutMs: options.callTimeoutMs ?? 1000,
    probe: options.probe,
  });
  const node = await startTestNode(redisUrl, {
    turn: options.turn ?? scriptedTurn(options.phone ?? null),
    handlers: sender.handlers,
    clock,
    dutyTtlMs: options.dutyTtlMs,
    limits: { recordsLimit: 1_000_000, leaseMs: options.leaseMs ?? 10_000 },
  });
  const mask = (text: string) => ({ text: text.replaceAll('secret', '[x]'), sealed: {} });
  const channel = startWechat(server, sender, {
    node,
    mask,
    transcribe: options.transcribe ?? null,
    budgetMs,
    sweepMs: 25,
  });
  registerServerApi(server, '', wechat);
  return {
    account,
    base,
    files,
    wechat,
    node,
    sender,
    texts,
    async stop() {
      server.server.closeAllConnections();
      await channel.stop();
      await node.stop();
      redis.disconnect();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
export type WechatHost = Awaited<ReturnType<typeof startWechatHost>>;
