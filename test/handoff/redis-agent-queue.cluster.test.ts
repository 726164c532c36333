import { startRedisCluster } from '../support/redis-server';
import { describeAssigner } from './assign/assigner-suite';
import { describeQueue } from './queue-suite';

let cluster: Awaited<ReturnType<typeof startRedisCluster>>;
beforeAll(async () => {
  cluster = await startRedisCluster();
});
afterAll(() => cluster.stop());

describeQueue('a cluster of three masters', () => cluster.url);
describeAssigner('a cluster of three masters', () => cluster.url);
