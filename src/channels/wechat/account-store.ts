import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { RedisClient } from '../../turns/redis';

const NONCE_TTL_MS = 10 * 60_000;

const templateKey = (name: string, messageId: string) => `wechat:template:${name}:${messageId}`;

/** What all nodes know of an account, whichever customer it is about. */
export function createAccountStore(redis: RedisClient) {
  return {
    /** Binds a nonce to what it was signed for. False: it was used for something else before. */
    async bindNonce(name: string, nonce: string, use: string): Promise<boolean> {
      const key = `wechat:nonce:${name}:${createHash('sha256').update(nonce).digest('hex')}`;
      const isFirst = (await redis.set(key, use, 'PX', NONCE_TTL_MS, 'NX')) === 'OK';
      return isFirst || (await redis.get(key)) === use;
    },

    /** Remembers a template message, of which WeChat tells later what became of it. */
    noteTemplate: (name: string, messageId: string, conversationId: string, id: string) =>
      redis.set(templateKey(name, messageId), JSON.stringify([conversationId, id]), 'EX', 24 * 3600),

    /** The item that a template message was for; null when it is not, or no longer, known. */
    async templateItem(
      name: string,
      messageId: string,
    ): Promise<{ conversationId: string; id: string } | null> {
      const json = await redis.get(templateKey(name, messageId));
      if (json === null) return null;
      const [conversationId, id] = z.tuple([z.string(), z.string()]).parse(JSON.parse(json));
      return { conversationId, id };
    },

    /** An account that must rest; all nodes see it. */
    pauseAccount: (name: string, ms: number) => redis.set(`wechat:paused:${name}`, '1', 'PX', ms),
    pausedFor: async (name: string): Promise<number> =>
      Math.max(0, await redis.pttl(`wechat:paused:${name}`)),

    /** An account that turned out to show no menus. */
    noteNoMenu: (name: string) => redis.set(`wechat:no-menu:${name}`, '1', 'EX', 7 * 24 * 3600),
    hasNoMenu: async (name: string): Promise<boolean> => (await redis.exists(`wechat:no-menu:${name}`)) === 1,
  };
}
