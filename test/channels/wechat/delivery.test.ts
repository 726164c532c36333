import type { DeliveryItem } from '../../../src/channels/delivery/delivery-item';
import { createWechatDeliveryStore } from '../../../src/channels/wechat/delivery-store';
import type { Part } from '../../../src/channels/wechat/reply-parts';
import type { Fault } from '../../../src/channels/wechat/simulator/faults';
import { conversationIdOf } from '../../../src/channels/wechat/webhook';
import { shardKeys, shardOf } from '../../../src/turns/keys';
import { connectRedis } from '../../../src/turns/redis';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { until } from '../../support/turns';
import { SHARDS, startWechatHost, type WechatHost } from './host';

let server: RedisServer;
const hosts: WechatHost[] = [];
let users = 0;
const newUser = () => `o-user-${++users}`;

/** Every reply goes by API: there is no budget to wait for it. One host at a time works off the commands. */
async function start(options: Parameters<typeof startWechatHost>[1] = {}) {
  await Promise.all(hosts.splice(0).map((former) => former.stop()));
  const host = await startWechatHost(server.url, { budgetMs: 0, ...options });
  hosts.push(host);
  return host;
}

/** Meets each send with the next of these faults. */
const inTurn = (...faults: (Fault | null)[]) => {
  const left = [...faults];
  return () => left.shift() ?? null;
};

const shown = (host: WechatHost, user: string) =>
  host.wechat.customers
    .find(user)
    .lines.filter(({ from }) => from === 'account')
    .map(({ text, route, options }) => [route, text, ...options].join(' | '));

const itemsOf = async (host: WechatHost, user: string): Promise<DeliveryItem<Part>[]> =>
  (await host.sender.deliveries.readAll(conversationIdOf('service', user))).sort(
    (a, b) => a.at - b.at || a.id.localeCompare(b.id),
  );

const statesOf = async (host: WechatHost, user: string) =>
  (await itemsOf(host, user)).map(({ state, reason }) => (reason ? `${state}: ${reason}` : state));

async function say(host: WechatHost, user: string, text: string) {
  await host.wechat.act(user, { type: 'text', text });
}

/** Waits until nothing of a conversation is on its way any more, and nobody works at it. */
const settled = (host: WechatHost, user: string, count: number) =>
  until(async () => {
    const items = await itemsOf(host, user);
    const isDone = ({ state }: DeliveryItem) =>
      ['sent', 'held', 'not-delivered', 'uncertain'].includes(state);
    if (items.length !== count || !items.every(isDone)) return false;
    const { outbox } = shardKeys(shardOf(conversationIdOf('service', user), SHARDS));
    return (await host.node.redis.xlen(outbox)) === 0;
  });

beforeAll(async () => {
  server = await startRedisServer();
});
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
});
afterAll(() => server.stop());

describe('what choices look like', () => {
  it('is a menu to tap where the account can show one', async () => {
    const host = await start();
    const user = newUser();
    await say(host, user, 'ask 哪一个？|今天|明天');
    await settled(host, user, 1);
    expect(shown(host, user)).toEqual(['api | 哪一个？ | 今天 | 明天']);
  });

  it('is numbered text after the account turned out to show none (40200)', async () => {
    const host = await start({ canShowMenu: false });
    const user = newUser();
    await say(host, user, 'ask 哪一个？|今天|明天');
    await settled(host, user, 1);
    expect(shown(host, user)).toEqual(['api | 哪一个？\n1. 今天\n2. 明天']);
    // What was refused did not use up a send, by WeChat's count and by ours.
    expect(host.wechat.customers.find(user).grants.message.left).toBe(4);
    const { left } = await host.sender.deliveries.waiting(conversationIdOf('service', user), Date.now());
    expect(left).toBe(4);
  });

  it('is numbered text in a passive reply', async () => {
    const host = await start({ budgetMs: 3000 });
    const user = newUser();
    await say(host, user, 'ask 哪一个？|今天|明天');
    expect(shown(host, user)).toEqual(['passive | 哪一个？\n1. 今天\n2. 明天']);
  });
});

describe('every error code', () => {
  it.each<[Fault, string[], number]>([
    ['expired-token', ['sent'], 1],
    ['quota', ['held: quota'], 0],
    ['window', ['not-delivered: window'], 0],
    ['api-quota', ['held: account-paused'], 0],
    ['no-permission', ['not-delivered: no-permission'], 0],
  ])('%s has its action', async (fault, states, messages) => {
    const name = `acc-${fault}`;
    const host = await start({ faults: inTurn(fault), account: { name } });
    const user = newUser();
    await say(host, user, 'say hello');
    const items = () => host.sender.deliveries.readAll(conversationIdOf(name, user));
    await until(async () =>
      (await items()).some(({ state }) => ['sent', 'held', 'not-delivered'].includes(state)),
    );
    expect((await items()).map(({ state, reason }) => (reason ? `${state}: ${reason}` : state))).toEqual(
      states,
    );
    expect(shown(host, user)).toHaveLength(messages);
  });

  it('an expired token is fetched once and the message sent once', async () => {
    const host = await start({ faults: inTurn('expired-token') });
    const users = [newUser(), newUser(), newUser()];
    await Promise.all(users.map((user) => say(host, user, 'say hello')));
    await Promise.all(users.map((user) => settled(host, user, 1)));
    expect(users.map((user) => shown(host, user))).toEqual(users.map(() => ['api | hello']));
    expect(host.wechat.api.tokensMade()).toBe(2);
  });
});

