import { followPolicies, openPolicies } from '../../src/compose/policies';
import { readConfig } from '../../src/config';
import { readPolicyFiles } from '../../src/content/load-policies';
import { createCleanup } from '../../src/launch/cleanup';
import type { Database } from '../../src/records/database';
import { createLivePolicies } from '../../src/sla/policy/live-policies';
import { connectRedis } from '../../src/turns/redis';
import { readOrder } from '../../src/work-orders/read-orders';
import { createTestOrders, openTestDatabase } from '../support/orders';
import { type RedisServer, startRedisServer } from '../support/redis-server';
import { silent, until } from '../support/turns';

const HOUR = 3600_000;

describe('promises that are published while orders are open', () => {
  let db: Database;
  let server: RedisServer;
  beforeAll(async () => {
    [db, server] = await Promise.all([openTestDatabase(), startRedisServer()]);
  });
  afterAll(async () => {
    await db.destroy();
    await server.stop();
  });

  it('hold for them, though the store is lost on the way', async () => {
    const files = readPolicyFiles(process.cwd()) ?? {};
    const content = { current: { policyFiles: files } };
    const redis = connectRedis(server.url);
    const cleanup = createCleanup(() => undefined);
    const config = readConfig({});
    const live = createLivePolicies(openPolicies({ config }, content));
    const orders = createTestOrders(db, { policies: live.set });
    const { number, promiseAt } = await orders.create();
    const get = jest.spyOn(redis, 'get').mockRejectedValueOnce(new Error('the store is away'));
    let wakes = 0;
    const foundation = { config, db, redis, clock: orders.time.clock, log: silent, cleanup };
    followPolicies(foundation, { policies: live.set }, { content, live }, () => {
      wakes += 1;
    });
    const promise = files['fault-promise.yaml'] ?? '';
    content.current = {
      policyFiles: {
        ...files,
        'fault-promise.yaml': promise.replace('target: { hours: 4 }', 'target: { hours: 3 }'),
      },
    };
    await until(async () => wakes > 0);
    expect(get).toHaveBeenCalledTimes(2);
    expect((await readOrder(db, number))?.order.promiseAt).toBe((promiseAt ?? 0) - HOUR);
    await cleanup.run();
    redis.disconnect();
  });
});
