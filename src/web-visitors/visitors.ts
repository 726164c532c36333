import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { RedisClient } from '../turns/redis';

/**
 * Visitors of the web chat: who comes back with a resume token gets the same conversation again. Only hashes of
 * tokens are stored; a token that was used lives on for a while, since its answer may have been lost on the way.
 */
export interface Visitors {
  /** Remembers a visitor; answers a resume token that works for 30 days. */
  remember(visitor: Visitor): Promise<string>;
  /** The visitor of a resume token, and the token's successor; null when it has expired or is none of ours. */
  resume(token: string): Promise<{ visitor: Visitor; resumeToken: string } | null>;
}

const visitorSchema = z.object({ userId: z.string(), conversationId: z.string() });
export type Visitor = z.infer<typeof visitorSchema>;

const LIFE_MS = 30 * 24 * 3600 * 1000;
const USED_LIFE_MS = 10 * 60 * 1000;

const keyOf = (token: string): string =>
  `visitor:resume:${createHash('sha256').update(token).digest('base64url')}`;

export function createVisitors(redis: RedisClient): Visitors {
  async function remember(visitor: Visitor): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await redis.set(keyOf(token), JSON.stringify(visitor), 'PX', LIFE_MS);
    return token;
  }
  return {
    remember,
    async resume(token) {
      const stored = await redis.get(keyOf(token));
      if (stored === null) return null;
      const visitor = visitorSchema.parse(JSON.parse(stored));
      const resumeToken = await remember(visitor);
      // Shortens the life, never lengthens it.
      if ((await redis.pttl(keyOf(token))) > USED_LIFE_MS) await redis.pexpire(keyOf(token), USED_LIFE_MS);
      return { visitor, resumeToken };
    },
  };
}
