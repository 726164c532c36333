import { readDeliveries } from '../../../src/channels/delivery/delivery-view';
import { createDeadLetters } from '../../../src/turns/dead-letters';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { until } from '../../support/turns';
import { type HostOptions, type PushHost, SHARDS, startPushHost } from './host';
import { type Receiver, startReceiver } from './receiver';

let redis: RedisServer;
let receiver: Receiver;
const hosts: PushHost[] = [];
let conversations = 0;
const newConversation = () => `dl-push-${++conversations}`;

async function start(options: HostOptions = {}): Promise<PushHost> {
  const host = await startPushHost(redis.url, receiver.url, options);
  hosts.push(host);
  return host;
}

const taken = (id: string, count: number) => until(() => receiver.takenIn(id).length >= count);
const viewOf = async (host: PushHost, id: string) => [
  ...(await readDeliveries([host.appPush.pushes], id)).values(),
];
/** Nothing is left to do in a conversation. */
const isAtRest = async (host: PushHost, id: string) => {
  const { record } = await host.appPush.pushes.look(id);
  return (
    record.owedTo > 0 &&
    record.push === null &&
    record.items.every(({ state }) => state === 'sent' || state === 'not-delivered')
  );
};
const rest = (host: PushHost, id: string) => until(() => isAtRest(host, id));
/** Somebody else, who was told later, has been pushed to: so the time of all before is over. */
async function otherIsPushed(host: PushHost): Promise<void> {
  const other = newConversation();
  await host.say(other, 'other');
  await taken(other, 1);
}

beforeAll(async () => {
  redis = await startRedisServer();
});
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
  await receiver.stop();
});
afterAll(() => redis.stop());

describe('a reply that nobody reads', () => {
  it('is pushed, signed, with what the app needs to show it', async () => {
    const host = await start();
    const id = newConversation();
    await host.say(id, 'hello|there', { locale: 'en-GB' });
    await taken(id, 1);
    const [arrived] = receiver.arrivedIn(id);
    expect(arrived?.push).toMatchObject({
      event: 'message',
      conversationId: id,
      userId: 'customer-1',
      sequence: 1,
      count: 2,
      title: 'Customer service',
      text: 're: there',
      locale: 'en',
      link: { conversationId: id, orderNumber: null },
    });
    expect(arrived?.headers).toMatchObject({
      'idempotency-key': arrived?.push.key,
      'content-type': 'application/json; charset=utf-8',
    });
    await rest(host, id);
    expect(await viewOf(host, id)).toEqual([{ state: 'sent', reason: 'pushed', mayBeDouble: false }]);
  });

  it('names the work order that it is about, in the language of the session', async () => {
    const host = await start();
    const id = newConversation();
    await host.tell(id, 'F2611250000000A1');
    await taken(id, 1);
    expect(receiver.takenIn(id)[0]).toMatchObject({
      title: '在线客服',
      link: { orderNumber: 'F2611250000000A1' },
    });
  });

  it('is pushed without words where the operator wants none', async () => {
    const host = await start({ settings: { APP_PUSH_TEXT: 'none' } });
    const id = newConversation();
    await host.say(id, 'private');
    await taken(id, 1);
    expect(receiver.takenIn(id)[0]).toMatchObject({ title: '在线客服', text: null, count: 1 });
  });

  it('is signed by the secret before as well, while that is good', async () => {
    const other = await startReceiver('secret-before-it-was-changed');
    const settings = { APP_PUSH_URL: other.url, APP_PUSH_SECRET_BEFORE: 'secret-before-it-was-changed' };
    const host = await start({ settings });
    const id = newConversation();
    await host.say(id, 'hello');
    await until(() => other.takenIn(id).length === 1);
    expect(other.state.unsigned).toBe(0);
    await other.stop();
  });
});

