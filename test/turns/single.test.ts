import { type RedisServer, startRedisServer } from '../support/redis-server';
import { describeDamage } from './damage-suite';
import { describeFullRedis } from './full-suite';
import { describeLateCommands } from './late-suite';
import { describeTurns } from './turn-suite';

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedisServer();
});
afterAll(() => redis.stop());

describeTurns('one Redis', () => redis.url);
describeDamage('one Redis', () => redis.url);
describeFullRedis('one Redis', () => redis.url);
describeLateCommands('one Redis', () => redis.url);
