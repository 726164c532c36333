import type { Logger } from 'pino';
import type { FileStore } from '../../records/files';
import type { CommandHandlers } from '../../turns/commands';
import type { TurnNode } from '../../turns/node';
import type { RedisClient } from '../../turns/redis';
import { startLoop } from '../../turns/shard-duty';
import type { Fetch } from '../delivery/call-outcome';
import type { Mask } from '../mask';
import { createAccessTokens } from './access-token';
import { createAuthenticate } from './authenticate';
import { type Connector, createConnector } from './connector';
import { type BotDeliveryStore, createBotDeliveryStore, createDelivery, type DeliveryPoint } from './deliver';
import type { HandoffContext } from './handoff';
import { createReferences, isBotFramework, type References } from './references';
import { registerBotFramework } from './routes';
import type { BotSettings } from './settings';
import { abilitiesOf, typingFor } from './to-wire';
import { createWebhook } from './webhook';

/** Of one call to the channel, below the lock of a shard, so that a call does not outlive its worker. */
export const CALL_TIMEOUT_MS = 4000;
/** Channels show typing for 3 s. */
const TYPING_MS = 2500;

export interface SenderDependencies {
  redis: RedisClient;
  shards: number;
  /** Null when the channel is off. */
  settings: BotSettings | null;
  fetch: Fetch;
  signFile: (id: string) => string;
  readContext: (conversationId: string) => Promise<HandoffContext | null>;
  clock: () => number;
  log: Logger;
  callTimeoutMs?: number;
  probe?: (point: DeliveryPoint) => void;
}

export interface BotSender {
  settings: BotSettings | null;
  deliveries: BotDeliveryStore;
  references: References;
  connector: Connector | null;
  handlers: CommandHandlers;
  clock: () => number;
  log: Logger;
}

/** What sends: its handlers go to the turn engine's outbox, before the engine is there. */
export function createBotSender(deps: SenderDependencies): BotSender {
  const { redis, shards, settings, clock, log, callTimeoutMs: timeoutMs = CALL_TIMEOUT_MS } = deps;
  const deliveries = createBotDeliveryStore(redis, shards);
  const references = createReferences(redis, shards);
  const call = { fetch: deps.fetch, clock, timeoutMs };
  const connector =
    settings && createConnector({ ...call, settings, tokens: createAccessTokens({ ...call, settings }) });
  const handlers = createDelivery({ ...deps, store: deliveries, references, connector });
  return { settings, deliveries, references, connector, handlers, clock, log };
}

/** What receives: registers `/api/messages`, shows typing, and looks after what is due. Only with the channel on. */
export async function startBotFramework(
  server: Parameters<typeof registerBotFramework>[0],
  sender: BotSender & { settings: BotSettings; connector: Connector },
  deps: {
    node: Pick<TurnNode, 'engine' | 'store' | 'onHint'>;
    files: FileStore;
    mask: Mask;
    sweepMs?: number;
  },
): Promise<{ showTyping(conversationId: string): void; stop(): Promise<void> }> {
  const { settings, deliveries, clock, log } = sender;
  const authenticate = await createAuthenticate(settings);
  const receive = createWebhook({ ...sender, ...deps.node, ...deps, authenticate });
  registerBotFramework(server, { receive, needsToken: settings.appId !== null, log });
  deps.node.onHint((conversationId, _position, isWorking) => {
    if (isWorking && isBotFramework(conversationId)) showTyping(sender, conversationId);
  });
  const sweep = startLoop({
    name: 'Bot Framework deliveries that are due',
    everyMs: deps.sweepMs ?? 1000,
    log,
    round: async () => (await deliveries.releaseDue(clock())) >= 100,
  });
  return { showTyping: (conversationId) => showTyping(sender, conversationId), stop: sweep.stop };
}

/** The customer sees that an answer is under way; nothing depends on it. */
function showTyping(
  { references, connector, log }: BotSender & { connector: Connector },
  conversationId: string,
): void {
  const show = async () => {
    const reference = await references.read(conversationId);
    if (reference === null || !abilitiesOf(reference.channelId).typing) return;
    if (await references.mayShowTyping(conversationId, TYPING_MS)) {
      await connector.send(reference, typingFor(reference));
    }
  };
  show().catch((error: unknown) => log.warn({ err: error }, 'typing was not shown'));
}
