import { shardKeys } from './keys';
import type { RedisClient } from './redis';

/** Members of a page of a due set, and of what is set anew at once. */
const PAGE = 500;

/**
 * Makes the pending timers of one id due now, in all conversations that have it; what is due already, was set earlier or
 * is cancelled meanwhile stays as it is. Answers how many there were.
 */
export async function wakeTimers(
  redis: RedisClient,
  { shards, id, now }: { shards: number; id: string; now: number },
): Promise<number> {
  let woken = 0;
  for (let shard = 0; shard < shards; shard += 1)
    woken += await wakeShard(redis, shardKeys(shard).due, id, now);
  return woken;
}

async function wakeShard(redis: RedisClient, due: string, id: string, now: number): Promise<number> {
  let woken = 0;
  let cursor = '0';
  do {
    const [next, found] = await redis.zscan(due, cursor, 'MATCH', `*|${id}`, 'COUNT', PAGE);
    const members = found.filter((_, i) => i % 2 === 0);
    // Only what is still there, and only to an earlier time.
    await Promise.all(members.map((member) => redis.zadd(due, 'XX', 'LT', now, member)));
    woken += members.length;
    cursor = next;
  } while (cursor !== '0');
  return woken;
}
