import { createBotSender } from '../../../src/channels/bot-framework/channel';
import { conversationIdOf } from '../../../src/channels/bot-framework/references';
import type { DeliveryItem } from '../../../src/channels/delivery/delivery-item';
import { STATE_SCHEMA } from '../../../src/contract/conversation';
import { shardKeys, shardOf } from '../../../src/turns/keys';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { silent, until } from '../../support/turns';
import { type BotCustomer, type Cloud, createCustomer, type Fault, startCloud } from './cloud';
import { type BotHost, SHARDS, startBotHost } from './host';

let redis: RedisServer;
let cloud: Cloud;
let host: BotHost | null = null;
let conversations = 0;
let now = 0;

const newCustomer = (channelId = 'webchat') =>
  createCustomer(cloud, () => host?.url ?? '', { channelId, conversation: `send-${++conversations}` });

async function start(options: Parameters<typeof startBotHost>[2] = {}): Promise<BotHost> {
  await host?.stop();
  host = await startBotHost(redis.url, cloud.settings, options);
  return host;
}

/** Meets each send with the next of these faults. */
const meet = (...faults: (Fault | null)[]) => {
  cloud.state.faults = () => faults.shift() ?? null;
};

const itemsOf = (at: BotHost, { conversation }: BotCustomer, channelId = 'webchat') =>
  at.sender.deliveries.readAll(conversationIdOf(channelId, conversation));

const outcomes = (items: DeliveryItem[]) =>
  items
    .sort((a, b) => a.at - b.at || a.id.localeCompare(b.id))
    .map(({ state, reason, uncertainSends }) => ({ state, reason, uncertainSends }));

const settled = (at: BotHost, customer: BotCustomer, count: number) =>
  until(async () => {
    const items = await itemsOf(at, customer);
    const isDone = ({ state }: DeliveryItem) => ['sent', 'not-delivered', 'uncertain'].includes(state);
    return items.length === count && items.every(isDone);
  });

beforeAll(async () => {
  redis = await startRedisServer();
  cloud = await startCloud();
});
beforeEach(() => {
  now = Date.now();
  meet();
});
afterAll(async () => {
  await host?.stop();
  await cloud.stop();
  await redis.stop();
});

describe('replies', () => {
  it('go out in order, as answers to the activity, with the token of the bot', async () => {
    const at = await start();
    const customer = newCustomer();
    await customer.say('say one|two|three');
    await settled(at, customer, 3);
    const seen = cloud.seenIn(customer.conversation);
    expect(seen.map(({ activity }) => activity.text)).toEqual(['one', 'two', 'three']);
    expect(seen[0]).toMatchObject({
      replyTo: `${customer.conversation}-1`,
      token: expect.stringMatching(/^token-/),
      activity: {
        type: 'message',
        textFormat: 'plain',
        channelId: 'webchat',
        from: { id: 'bot-1', role: 'bot' },
        recipient: { id: 'u1' },
        conversation: { id: customer.conversation },
      },
    });
    expect(seen[0]?.activity).not.toHaveProperty('suggestedActions');
  });

  it('go to the service that the customer was last heard from', async () => {
    const at = await start();
    const customer = newCustomer();
    await customer.say('silent');
    const id = conversationIdOf('webchat', customer.conversation);
    expect(await at.sender.references.read(id)).toMatchObject({ serviceUrl: cloud.url });
    const moved = `${cloud.url}/`;
    await customer.post(
      customer.next({ type: 'message', text: 'say moved', serviceUrl: moved }),
      await cloud.sign({ serviceurl: moved }),
    );
    await settled(at, customer, 1);
    expect(await at.sender.references.read(id)).toMatchObject({ serviceUrl: moved });
    expect(cloud.textsIn(customer.conversation)).toEqual(['moved']);
  });

  it('with a token that has been refused are sent with a new one, once', async () => {
    const at = await start();
    const customer = newCustomer();
    await customer.say('say first');
    await settled(at, customer, 1);
    const made = cloud.state.tokensMade;
    cloud.state.valid.clear();
    await customer.say('say second');
    await settled(at, customer, 2);
    expect(cloud.textsIn(customer.conversation)).toEqual(['first', 'second']);
    expect(cloud.state.tokensMade).toBe(made + 1);
  });
});