describe('a send whose outcome nobody knows', () => {
  it.each<Fault>(['timeout-after-send', 'reset-after-send', 'busy'])(
    'is uncertain after %s: an answer goes out again, a confirmation does not',
    async (fault) => {
      const host = await start({ faults: inTurn(fault), callTimeoutMs: 1000 });
      const user = newUser();
      await say(host, user, 'say answer');
      await settled(host, user, 1);
      expect(shown(host, user)).toEqual(['api | answer', 'api | answer']);
      expect(await itemsOf(host, user)).toMatchObject([{ state: 'sent', uncertainSends: 1 }]);

      const other = await start({ faults: inTurn(fault), callTimeoutMs: 1000 });
      const customer = newUser();
      await say(other, customer, 'order 1');
      await settled(other, customer, 1);
      expect(shown(other, customer)).toEqual(['api | re: order 1']);
      expect(await itemsOf(other, customer)).toMatchObject([{ state: 'uncertain', uncertainSends: 1 }]);
    },
  );

  it('is given up after two repeats, and what is behind it still goes out, in order', async () => {
    const host = await start({ faults: inTurn('busy', 'busy', 'busy') });
    const user = newUser();
    await say(host, user, 'say one|two');
    await settled(host, user, 2);
    expect(await statesOf(host, user)).toEqual(['uncertain: busy', 'sent']);
    expect(shown(host, user)).toEqual(['api | one', 'api | one', 'api | one', 'api | two']);
  });

  it('is each a fact for Postgres', async () => {
    const host = await start({ faults: inTurn('busy') });
    const user = newUser();
    await say(host, user, 'say one');
    await settled(host, user, 1);
    const own = conversationIdOf('service', user);
    const facts = () =>
      host.node.records.flatMap((row) =>
        row.type === 'fact' && row.conversationId === own ? [row.fact.value] : [],
      );
    await until(() => facts().length === 2);
    expect(facts()).toMatchObject([
      { state: 'waiting', reason: 'busy', uncertainSends: 1 },
      { state: 'sent', reason: null, uncertainSends: 1 },
    ]);
  });
});

describe('quota and window', () => {
  it('holds what is beyond the quota, and sends it merged with the next message', async () => {
    const host = await start({ account: { message: { sends: 2, windowSeconds: 1000 } } });
    const user = newUser();
    await say(host, user, 'say 1|2|3|4|5|6');
    await settled(host, user, 6);
    expect(await statesOf(host, user)).toEqual(['sent', 'sent', ...Array(4).fill('held: quota')]);
    await say(host, user, 'silent');
    await until(async () => (await statesOf(host, user)).every((state) => state === 'sent'));
    expect(shown(host, user)).toEqual(['api | 1', 'api | 2', 'api | 3\n\n4\n\n5', 'api | 6']);
  });

  it('lets what is held go as the passive reply, which costs nothing', async () => {
    const host = await start({ budgetMs: 1500, account: { message: { sends: 0, windowSeconds: 1000 } } });
    const user = newUser();
    await say(host, user, 'say 1|2|3');
    await settled(host, user, 3);
    await say(host, user, 'silent');
    await until(async () => (await statesOf(host, user)).every((state) => state === 'sent'));
    expect(shown(host, user)).toEqual(['passive | 1', 'passive | 2\n\n3']);
  });

  it('sends a notice by template, else by text message, else keeps it and says why', async () => {
    const none = { message: { sends: 0, windowSeconds: 1000 } };
    const template = { id: 't1', field: 'thing1', limit: 8 };
    const byTemplate = await start({ account: { ...none, template }, phone: '13800138000' });
    const user = newUser();
    await say(byTemplate, user, 'notice 您的工单有进展');
    await settled(byTemplate, user, 1);
    expect(shown(byTemplate, user)).toEqual(['template | re: noti']);
    expect(byTemplate.texts).toEqual([]);
    await byTemplate.wechat.caller.deliver({
      ToUserName: 'gh',
      FromUserName: user,
      CreateTime: Math.floor(Date.now() / 1000),
      MsgType: 'event',
      Event: 'TEMPLATESENDJOBFINISH',
      MsgID: '1',
      Status: 'failed:user block',
    });
    expect(await statesOf(byTemplate, user)).toEqual(['not-delivered: template-failed']);

    const bySms = await start({ account: none, phone: '13800138000' });
    const second = newUser();
    await say(bySms, second, 'notice');
    await settled(bySms, second, 1);
    expect(bySms.texts).toEqual([{ phone: '13800138000', text: 're: notice' }]);
    expect(await itemsOf(bySms, second)).toMatchObject([{ state: 'sent', route: 'sms' }]);

    const without = await start({ account: none });
    const third = newUser();
    await say(without, third, 'notice');
    await settled(without, third, 1);
    expect(await statesOf(without, third)).toEqual(['held: quota']);
  });

  it('lets what is held take another way at the end of the window, else says that it did not arrive', async () => {
    for (const phone of ['13800138000', undefined]) {
      let now = Date.now();
      const message = { sends: 1, windowSeconds: 60 };
      const host = await start({ clock: () => now, phone, account: { message } });
      const user = newUser();
      await say(host, user, 'say 1|2');
      await settled(host, user, 2);
      expect(await statesOf(host, user)).toEqual(['sent', 'held: quota']);
      now += 61_000;
      await until(async () => !(await statesOf(host, user)).includes('held: quota'));
      expect(await statesOf(host, user)).toEqual(['sent', phone ? 'sent' : 'not-delivered: window']);
      expect(host.texts).toEqual(phone ? [{ phone, text: '2' }] : []);
    }
  });

  it('is shut when the window has passed by our own count', async () => {
    let now = Date.now();
    const host = await start({ clock: () => now, account: { message: { sends: 5, windowSeconds: 60 } } });
    const user = newUser();
    await say(host, user, 'say first');
    await settled(host, user, 1);
    now += 61_000;
    const conversationId = conversationIdOf('service', user);
    const [first] = await itemsOf(host, user);
    if (!first) throw new Error('nothing was sent');
    const late = { ...first, id: 'late#0', state: 'queued' as const, at: now };
    await host.sender.deliveries.enqueue(conversationId, [late]);
    await host.sender.deliveries.release(conversationId, now);
    await settled(host, user, 2);
    expect(await statesOf(host, user)).toEqual(['sent', 'not-delivered: window']);
  });
});

