import { newItem } from '../../../src/channels/delivery/delivery-item';
import { createWechatDeliveryStore } from '../../../src/channels/wechat/delivery-store';
import { connectRedis, type RedisClient } from '../../../src/turns/redis';
import { type RedisServer, startRedisServer } from '../../support/redis-server';

let server: RedisServer;
let redis: RedisClient;

beforeAll(async () => {
  server = await startRedisServer();
  redis = connectRedis(server.url);
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

const itemOf = (id: string, at: number) =>
  newItem({
    id,
    userId: 'service/o-user',
    part: { type: 'text' as const, text: '已为您登记。', options: [] },
    phone: null,
    at,
    mayRepeat: true,
    isNotice: false,
  });

describe('what waits in a conversation', () => {
  it('is in order, and without what has been settled', async () => {
    const store = createWechatDeliveryStore(redis, 4);
    const items = ['a#0', 'b#0', 'c#0'].map(itemOf);
    await store.enqueue('in-order', items);
    const [, before] = items;
    if (!before) throw new Error('there are three');
    const change = { before, after: { ...before, state: 'not-delivered' as const } };
    await store.step('in-order', [change], 1, { settle: true });
    const waiting = await store.waiting('in-order', 1);
    expect(waiting).toEqual({ items: [items[0], items[2]], slot: null, left: 0, endsAt: 0 });
  });

  it('never shows an item that is settled while it is being read', async () => {
    const store = createWechatDeliveryStore(redis, 4);
    const before = itemOf('settled#0', 1);
    await store.enqueue('read-and-settled', [before]);
    const change = { before, after: { ...before, state: 'sent' as const } };
    // The first command of the read is written before the step, any later one after it.
    const [{ items }, stepped] = await Promise.all([
      store.waiting('read-and-settled', 1),
      store.step('read-and-settled', [change], 1, { settle: true }),
    ]);
    expect(stepped.type).toBe('ok');
    expect(items.map(({ state }) => state)).not.toContain('sent');
  });
});

describe('a step', () => {
  it('is taken once by whoever read the same, and otherwise changes nothing at all', async () => {
    const store = createWechatDeliveryStore(redis, 4);
    const [one, two] = ['one#0', 'two#0'].map((id, at) => itemOf(id, at));
    if (!one || !two) throw new Error('there are two');
    await store.enqueue('raced', [one, two]);
    const send = () =>
      store.step('raced', [{ before: one, after: { ...one, state: 'sending' as const } }], 1, {});
    const outcomes = await Promise.all([send(), send(), send()]);
    expect(outcomes.map(({ type }) => type).sort()).toEqual(['changed', 'changed', 'ok']);
    const both = [two, one].map((before) => ({ before, after: { ...before, state: 'sent' as const } }));
    expect(await store.step('raced', both, 1, { settle: true, dueAt: 5 })).toEqual({ type: 'changed' });
    const { items } = await store.waiting('raced', 1);
    expect(items.map(({ state }) => state)).toEqual(['sending', 'queued']);
    expect(await store.releaseDue(9)).toBe(0);
  });
});
