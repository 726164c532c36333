import { Redis } from 'ioredis';
import { newRecord, owe } from '../../../src/channels/app-push/plan/record';
import { createPushStore, type PushStore } from '../../../src/channels/app-push/push-store';
import { type RedisServer, startRedisServer } from '../../support/redis-server';

const NOW = 1_000_000;
const owed = { count: 1, owedAt: NOW, heardAt: null, isDanger: false, orderNumber: null };

describe('where pushes are kept', () => {
  let server: RedisServer;
  let redis: Redis;
  let pushes: PushStore;
  let serial = 0;

  beforeAll(async () => {
    server = await startRedisServer();
    redis = new Redis(server.url);
    pushes = createPushStore(redis, 4);
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  /** A conversation that is owed a push, and due. */
  async function conversation(): Promise<string> {
    const id = `dl-store-${serial++}`;
    const record = owe(newRecord('u'), { id: 'turn', position: 3, ...owed });
    expect(await pushes.step(id, await pushes.look(id, 'u'), record, { lookAt: NOW })).toBe('ok');
    return id;
  }
  const claim = async (id: string) => {
    const held = await pushes.claim(id, NOW, 60_000);
    if (held === null) throw new Error('the conversation was not to be had');
    return held;
  };

  it('gives a conversation to one node at a time, and none that is not due', async () => {
    const id = await conversation();
    expect(await pushes.claim(id, NOW - 1, 60_000)).toBeNull();
    const claims = await Promise.all([0, 1, 2].map(() => pushes.claim(id, NOW, 60_000)));
    expect(claims.filter((held) => held !== null)).toHaveLength(1);
    expect(await pushes.due(NOW)).not.toContain(id);
    // Its holder may die.
    expect(await pushes.due(NOW + 60_000)).toContain(id);
  });

  it('stores nothing that was worked out before more was read', async () => {
    const id = await conversation();
    const held = await claim(id);
    await pushes.noteRead(id, 3, NOW);
    expect(await pushes.step(id, held, held.record, { held: { dueAt: null } })).toBe('changed');
    const again = { ...(await pushes.look(id)), fence: held.fence };
    expect(again.read).toBe(3);
    expect(await pushes.step(id, again, again.record, { held: { dueAt: null } })).toBe('ok');
  });

  it('stores nothing that was worked out before more was owed', async () => {
    const id = await conversation();
    const held = await claim(id);
    const before = await pushes.look(id);
    const more = owe(before.record, { id: 'next', position: 5, ...owed });
    expect(await pushes.step(id, before, more, { lookAt: NOW + 5 })).toBe('ok');
    expect(await pushes.step(id, held, held.record, { held: { dueAt: null } })).toBe('changed');
  });

  it('takes nothing from who has lost the lease', async () => {
    const id = await conversation();
    const held = await claim(id);
    await redis.hset(await keyOf(id), 'lease', 0);
    await pushes.claim(id, NOW + 60_000, 60_000);
    expect(await pushes.step(id, held, held.record, { held: { dueAt: null } })).toBe('lost');
  });

  it('knows the furthest that was read, in whatever order it is told', async () => {
    const id = await conversation();
    await pushes.noteRead(id, 5, NOW);
    await pushes.noteRead(id, 4, NOW);
    expect((await pushes.look(id)).read).toBe(5);
  });

  it('looks at a conversation once its last stream is gone, and not for one that was replaced', async () => {
    const id = await conversation();
    const held = await claim(id);
    await pushes.step(id, held, held.record, { held: { dueAt: NOW + 9000 } });
    await pushes.enter(id, 'old', 10_000);
    await pushes.enter(id, 'new', 10_000);
    await pushes.leave(id, 'old', NOW + 1);
    expect(await pushes.look(id)).toMatchObject({ isReaderHere: true });
    expect(await pushes.due(NOW + 1)).not.toContain(id);
    await pushes.leave(id, 'new', NOW + 1);
    expect(await pushes.look(id)).toMatchObject({ isReaderHere: false });
    expect(await pushes.due(NOW + 1)).toContain(id);
  });

  it('has every shard looked at, however many are due in one', async () => {
    const due = await pushes.due(NOW + 1e9);
    const shards = due.slice(0, 4).map((id) => Promise.resolve(keyOf(id)));
    const tags = (await Promise.all(shards)).map((key) => key.slice(0, 4));
    expect(new Set(tags).size).toBeGreaterThan(1);
  });

  const keyOf = async (id: string): Promise<string> => (await redis.keys(`{s*}:app-push:${id}`))[0] ?? '';
});