describe('a connector that', () => {
  it.each<[string, Fault]>([
    ['is busy (429)', { status: 429, retryAfter: '30' }],
    ['is down (503)', { status: 503, retryAfter: '30' }],
  ])('%s is left alone for as long as it asks, and nothing overtakes', async (_name, fault) => {
    const at = await start({ clock: () => now });
    const customer = newCustomer();
    meet(fault);
    await customer.say('say one|two');
    await until(async () => (await itemsOf(at, customer)).some(({ state }) => state === 'waiting'));
    now += 29_000;
    await at.sender.deliveries.release(conversationIdOf('webchat', customer.conversation), now);
    const { outbox } = shardKeys(shardOf(conversationIdOf('webchat', customer.conversation), SHARDS));
    await until(async () => (await at.redis.xlen(outbox)) === 0);
    expect(cloud.textsIn(customer.conversation)).toEqual([]);
    now += 1500;
    await settled(at, customer, 2);
    expect(cloud.textsIn(customer.conversation)).toEqual(['one', 'two']);
    expect(outcomes(await itemsOf(at, customer))).toEqual([
      { state: 'sent', reason: null, uncertainSends: 0 },
      { state: 'sent', reason: null, uncertainSends: 0 },
    ]);
  });

  it.each<Fault>([
    'timeout-after-send',
    'reset-after-send',
    { status: 500 },
    { status: 502 },
    { slowMs: 700 },
  ])('fails with %j leaves doubt: an answer goes out again, a confirmation does not', async (fault) => {
    const at = await start({ callTimeoutMs: 400 });
    const customer = newCustomer();
    meet(fault);
    await customer.say('say answer');
    await settled(at, customer, 1);
    expect(outcomes(await itemsOf(at, customer))).toEqual([
      { state: 'sent', reason: null, uncertainSends: 1 },
    ]);
    const other = newCustomer();
    meet(fault);
    await other.say('order 1');
    await settled(at, other, 1);
    expect(outcomes(await itemsOf(at, other))).toEqual([
      { state: 'uncertain', reason: expect.any(String), uncertainSends: 1 },
    ]);
    const isShown = !(typeof fault === 'object' && 'status' in fault);
    expect(cloud.textsIn(customer.conversation)).toEqual(isShown ? ['answer', 'answer'] : ['answer']);
    expect(cloud.textsIn(other.conversation)).toEqual(isShown ? ['re: order 1'] : []);
  });

  it.each([400, 403, 404, 413])(
    'refuses (%d) is not asked again, and what follows still goes out',
    async (status) => {
      const at = await start();
      const customer = newCustomer();
      meet({ status });
      await customer.say('say one|two');
      await settled(at, customer, 2);
      expect(outcomes(await itemsOf(at, customer)).map(({ state, reason }) => [state, reason])).toEqual([
        ['not-delivered', `http-${status}`],
        ['sent', null],
      ]);
      expect(cloud.textsIn(customer.conversation)).toEqual(['two']);
    },
  );

  it('cannot be reached for a day is given up, and says why', async () => {
    const at = await start({ clock: () => now });
    const customer = newCustomer();
    cloud.state.faults = () => ({ status: 503 });
    await customer.say('say late');
    await until(async () => (await itemsOf(at, customer)).some(({ state }) => state === 'waiting'));
    now += 25 * 3600_000;
    await settled(at, customer, 1);
    expect(outcomes(await itemsOf(at, customer))).toEqual([
      { state: 'not-delivered', reason: 'http-503', uncertainSends: 0 },
    ]);
  });
});

describe('a service that is no longer trusted', () => {
  it('gets neither the reply nor the token', async () => {
    const at = await start();
    const customer = newCustomer();
    await customer.say('silent');
    const id = conversationIdOf('webchat', customer.conversation);
    const reference = await at.sender.references.read(id);
    if (!reference) throw new Error('there is a reference');
    const verdict = await at.sender.connector?.send(
      { ...reference, serviceUrl: 'https://evil.example/' },
      { type: 'message', text: 'x' },
    );
    expect(verdict).toEqual({ type: 'final', reason: 'service-not-trusted' });
  });
});

describe('a channel that was switched off', () => {
  it('leaves what was still to be sent undelivered, with the reason', async () => {
    const at = await start();
    const customer = newCustomer();
    await customer.say('silent');
    const conversationId = conversationIdOf('webchat', customer.conversation);
    const off = createBotSender({
      redis: at.redis,
      shards: SHARDS,
      settings: null,
      fetch,
      signFile: (id) => id,
      readContext: async () => null,
      clock: Date.now,
      log: silent,
    });
    await off.handlers['bot-framework.deliver']?.run({
      schema: STATE_SCHEMA,
      id: 'late',
      conversationId,
      channel: 'bot-framework',
      operation: 'bot-framework.deliver',
      args: {
        activity: { type: 'message', text: 'late', from: { id: 'bot' } },
        mayRepeat: true,
        isNotice: true,
        replyTo: null,
      },
      at: 1,
      asker: { userId: 'u', phone: null, accounts: [] },
      timeoutMs: null,
      replyTo: null,
    });
    expect(outcomes(await itemsOf(at, customer)).map(({ state, reason }) => [state, reason])).toEqual([
      ['not-delivered', 'channel-off'],
    ]);
  });
});
