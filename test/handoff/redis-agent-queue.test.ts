import { type RedisServer, startRedisServer } from '../support/redis-server';
import { describeAssigner } from './assign/assigner-suite';
import { describeQueue } from './queue-suite';

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedisServer();
});
afterAll(() => redis.stop());

describeQueue('one Redis', () => redis.url);
describeAssigner('one Redis', () => redis.url);
