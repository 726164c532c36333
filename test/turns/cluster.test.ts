import { startRedisCluster } from '../support/redis-server';
import { describeTurns } from './turn-suite';

let cluster: Awaited<ReturnType<typeof startRedisCluster>>;
beforeAll(async () => {
  cluster = await startRedisCluster();
});
afterAll(() => cluster.stop());

describeTurns('a cluster of three masters', () => cluster.url);
