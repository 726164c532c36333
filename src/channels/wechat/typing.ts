import type { Logger } from 'pino';
import type { RedisClient } from '../../turns/redis';
import { readUserId, type WechatAccount } from './account';
import type { WechatApi } from './api';

/** WeChat shows it for 15 s, or until the next message. */
const TYPING_MS = 12_000;

/**
 * Shows a customer that an agent is writing, with at most one call in twelve seconds, from whichever node. Nothing
 * depends on it: what fails is logged.
 */
export function createShowTyping({
  redis,
  api,
  accounts,
  log,
}: {
  redis: RedisClient;
  api: Pick<WechatApi, 'typing'>;
  accounts: ReadonlyMap<string, WechatAccount>;
  log: Logger;
}) {
  async function show(conversationId: string, userId: string): Promise<void> {
    const { account: name, openId } = readUserId(userId);
    const account = accounts.get(name);
    if (!account) return;
    const key = `{wechat:typing:${conversationId}}`;
    if ((await redis.set(key, '1', 'PX', TYPING_MS, 'NX')) !== 'OK') return;
    await api.typing(account, openId, true);
  }
  return (conversationId: string, userId: string): void => {
    show(conversationId, userId).catch((error: unknown) => log.warn({ err: error }, 'typing was not shown'));
  };
}
