import { type RedisServer, startRedisServer } from '../support/redis-server';
import { describeTurns } from './turn-suite';

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedisServer();
});
afterAll(() => redis.stop());

describeTurns('one Redis', () => redis.url);