describe('a customer who is there', () => {
  it('gets no push over a stream on another node', async () => {
    const [here, there] = await Promise.all([start(), start()]);
    const id = newConversation();
    await here.say(id, 'silent');
    await until(async () => (await here.node.store.channelOf(id)) !== null);
    const socket = await there.connect(id);
    await here.say(id, 'one');
    await here.say(id, 'two');
    await until(async () => (await here.appPush.pushes.look(id)).read === 2);
    await otherIsPushed(here);
    expect(receiver.arrivedIn(id)).toEqual([]);
    socket.terminate();
    await here.say(id, 'three');
    await taken(id, 1);
    expect(receiver.takenIn(id)).toMatchObject([{ count: 1, text: 're: three' }]);
  });

  it('gets no push when a GET has passed it in time', async () => {
    const host = await start({ settings: { APP_PUSH_WAIT_MS: '1500' } });
    const id = newConversation();
    await host.say(id, 'one');
    await until(async () => (await host.read(id)).activities.length === 1);
    await otherIsPushed(host);
    expect(receiver.arrivedIn(id)).toEqual([]);
  });

  it('whose phone stopped answering is pushed to, though the socket looks open', async () => {
    const host = await start();
    const id = newConversation();
    await host.say(id, 'silent');
    await until(async () => (await host.node.store.channelOf(id)) !== null);
    // As long as the node that had it said that it lived, and no longer.
    await host.appPush.pushes.enter(id, 'a node that died', 400);
    await host.say(id, 'one');
    await taken(id, 1);
    expect((await host.appPush.pushes.look(id)).isReaderHere).toBe(false);
  });
});

describe('several messages', () => {
  it('that wait are one push, with the newest text and their count', async () => {
    const host = await start({ settings: { APP_PUSH_WAIT_MS: '1000' } });
    const id = newConversation();
    for (const text of ['one', 'two', 'three']) await host.say(id, text);
    await taken(id, 1);
    await rest(host, id);
    expect(receiver.arrivedIn(id).map(({ push }) => push)).toMatchObject([{ count: 3, text: 're: three' }]);
  });

  it('that come while one is refused replace it', async () => {
    const host = await start({ random: () => 0.9 });
    const id = newConversation();
    receiver.meet(id, { type: 'status', status: 503 });
    await host.say(id, 'one');
    await until(() => receiver.arrivedIn(id).length === 1);
    await host.say(id, 'two');
    await taken(id, 1);
    const [first, second] = receiver.arrivedIn(id).map(({ push }) => push);
    expect(second).toMatchObject({ count: 2, text: 're: two', collapseKey: first?.collapseKey, sequence: 2 });
    expect(second?.key).not.toBe(first?.key);
  });

  it('that come while one may have arrived wait until that is known', async () => {
    const host = await start();
    const id = newConversation();
    receiver.meet(id, { type: 'hang' });
    await host.say(id, 'one');
    await until(() => receiver.arrivedIn(id).length === 1);
    await host.say(id, 'two');
    await taken(id, 2);
    const bodies = receiver.arrivedIn(id).map(({ body }) => body);
    expect(bodies[1]).toBe(bodies[0]);
    expect(receiver.takenIn(id)).toMatchObject([
      { count: 1, text: 're: one' },
      { count: 2, text: 're: two' },
    ]);
  });

  it('after one that was pushed are counted together with it', async () => {
    const host = await start();
    const id = newConversation();
    await host.say(id, 'one');
    await taken(id, 1);
    await host.say(id, 'two');
    await taken(id, 2);
    expect(receiver.takenIn(id)).toMatchObject([{ count: 1 }, { count: 2, sequence: 2 }]);
  });
});

