import { connectAdapter } from '../../../src/handoff/live/adapter-connection';
import { connectRedis } from '../../../src/turns/redis';
import { startRedisServer } from '../../support/redis-server';
import { silent } from '../../support/turns';

describe('the connection of the sockets’ adapter', () => {
  it('leaves no promise that nobody holds when it ends, or Redis is away', async () => {
    const unheld: unknown[] = [];
    const note = (error: unknown) => unheld.push(error);
    process.on('unhandledRejection', note);
    const server = await startRedisServer();
    const redis = connectRedis(server.url);
    redis.on('error', () => undefined);
    const base = connectAdapter(redis, silent);
    const listening = (base.duplicate as () => typeof base)();
    listening.on('error', () => undefined);
    // As the adapter does: nobody looks at what becomes of these.
    void listening.subscribe('x');
    listening.disconnect();
    await server.stop();
    const lost = [base.publish('x', 'y'), base.publish('x', 'z')];
    base.disconnect();
    expect(await Promise.all(lost)).toEqual([undefined, undefined]);
    redis.disconnect();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);
    expect(unheld).toEqual([]);
  });
});
