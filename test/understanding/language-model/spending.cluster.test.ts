import { connectRedis } from '../../../src/turns/redis';
import { createRedisSpending } from '../../../src/understanding/language-model/spending';
import { startRedisCluster } from '../../support/redis-server';

describe('the budgets of a language model on a Redis Cluster', () => {
  it('are taken and given back as on a single Redis', async () => {
    const cluster = await startRedisCluster();
    const redis = connectRedis(cluster.url);
    try {
      const spending = createRedisSpending({
        redis,
        limits: { perDay: { tokens: 100, money: 0 }, perConversationDay: { tokens: 60, money: 0 } },
        clock: () => Date.UTC(2026, 10, 24, 2),
        timeZone: 'Asia/Shanghai',
      });
      const first = await spending.reserve('a', { tokens: 50, money: 7 });
      expect(first.status).toBe('reserved');
      expect((await spending.reserve('a', { tokens: 20, money: 0 })).status).toBe('conversation-budget');
      expect((await spending.reserve('b', { tokens: 51, money: 0 })).status).toBe('day-budget');
      if (first.status === 'reserved') await first.settle({ tokens: 10, money: 3 });
      expect(await spending.spentOn('2026-11-24')).toEqual({ tokens: 10, money: 3 });
      expect((await spending.reserve('a', { tokens: 50, money: 0 })).status).toBe('reserved');
    } finally {
      redis.disconnect();
      await cluster.stop();
    }
  });
});
