import { createDeadLetters } from '../../src/turns/dead-letters';
import { shardKeys, shardOf } from '../../src/turns/keys';
import type { TurnStore } from '../../src/turns/turn-store';
import { type RedisServer, startRedisServer } from '../support/redis-server';
import { messageEntry, readCounting, startTestNode, type TestNode, until } from '../support/turns';

describe('dead letters', () => {
  let redis: RedisServer;
  let node: TestNode;
  beforeAll(async () => {
    redis = await startRedisServer();
    node = await startTestNode(redis.url);
  });
  afterAll(async () => {
    await node.stop();
    await redis.stop();
  });

  const letters = (accept: TurnStore['accept'] = node.store.accept) =>
    createDeadLetters({ redis: node.redis, shards: 4, accept, clock: Date.now });
  const seenIn = async (id: string) => readCounting(await node.store.readState(id)).seen;
  async function fail(id: string): Promise<string> {
    await node.engine.accept(id, messageEntry(id, 'a', 'poison'), { isLogged: true });
    await until(async () => (await seenIn(id)).length === 1);
    return `${id}|${messageEntry(id, 'a', '').turnId}`;
  }

  it('does nothing twice when a retry died between accept and removal', async () => {
    const letter = await fail('died');
    const dying: TurnStore['accept'] = async (...args) => {
      await node.store.accept(...args);
      throw new Error('died here');
    };
    await expect(letters(dying).retry(letter)).rejects.toThrow('died here');
    expect((await letters().list()).map(({ id }) => id)).toContain(letter);
    await until(async () => (await seenIn('died')).length === 2);
    await letters().retry(letter);
    await until(async () => !(await letters().list()).some(({ id }) => id === letter));
    // Another message shows that all before it in the inbox is done.
    await node.engine.accept('died', messageEntry('died', 'b', 'after'), { isLogged: true });
    await until(async () => (await seenIn('died')).includes('b'));
    expect(await seenIn('died')).toHaveLength(3);
  });

  it('keeps what still cannot be read, and says so', async () => {
    const { dead } = shardKeys(shardOf('torn', 4));
    const letter = { type: 'activity', entry: '{"torn', reason: 'torn', at: 1 };
    await node.redis.hset(dead, 'torn|0', JSON.stringify(letter));
    await expect(letters().retry('torn|0')).rejects.toThrow(/torn\|0 cannot be read: .* It was kept\./);
    expect(await node.redis.hexists(dead, 'torn|0')).toBe(1);
  });
});