describe('a receiver that fails', () => {
  it.each([
    ['hangs after it took the push', { type: 'hang' }, 'timeout'],
    ['closes the connection instead of an answer', { type: 'close' }, 'ECONNRESET'],
    ['says 500', { type: 'status', status: 500 }, 'http-500'],
  ] as const)('and %s leaves it uncertain until it answers', async (_what, fault, reason) => {
    const host = await start({ random: () => 0.9 });
    const id = newConversation();
    receiver.meet(id, fault);
    await host.say(id, 'one');
    await until(async () => (await viewOf(host, id))[0]?.state === 'uncertain');
    expect(await viewOf(host, id)).toMatchObject([{ state: 'uncertain', reason }]);
    await rest(host, id);
    const [first, second] = receiver.arrivedIn(id);
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
    expect(receiver.takenIn(id)).toHaveLength(1);
    expect(await viewOf(host, id)).toMatchObject([{ state: 'sent', reason: 'pushed' }]);
  });

  it.each([{ type: 'half' }, { type: 'twice' }, { type: 'huge' }, { type: 'slow', ms: 100 }] as const)(
    'but says yes ($type) is believed',
    async (fault) => {
      const host = await start();
      const id = newConversation();
      receiver.meet(id, fault);
      await host.say(id, 'one');
      await rest(host, id);
      expect(receiver.arrivedIn(id)).toHaveLength(1);
      expect(await viewOf(host, id)).toMatchObject([{ state: 'sent', reason: 'pushed' }]);
    },
  );

  it('and asks for a pause gets it', async () => {
    let now = Date.now();
    const host = await start({ clock: () => now });
    const id = newConversation();
    receiver.meet(id, { type: 'status', status: 429, headers: { 'Retry-After': '3600' } });
    await host.say(id, 'one');
    await until(async () => {
      now += 100;
      return (
        receiver.arrivedIn(id).length === 1 && (await host.appPush.pushes.look(id)).record.failures === 1
      );
    });
    const { notBefore } = (await host.appPush.pushes.look(id)).record;
    expect(notBefore - now).toBeGreaterThan(3590_000);
    now = notBefore - 1;
    // Somebody else's push shows that the clock of the node has been looked at.
    const other = newConversation();
    await host.say(other, 'two');
    await until(async () => (await host.appPush.pushes.look(other)).record.owedTo > 0);
    expect(await host.appPush.pushes.due(now)).not.toContain(id);
    now = notBefore;
    await taken(id, 1);
    expect(receiver.arrivedIn(id)).toHaveLength(2);
  });

  it.each([
    ['refuses', { type: 'status', status: 400 }, 'http-400'],
    ['redirects', { type: 'status', status: 307, headers: { Location: 'http://127.0.0.1:1/' } }, 'http-307'],
  ] as const)(
    'and %s is not asked again; the push is kept as a dead letter, for another try',
    async (_w, fault, reason) => {
      const host = await start();
      const id = newConversation();
      receiver.meet(id, fault);
      await host.say(id, 'one');
      await until(async () => (await viewOf(host, id))[0]?.state === 'not-delivered');
      expect(await viewOf(host, id)).toMatchObject([{ state: 'not-delivered', reason }]);
      const letters = createDeadLetters({
        redis: host.redis,
        shards: SHARDS,
        accept: host.node.store.accept,
        clock: Date.now,
      });
      const [letter] = (await letters.list()).filter(({ conversationId }) => conversationId === id);
      expect(letter?.letter.reason).toBe(`the app push (message) was given up after 1 sends: ${reason}`);
      expect(JSON.stringify(letter)).not.toContain('re: one');
      await letters.retry(letter?.id ?? '');
      await taken(id, 1);
      await rest(host, id);
      expect(receiver.arrivedIn(id)).toHaveLength(2);
      expect(await viewOf(host, id)).toMatchObject([{ state: 'sent' }]);
    },
  );

  it('for too long is given up, and says so', async () => {
    let now = Date.now();
    const host = await start({ clock: () => now, settings: { APP_PUSH_MAX_AGE_MINUTES: '1' } });
    const id = newConversation();
    receiver.state.fault = () => ({ type: 'status', status: 503 });
    await host.say(id, 'one');
    await until(async () => {
      now += 500;
      return (await viewOf(host, id))[0]?.state === 'not-delivered';
    });
    expect(await viewOf(host, id)).toMatchObject([{ reason: 'http-503' }]);
    expect(receiver.arrivedIn(id).length).toBeGreaterThan(3);
    expect(new Set(receiver.arrivedIn(id).map(({ push }) => push.key)).size).toBe(1);
  });
});

