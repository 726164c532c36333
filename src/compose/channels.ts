import { startBotFramework } from '../channels/bot-framework/channel';
import { createDirectLine } from '../channels/direct-line/conversations';
import { registerDirectLine } from '../channels/direct-line/routes';
import { createStreams } from '../channels/direct-line/stream';
import { createTokens } from '../channels/direct-line/tokens';
import { signAttachments } from '../channels/direct-line/uploads';
import { createMask, type Mask } from '../channels/mask';
import { startWechat } from '../channels/wechat/channel';
import { startWecom } from '../channels/wecom/channel';
import type { Activity, ChannelId } from '../contract/activity';
import { seal } from '../customers/seal';
import { placeInLine } from '../handoff/assign/place-in-line';
import { LIVE_PATH } from '../handoff/live/gateway';
import { addressOf } from '../http/address';
import type { createOriginCheck } from '../http/origins';
import type { createHttpServer } from '../http/server';
import { noProbe } from '../turns/probe';
import { registerVisitors } from '../web-visitors/routes';
import { createVisitors } from '../web-visitors/visitors';
import type { Engine } from './engine';
import { transcribeOf } from './transcribe';

export type Server = ReturnType<typeof createHttpServer>;
export type Origins = ReturnType<typeof createOriginCheck>;

/** What channels and the agents' API share. */
export interface Edge {
  server: Server;
  origins: Origins;
  mask: Mask;
  signFiles: (activity: Activity) => Activity;
  /** Who is writing, shown to the other side; each side sets its own part once it is there. */
  typing: {
    toDesk: (conversationId: string) => void;
    toCustomer: (conversationId: string, agentName: string) => void;
    /** To customers of channels that are called. */
    over: Partial<Record<ChannelId, (conversationId: string, userId: string) => void>>;
  };
}

export function createEdge({ keys, signer, baseUrl }: Engine, server: Server, origins: Origins): Edge {
  const mask = createMask((plain) => seal(keys.dataKey, plain));
  return {
    server,
    origins,
    mask,
    signFiles: (activity) => signAttachments(activity, { sign: signer.sign, baseUrl }),
    typing: { toDesk: () => undefined, toCustomer: () => undefined, over: {} },
  };
}

/** The ways in for customers. */
export async function startChannels(engine: Engine, edge: Edge): Promise<void> {
  startDirectLine(engine, edge);
  startWechatChannel(engine, edge);
  startWecomChannel(engine, edge);
  await startBotFrameworkChannel(engine, edge);
}

function startDirectLine(engine: Engine, { server, origins, mask, signFiles, typing }: Edge): void {
  const { config, clock, log, keys, files, node, redis, queue, appPush, baseUrl, cleanup } = engine;
  const tokens = createTokens(keys.tokenKey, clock);
  const { store } = node;
  const isAllowedOrigin = origins.isAllowed;
  const directLine = createDirectLine({
    engine: node.engine,
    store,
    tokens,
    clock,
    mask,
    signFiles,
    socketUrl: () => baseUrl().replace(/^http/, 'ws'),
    readers: appPush.readers,
    onTyping: (conversationId) => typing.toDesk(conversationId),
  });
  registerDirectLine(server, {
    directLine,
    tokens,
    secrets: keys.secrets,
    files,
    isAllowedOrigin,
    placeInLine: (conversationId) => placeInLine(queue, conversationId),
    log,
  });
  const streams = createStreams(server.server, {
    directLine,
    store,
    tokens,
    isAllowedOrigin,
    log,
    probe: noProbe,
    readers: appPush.readers,
    others: [LIVE_PATH],
  });
  typing.toCustomer = (conversationId, name) =>
    streams.showTyping(conversationId, { id: 'agent', name, role: 'agent' });
  cleanup.add(streams.close);
  node.onTurn(streams.push);
  node.onHint((conversationId, position, isWorking) => {
    streams.notice(conversationId, position);
    if (isWorking) streams.showTyping(conversationId, { id: 'bot', role: 'bot' });
  });
  registerVisitors(server, {
    visitors: createVisitors(redis),
    tokens,
    redis,
    isAllowedOrigin,
    addressOf: (request) => addressOf(request, config.TRUSTED_PROXIES),
    perMinute: config.VISITOR_RATE_PER_MINUTE,
    log,
  });
}

function startWechatChannel(
  { config, node, wechatSender, cleanup }: Engine,
  { server, mask, typing }: Edge,
): void {
  const wechat = startWechat(server, wechatSender, {
    node,
    mask,
    transcribe: transcribeOf(config),
    budgetMs: config.WECHAT_REPLY_BUDGET_MS,
  });
  typing.over.wechat = wechat.showTyping;
  cleanup.add(wechat.stop);
}

function startWecomChannel({ config, node, wecom, cleanup }: Engine, { server, mask }: Edge): void {
  const channel = startWecom(server, wecom.sender, { node, mask, transcribe: transcribeOf(config) });
  cleanup.add(channel.stop);
}

/** Nothing without the channel's settings. */
async function startBotFrameworkChannel(engine: Engine, { server, mask, typing }: Edge): Promise<void> {
  const { botSender: sender, node, files, cleanup } = engine;
  const { settings, connector } = sender;
  if (settings === null || connector === null) return;
  const channel = await startBotFramework(server, { ...sender, settings, connector }, { node, files, mask });
  typing.over['bot-framework'] = channel.showTyping;
  cleanup.add(channel.stop);
}
