import type { Logger } from 'pino';
import type { FileStore } from '../../records/files';
import { conversationKeys, shardOf } from '../../turns/keys';
import type { TurnNode } from '../../turns/node';
import type { RedisClient } from '../../turns/redis';
import { startLoop } from '../../turns/shard-duty';
import { upcastState } from '../../turns/upcast';
import type { KnownAccounts } from '../accounts/find-account';
import type { Fetch } from '../delivery/call-outcome';
import type { Mask } from '../mask';
import { createAccessTokens } from '../wechat/access-token';
import type { Transcribe } from '../wechat/transcribe';
import type { WecomAccount } from './account';
import { askToken, createWecomApi } from './api';
import { createConfirm } from './confirm';
import { createCursorStore } from './cursor-store';
import { createDelivery, type DeliveryPoint } from './deliver';
import { createWecomDeliveryStore } from './delivery-store';
import { createHandOver } from './hand-over';
import { registerWecom } from './routes';
import { createSync, type SyncPoint } from './sync';
import { createTakeIn } from './take-in';

/** Of one call to WeCom's servers, below the lock of a shard, so that a call does not outlive its worker. */
const CALL_TIMEOUT_MS = 4000;

export interface SenderDependencies extends KnownAccounts<WecomAccount> {
  redis: RedisClient;
  shards: number;
  fetch: Fetch;
  files: FileStore;
  sendText: (message: { phone: string; text: string }, key: string) => Promise<void>;
  clock: () => number;
  log: Logger;
  callTimeoutMs?: number;
  probe?: (point: DeliveryPoint | SyncPoint) => void;
}

export type WecomSender = ReturnType<typeof createWecomSender>;

/** What sends: its handlers go to the turn engine's outbox, before the engine is there. */
export function createWecomSender(deps: SenderDependencies) {
  const { redis, shards, fetch, clock, callTimeoutMs: timeoutMs = CALL_TIMEOUT_MS } = deps;
  const deliveries = createWecomDeliveryStore(redis, shards);
  const tokens = createAccessTokens({
    redis,
    vendor: 'wecom',
    credentialsOf: ({ corpId, secret }: WecomAccount) => `${corpId} ${secret}`,
    ask: askToken(fetch, timeoutMs),
  });
  const api = createWecomApi({ fetch, tokens, timeoutMs });
  const readOwner = async (conversationId: string): Promise<string | null> => {
    const { state } = conversationKeys(shardOf(conversationId, shards), conversationId);
    return upcastState((await redis.get(state)) ?? '')?.ownership.owner ?? null;
  };
  const handOver = createHandOver({ ...deps, api, readOwner });
  const handlers = createDelivery({ ...deps, deliveries, api, handOver });
  return { ...deps, deliveries, tokens, api, handlers, ...createConfirm({ deliveries, clock }) };
}

/** What receives: registers the callback of every account, fetches messages, and looks after what is due. */
export function startWecom(
  server: Parameters<typeof registerWecom>[0],
  sender: WecomSender,
  deps: {
    node: Pick<TurnNode, 'engine' | 'store'>;
    mask: Mask;
    transcribe: Transcribe | null;
    sweepMs?: number;
    pageLimit?: number;
    retryMs?: number;
    lockMs?: number;
  },
): { stop(): Promise<void> } {
  const { accounts, learnAccounts, deliveries, clock, log } = sender;
  const { engine, store } = deps.node;
  const cursors = createCursorStore(sender.redis, deps.lockMs);
  const takeIn = createTakeIn({ ...sender, ...deps, engine, store });
  const round = createSync({ ...sender, ...deps, cursors, takeIn });
  const everyMs = deps.sweepMs ?? 1000;
  const fetching = startLoop({
    name: 'messages of WeCom',
    everyMs,
    log,
    round: async () => {
      await round(accounts.values());
      return false;
    },
  });
  registerWecom(server, {
    accounts,
    learnAccounts,
    notice: async (account, { openKfId, token }) => {
      await cursors.notice(account.name, openKfId, token, clock());
      fetching.wake();
    },
    clock,
    log,
  });
  const sweep = startLoop({
    name: 'WeCom deliveries that are due',
    everyMs,
    log,
    round: async () => (await deliveries.releaseDue(clock())) >= 100,
  });
  return {
    stop: async () => {
      await Promise.all([fetching.stop(), sweep.stop()]);
    },
  };
}
