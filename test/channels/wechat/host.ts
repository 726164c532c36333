import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WechatAccount } from '../../../src/channels/wechat/account';
import { createWechatSender, startWechat } from '../../../src/channels/wechat/channel';
import type { DeliveryPoint } from '../../../src/channels/wechat/deliver';
import { registerServerApi } from '../../../src/channels/wechat/routes-simulator';
import type { Codec } from '../../../src/channels/wechat/simulator/caller';
import type { FaultPlan } from '../../../src/channels/wechat/simulator/faults';
import { createSimulatedWechat } from '../../../src/channels/wechat/simulator/simulated-wechat';
import type { Transcribe } from '../../../src/channels/wechat/transcribe';
import { createHttpServer, listen } from '../../../src/http/server';
import { createFolderFileStore } from '../../../src/records/files';
import type { TurnFunction } from '../../../src/turns/engine';
import { connectRedis } from '../../../src/turns/redis';
import { silent, startTestNode } from '../../support/turns';
import { testAccount } from './accounts';
import { scriptedTurn } from './scripted-turn';

export const SHARDS = 4;

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
    /** With which the channel calls WeChat's servers. */
    fetch?: typeof fetch;
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
    shards: SHARDS,
    accounts: new Map([[account.name, account]]),
    fetch: options.fetch ?? fetch,
    files,
    sendText: async (message, key) => {
      if (!sentKeys.has(key)) texts.push(message);
      sentKeys.add(key);
    },
    clock,
    log: silent,
    callTimeoutMs: options.callTimeoutMs,
    probe: options.probe,
  });
  const node = await startTestNode(redisUrl, {
    turn: options.turn ?? scriptedTurn(options.phone ?? null),
    handlers: sender.handlers,
    clock,
    dutyTtlMs: options.dutyTtlMs,
    limits: { shards: SHARDS, recordsLimit: 1_000_000, leaseMs: options.leaseMs ?? 10_000 },
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
    showTyping: channel.showTyping,
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
