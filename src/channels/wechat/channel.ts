import type { Logger } from 'pino';
import type { FileStore } from '../../records/files';
import type { TurnNode } from '../../turns/node';
import type { RedisClient } from '../../turns/redis';
import { startLoop } from '../../turns/shard-duty';
import type { KnownAccounts } from '../accounts/find-account';
import type { Fetch } from '../delivery/call-outcome';
import type { Mask } from '../mask';
import { askStableToken, createAccessTokens } from './access-token';
import type { WechatAccount } from './account';
import { createAnswerHints } from './answers';
import { createWechatApi } from './api';
import { createConfirm } from './confirm';
import { createDelivery, type DeliveryPoint } from './deliver';
import { createWechatDeliveryStore } from './delivery-store';
import { registerWechat } from './routes';
import type { Transcribe } from './transcribe';
import { createShowTyping } from './typing';
import { createWebhook } from './webhook';

/** Of one call to WeChat's servers, below the lock of a shard, so that a call does not outlive its worker. */
export const CALL_TIMEOUT_MS = 4000;

export interface SenderDependencies extends KnownAccounts<WechatAccount> {
  redis: RedisClient;
  shards: number;
  fetch: Fetch;
  files: FileStore;
  sendText: (message: { phone: string; text: string }, key: string) => Promise<void>;
  clock: () => number;
  log: Logger;
  callTimeoutMs?: number;
  probe?: (point: DeliveryPoint) => void;
}

export type WechatSender = Awaited<ReturnType<typeof createWechatSender>>;

/** What sends: its handlers go to the turn engine's outbox, before the engine is there. */
export async function createWechatSender(deps: SenderDependencies) {
  const { redis, shards, fetch, callTimeoutMs: timeoutMs = CALL_TIMEOUT_MS } = deps;
  const deliveries = createWechatDeliveryStore(redis, shards);
  const ask = askStableToken(fetch, timeoutMs);
  const credentialsOf = ({ appId, appSecret }: WechatAccount) => `${appId} ${appSecret}`;
  const tokens = createAccessTokens({ redis, vendor: 'wechat', credentialsOf, ask });
  const api = createWechatApi({ fetch, tokens, timeoutMs });
  const hints = await createAnswerHints(redis);
  const handlers = createDelivery({ ...deps, store: deliveries, api, onAnswered: hints.announce });
  return {
    ...deps,
    deliveries,
    tokens,
    api,
    hints,
    handlers,
    ...createConfirm({ store: deliveries, clock: deps.clock }),
  };
}

/** What receives: registers the webhook of every account, and looks after what is due. Typing is an agent's. */
export function startWechat(
  server: Parameters<typeof registerWechat>[0],
  sender: WechatSender,
  deps: {
    node: Pick<TurnNode, 'engine' | 'store'>;
    mask: Mask;
    transcribe: Transcribe | null;
    budgetMs: number;
    sweepMs?: number;
  },
): { showTyping(conversationId: string, userId: string): void; stop(): Promise<void> } {
  const { accounts, learnAccounts, finished, deliveries, hints, clock, log } = sender;
  const { engine, store } = deps.node;
  const take = createWebhook({ ...sender, ...deps, engine, store });
  registerWechat(server, { accounts, learnAccounts, take, finished, clock, log });
  const sweep = startLoop({
    name: 'WeChat deliveries that are due',
    everyMs: deps.sweepMs ?? 1000,
    log,
    round: async () => (await deliveries.releaseDue(clock())) >= 100,
  });
  return {
    showTyping: createShowTyping(sender),
    stop: async () => {
      await sweep.stop();
      hints.close();
    },
  };
}
