import { shardKeys, shardOf } from '../../src/turns/keys';
import { connectRedis, type RedisClient } from '../../src/turns/redis';
import { wakeTimers } from '../../src/turns/wake-timers';
import { type RedisServer, startRedisServer } from '../support/redis-server';

const SHARDS = 4;

describe('waking timers', () => {
  let server: RedisServer;
  let redis: RedisClient;
  beforeAll(async () => {
    server = await startRedisServer();
    redis = connectRedis(server.url);
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  it('makes those of one id due in every conversation, and touches no other and none that is due', async () => {
    const set = (conversation: string, id: string, at: number) =>
      redis.zadd(shardKeys(shardOf(conversation, SHARDS)).due, at, `${conversation}|${id}`);
    const dueOf = async (conversation: string, id: string) =>
      Number(await redis.zscore(shardKeys(shardOf(conversation, SHARDS)).due, `${conversation}|${id}`));
    const names = Array.from({ length: 1200 }, (_, i) => `c${i}`);
    await Promise.all(names.map((name) => set(name, 'sla', 5000)));
    await set('c1', 'silence', 6000);
    await set('early', 'sla', 10);
    await expect(wakeTimers(redis, { shards: SHARDS, id: 'sla', now: 100 })).resolves.toBeGreaterThanOrEqual(
      1201,
    );
    expect(new Set(await Promise.all(names.map((name) => dueOf(name, 'sla'))))).toEqual(new Set([100]));
    expect(await dueOf('c1', 'silence')).toBe(6000);
    expect(await dueOf('early', 'sla')).toBe(10);
  });
});
