import { conversationKeys, shardOf } from './keys';
import type { RedisClient } from './redis';

/** Empties a conversation's log; positions go on from where they were. */
export async function forgetLog(redis: RedisClient, shards: number, conversationId: string): Promise<void> {
  await redis.del(conversationKeys(shardOf(conversationId, shards), conversationId).log);
}
