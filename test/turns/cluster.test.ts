import { startRedisCluster } from '../support/redis-server';
import { describeDamage } from './damage-suite';
import { describeFullRedis } from './full-suite';
import { describeLateCommands } from './late-suite';
import { describeTurns } from './turn-suite';

let cluster: Awaited<ReturnType<typeof startRedisCluster>>;
beforeAll(async () => {
  cluster = await startRedisCluster();
});
afterAll(() => cluster.stop());

describeTurns('a cluster of three masters', () => cluster.url);
describeDamage('a cluster of three masters', () => cluster.url);
describeFullRedis('a cluster of three masters', () => cluster.url);
describeLateCommands('a cluster of three masters', () => cluster.url);
