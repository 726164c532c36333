import type { ConversationState } from '../contract/conversation';
import type { SendWindow } from '../contract/handoff';
import { type Live, type LiveDependencies, startLive } from '../handoff/live/gateway';
import { noteLife } from '../handoff/sign-of-life';
import type { Edge } from './channels';
import type { Engine } from './engine';

/** The desk's sockets, told of what the engine and the channels bring about. */
export function startDeskInRealTime(
  { node, queue, news, redis, log, cleanup }: Engine,
  { server, origins, typing }: Edge,
  { desk, workerOf }: Pick<LiveDependencies, 'desk' | 'workerOf'>,
): Live {
  const live = startLive(server.server, {
    redis,
    workerOf,
    ownOrigins: origins.own,
    desk,
    noteLife: (account) => noteLife(queue, account),
    news,
    showAgentTyping: (conversationId, agentName) => typing.toCustomer(conversationId, agentName),
    sendAgentTyping: ({ conversationId, channel, user }) => typing.over[channel]?.(conversationId, user.id),
    log,
  });
  cleanup.add(live.close);
  typing.toDesk = live.showCustomerTyping;
  node.onHint((conversationId, position) => live.notice(conversationId, position));
  return live;
}

/** What the channels that count messages still take; what is on its way is counted as sent. */
export function createSendWindows({ wechatSender, wecom, clock }: Engine) {
  return async ({ conversationId, channel }: ConversationState): Promise<SendWindow | null> => {
    if (channel !== 'wechat' && channel !== 'wecom') return null;
    const { deliveries } = channel === 'wechat' ? wechatSender : wecom.sender;
    const { left, endsAt, items } = await deliveries.waiting(conversationId, clock());
    return { left: Math.max(0, left - items.length), endsAt };
  };
}
