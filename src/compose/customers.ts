import { readUserId, type WechatAccount } from '../channels/wechat/account';
import { createFindUnion } from '../channels/wechat/find-union';
import type { Content } from '../content/content';
import type { ContentVersions } from '../content/versions';
import { createLinkHandlers } from '../customers/link-handlers';
import { AppError } from '../errors';
import type { CommandHandlers } from '../turns/commands';
import { eventEntry } from '../turns/event-entry';
import type { TurnNode } from '../turns/node';
import { upcastState } from '../turns/upcast';
import { readCustomerOrders } from '../work-orders/read-orders';
import type { Foundation } from './foundation';
import type { World } from './world';

/** Who is who across the channels. The node is asked for late: it is made with these handlers. */
export function createCustomerLinks(
  { db, keys, clock, log }: Foundation,
  parts: {
    operator: World['operator'];
    wechat: Pick<World, 'channelAccounts' | 'wechatSender'>;
    content: ContentVersions;
    node: () => Pick<TurnNode, 'store' | 'engine'>;
    onEvent: () => void;
  },
): CommandHandlers {
  const { operator, content, node, onEvent, wechat } = parts;
  return createLinkHandlers({
    db,
    operator,
    findUnion: createFindUnion({
      accounts: wechat.channelAccounts.maps.wechat,
      api: wechat.wechatSender.api,
      log,
    }),
    dataKey: keys.dataKey,
    clock,
    log,
    onEvent,
    readOrders: (conversationIds, exceptOf) => readCustomerOrders(db, conversationIds, exceptOf),
    readState: async (conversationId) => upcastState(await node().store.readState(conversationId)),
    isMovable: (version, dialog) =>
      versionOf(content, version)?.dialogs.dialogs.get(dialog)?.isMovable ?? false,
    send: ({ conversationId, ...event }) =>
      node().engine.accept(conversationId, eventEntry({ conversationId, at: clock(), ...event })),
  });
}

/** Whether WeChat says which person a user of one of our accounts is. */
export const canIdentify =
  (accounts: ReadonlyMap<string, WechatAccount>) =>
  (userId: string): boolean =>
    accounts.get(readUserId(userId).account)?.openPlatform !== undefined;

/** A version that this node is only fetching is offered the next time. */
function versionOf(content: ContentVersions, version: string): Content | null {
  try {
    return content.pick(version);
  } catch (error) {
    if (error instanceof AppError && error.code === 'unavailable') return null;
    throw error;
  }
}