describe('what was read elsewhere', () => {
  it('is withdrawn once, under the same collapse key', async () => {
    const host = await start();
    const id = newConversation();
    await host.say(id, 'one');
    await taken(id, 1);
    await rest(host, id);
    const { watermark } = await host.read(id);
    await taken(id, 2);
    const [message, withdraw] = receiver.takenIn(id);
    expect(withdraw).toEqual({
      event: 'withdraw',
      key: expect.not.stringMatching(message?.key ?? ''),
      conversationId: id,
      userId: 'customer-1',
      collapseKey: message?.collapseKey,
      sequence: 2,
      createdAt: expect.any(String),
      count: 0,
    });
    await host.read(id, watermark);
    await host.say(id, 'two');
    await taken(id, 3);
    expect(receiver.takenIn(id)[2]).toMatchObject({ event: 'message', count: 1, sequence: 3 });
  });

  it('is withdrawn when it is read over a stream', async () => {
    const host = await start();
    const id = newConversation();
    await host.say(id, 'one');
    await taken(id, 1);
    const socket = await host.connect(id);
    await taken(id, 2);
    socket.terminate();
    expect(receiver.takenIn(id)[1]).toMatchObject({ event: 'withdraw' });
  });

  it('is dropped when it was not pushed yet', async () => {
    const host = await start({ random: () => 0.9 });
    const id = newConversation();
    receiver.meet(id, { type: 'status', status: 503 });
    await host.say(id, 'one');
    await until(async () => (await host.appPush.pushes.look(id)).record.failures === 1);
    await host.read(id);
    await until(async () => (await viewOf(host, id))[0]?.reason === 'read');
    await until(async () => (await host.appPush.pushes.look(id)).record.push === null);
    const other = newConversation();
    await host.say(other, 'later');
    await taken(other, 1);
    expect(receiver.arrivedIn(id)).toHaveLength(1);
  });

  it('is withdrawn when it may have arrived', async () => {
    const host = await start({ random: () => 0.9 });
    const id = newConversation();
    receiver.meet(id, { type: 'hang' });
    await host.say(id, 'one');
    await until(async () => (await viewOf(host, id))[0]?.state === 'uncertain');
    await host.read(id);
    await until(() => receiver.takenIn(id).some(({ event }) => event === 'withdraw'));
    expect(receiver.arrivedIn(id).map(({ push }) => push.event)).toEqual(['message', 'withdraw']);
  });
});

describe('in quiet hours', () => {
  /** 23:50 in Shanghai. */
  const NIGHT = Date.parse('2026-11-24T15:50:00Z');
  const MORNING = Date.parse('2026-11-25T00:00:00Z');
  const settings = { APP_PUSH_QUIET_HOURS: '21:00-08:00', APP_PUSH_ANSWER_MINUTES: '5' };
  let now = NIGHT;
  const clock = () => now;
  beforeEach(() => {
    now = NIGHT;
  });

  it('news is held over midnight, and is one push at their end', async () => {
    const host = await start({ clock, settings });
    const id = newConversation();
    await host.tell(id, 'F1');
    await until(async () => {
      now += 50;
      return (await viewOf(host, id))[0]?.state === 'held';
    });
    expect(await viewOf(host, id)).toMatchObject([{ state: 'held', reason: 'quiet-hours' }]);
    now = Date.parse('2026-11-24T16:20:00Z');
    await host.tell(id, 'F2');
    await until(async () => {
      now += 50;
      return (await viewOf(host, id)).filter(({ state }) => state === 'held').length === 2;
    });
    now = MORNING - 1;
    await until(async () => (await host.appPush.pushes.due(MORNING)).includes(id));
    expect(receiver.arrivedIn(id)).toEqual([]);
    now = MORNING;
    await taken(id, 1);
    expect(receiver.takenIn(id)).toMatchObject([{ count: 2, link: { orderNumber: 'F2' } }]);
  });

  it('an answer goes out at once, and takes along what was held', async () => {
    const host = await start({ clock, settings });
    const id = newConversation();
    await host.tell(id, 'F1');
    await until(async () => {
      now += 50;
      return (await viewOf(host, id))[0]?.state === 'held';
    });
    await host.say(id, 'is it fixed?');
    await until(() => {
      now += 50;
      return receiver.takenIn(id).length === 1;
    });
    expect(receiver.takenIn(id)).toMatchObject([{ count: 2, text: 're: is it fixed?' }]);
  });

  it('danger is never held', async () => {
    const host = await start({ clock, settings: { ...settings, APP_PUSH_ANSWER_MINUTES: '0' } });
    const [danger, other] = [newConversation(), newConversation()];
    await host.say(other, 'a pole');
    await host.say(danger, 'a pole on fire');
    await until(async () => {
      now += 50;
      return (await viewOf(host, other))[0]?.state === 'held' && receiver.takenIn(danger).length === 1;
    });
    expect(receiver.arrivedIn(other)).toEqual([]);
  });
});
