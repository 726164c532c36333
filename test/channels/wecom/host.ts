import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registerServerApi } from '../../../src/channels/wechat/routes-simulator';
import type { Codec } from '../../../src/channels/wechat/simulator/caller';
import type { FaultPlan } from '../../../src/channels/wechat/simulator/faults';
import type { Transcribe } from '../../../src/channels/wechat/transcribe';
import { type WecomAccount, wecomAccountSchema } from '../../../src/channels/wecom/account';
import { createWecomSender, startWecom } from '../../../src/channels/wecom/channel';
import type { DeliveryPoint } from '../../../src/channels/wecom/deliver';
import { createSimulatedWecom } from '../../../src/channels/wecom/simulator/simulated-wecom';
import type { SyncPoint } from '../../../src/channels/wecom/sync';
import { createHttpServer, listen } from '../../../src/http/server';
import { createFolderFileStore } from '../../../src/records/files';
import type { TurnFunction } from '../../../src/turns/engine';
import { connectRedis } from '../../../src/turns/redis';
import { silent, startTestNode } from '../../support/turns';
import { scriptedTurn } from '../wechat/scripted-turn';

export const SHARDS = 4;
export const KF_ID = 'wkAJ2GCAAASSm4_FhToWMFea0xAFfd3Q';

/** An account as a setting would give it. */
export const testAccount = (changes: Record<string, unknown> = {}): WecomAccount =>
  wecomAccountSchema.parse({
    name: 'kf',
    corpId: 'ww1234567890abcdef',
    secret: 'secret-of-the-account',
    token: 'token-of-the-account',
    encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    openKfIds: [KF_ID],
    ...changes,
  });

/** The channel, with the simulated WeCom on the other side, over real HTTP and a real Redis. */
export async function startWecomHost(
  redisUrl: string,
  options: {
    account?: Record<string, unknown>;
    codec?: (account: WecomAccount) => Codec;
    faults?: FaultPlan;
    syncFaults?: FaultPlan;
    doubles?: 'drop' | number;
    canShowMenu?: boolean;
    clock?: () => number;
    callTimeoutMs?: number;
    phone?: string;
    transcribe?: Transcribe;
    turn?: TurnFunction;
    probe?: (point: DeliveryPoint | SyncPoint) => void;
    pageLimit?: number;
    ratePerMinute?: number;
    /** Where WeCom's servers are, when another host plays them. */
    servers?: string;
  } = {},
) {
  const { clock = Date.now } = options;
  const server = createHttpServer();
  const port = await listen(server, '127.0.0.1', 0);
  const base = `http://127.0.0.1:${port}`;
  const account = testAccount({ ...options.account, apiBase: options.servers ?? base });
  const texts: { phone: string; text: string }[] = [];
  const wecom = createSimulatedWecom({
    ...options,
    account,
    codec: options.codec?.(account),
    callbackUrl: () => `${base}/wecom/${account.name}`,
    fetch,
    clock,
    faults: options.faults ?? (() => null),
  });
  const files = createFolderFileStore(mkdtempSync(join(tmpdir(), 'wecom-files-')));
  const redis = connectRedis(redisUrl);
  redis.on('error', () => undefined);
  const sentKeys = new Set<string>();
  const sender = createWecomSender({
    redis,
    shards: SHARDS,
    accounts: new Map([[account.name, account]]),
    fetch,
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
    turn: options.turn ?? scriptedTurn(options.phone ?? null, 'wecom'),
    handlers: sender.handlers,
    clock,
    limits: {
      shards: SHARDS,
      recordsLimit: 1_000_000,
      leaseMs: 10_000,
      userRatePerMinute: options.ratePerMinute ?? 0,
    },
  });
  const mask = (text: string) => ({ text: text.replaceAll('secret', '[x]'), sealed: {} });
  const channel = startWecom(server, sender, {
    node,
    mask,
    transcribe: options.transcribe ?? null,
    sweepMs: 25,
    pageLimit: options.pageLimit,
    retryMs: 50,
  });
  registerServerApi(server, '', wecom);
  return {
    account,
    base,
    files,
    wecom,
    node,
    sender,
    redis,
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
export type WecomHost = Awaited<ReturnType<typeof startWecomHost>>;