describe('a passive reply that was not fetched', () => {
  it('is uncertain after 20 s, and goes out by API', async () => {
    let now = Date.now();
    const host = await start({ clock: () => now, budgetMs: 5000 });
    const user = newUser();
    const conversationId = conversationIdOf('service', user);
    // A node that died while it held the request: the slot is open, and nobody will answer.
    const slot = { turnId: 'dead', isEncrypted: false, accountId: 'gh' };
    const grant = { kind: 'message' as const, sends: 5, untilAt: now + 100_000 };
    await host.sender.deliveries.receive(conversationId, { ...slot, now, grant, endsAt: now + 5000 });
    host.wechat.customers.grant(user, 'message');
    const item = { ...itemFor(user), at: now };
    await host.sender.deliveries.enqueue(conversationId, [item]);
    await host.sender.deliveries.release(conversationId, now);
    await until(async () => (await itemsOf(host, user))[0]?.state === 'passive');
    now += 19_000;
    await host.sender.deliveries.release(conversationId, now);
    expect(await host.sender.deliveries.answerOf(conversationId, 'dead')).toContain('kept');
    now += 1500;
    await until(async () => (await itemsOf(host, user))[0]?.state === 'waiting');
    now += 1500;
    await settled(host, user, 1);
    expect(await itemsOf(host, user)).toMatchObject([{ state: 'sent', route: 'api', uncertainSends: 1 }]);
    expect(shown(host, user)).toEqual(['api | kept']);
  });
});

describe('what is due', () => {
  it('is released, and a later time that was set meanwhile stays', async () => {
    const redis = connectRedis(server.url);
    try {
      const store = createWechatDeliveryStore(redis, 4);
      const later = { ...itemFor('o-due'), state: 'waiting' as const, dueAt: 5000 };
      await store.enqueue('due', [later]);
      const wait = (dueAt: number) => store.step('due', [{ before: later, after: later }], 1, { dueAt });
      await wait(1000);
      const publish = redis.publish.bind(redis);
      // The worker is faster than the sweep: it has set the next time before the sweep is done.
      redis.publish = async (...args: Parameters<typeof publish>) => {
        await wait(5000);
        return publish(...args);
      };
      expect(await store.releaseDue(1000)).toBe(1);
      redis.publish = publish;
      expect(await store.releaseDue(4999)).toBe(0);
      expect(await store.releaseDue(5000)).toBe(1);
      expect(await store.releaseDue(9999)).toBe(0);
    } finally {
      redis.disconnect();
    }
  });
});

const itemFor = (user: string): DeliveryItem<Part> => ({
  id: 'x#0',
  userId: `service/${user}`,
  part: { type: 'text', text: 'kept', options: [] },
  at: 0,
  mayRepeat: true,
  isNotice: false,
  phone: null,
  state: 'queued',
  reason: null,
  route: null,
  uncertainSends: 0,
  failures: 0,
  sentWith: null,
  dueAt: 0,
});
