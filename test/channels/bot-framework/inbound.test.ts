import { conversationIdOf } from '../../../src/channels/bot-framework/references';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { until } from '../../support/turns';
import { readSeen } from '../wechat/scripted-turn';
import { type BotCustomer, type Cloud, createCustomer, startCloud } from './cloud';
import { type BotHost, startBotHost } from './host';

let redis: RedisServer;
let cloud: Cloud;
let host: BotHost;
let conversations = 0;
const newCustomer = (options: Parameters<typeof createCustomer>[2] = {}) =>
  createCustomer(cloud, () => host.url, { conversation: `in-${++conversations}`, ...options });

const idOf = ({ conversation }: BotCustomer, channelId = 'webchat') =>
  conversationIdOf(channelId, conversation);
const seenIn = async (customer: BotCustomer, channelId?: string) =>
  readSeen(await host.node.store.readState(idOf(customer, channelId)));
const logOf = async (customer: BotCustomer) =>
  (await host.node.store.readLog(idOf(customer), 0, 50)).map(({ activity }) => activity);

beforeAll(async () => {
  // botbuilder writes to the console whatever token it refuses.
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  redis = await startRedisServer();
  cloud = await startCloud();
  host = await startBotHost(redis.url, cloud.settings);
});
afterAll(async () => {
  await host.stop();
  await cloud.stop();
  await redis.stop();
  jest.restoreAllMocks();
});

describe('a message', () => {
  it('makes one turn, however often and at once it is delivered', async () => {
    const customer = newCustomer();
    const activity = customer.next({ type: 'message', text: 'say once' });
    const answers = await Promise.all(Array.from({ length: 4 }, () => customer.post(activity)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await until(() => cloud.textsIn(customer.conversation).length > 0);
    expect((await customer.post(activity)).status).toBe(200);
    expect((await seenIn(customer)).texts.filter((text) => text === 'say once')).toHaveLength(1);
    expect(cloud.textsIn(customer.conversation)).toEqual(['once']);
  });

  it('is told from one with the same id in another conversation or channel', async () => {
    const webchat = newCustomer();
    const teams = newCustomer({ channelId: 'msteams', conversation: webchat.conversation });
    const other = newCustomer();
    for (const customer of [webchat, teams, other]) {
      await customer.send({ type: 'message', text: 'say same', id: 'same-id' });
    }
    await until(async () => cloud.textsIn(other.conversation).length === 1);
    await until(async () => cloud.textsIn(webchat.conversation).length === 2);
    expect((await seenIn(teams, 'msteams')).texts).toContain('say same');
  });

  it('without an id is a message each time', async () => {
    const customer = newCustomer();
    for (let n = 0; n < 2; n += 1) await customer.send({ type: 'message', text: 'say again', id: undefined });
    await until(async () => cloud.textsIn(customer.conversation).length === 2);
  });

  it('keeps the order of arrival, whatever its ids', async () => {
    const customer = newCustomer();
    for (const id of ['9', '1', '5']) await customer.send({ type: 'message', text: `say ${id}`, id });
    await until(async () => cloud.textsIn(customer.conversation).length === 3);
    expect(cloud.textsIn(customer.conversation)).toEqual(['9', '1', '5']);
  });

  it('is masked before anything is stored', async () => {
    const customer = newCustomer();
    await customer.say('my secret');
    expect((await logOf(customer))[0]).toMatchObject({
      text: 'my [x]',
      from: { id: 'webchat/u1', role: 'user' },
    });
    await customer.send({ type: 'event', name: 'page.seen', value: { note: ['secret'] } });
    await until(async () => (await seenIn(customer)).seen.length === 3);
    const keys = await host.redis.keys('*');
    const stored = await Promise.all(keys.map((key) => host.redis.dump(key)));
    expect(stored.some((value) => value?.includes('secret'))).toBe(false);
    expect(JSON.stringify(host.node.records)).not.toContain('secret');
  });

  it('is refused with Retry-After when a customer sends too many, and those before it are answered', async () => {
    const own = await startBotHost(redis.url, cloud.settings, { limits: { userRatePerMinute: 3 } });
    const customer = createCustomer(cloud, () => own.url, { conversation: 'too-many', user: 'hasty' });
    // The greeting is one of the three.
    const answers = [];
    for (const n of [1, 2, 3]) answers.push(await customer.say(`say ${n}`));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(Number(answers[2]?.headers.get('retry-after'))).toBeGreaterThan(0);
    await until(() => cloud.textsIn('too-many').length === 2);
    await own.stop();
  });
});

describe('the greeting', () => {
  const joined = (...ids: string[]) => ({
    type: 'conversationUpdate',
    membersAdded: ids.map((id) => ({ id })),
  });
  const startsOf = async (customer: BotCustomer, channelId?: string) =>
    (await seenIn(customer, channelId)).texts.filter((text) => text === 'conversationUpdate').length;

  it('is for the customer, once, and not for the bot itself', async () => {
    const customer = newCustomer();
    await customer.send(joined('bot-1'));
    expect(await host.node.store.channelOf(idOf(customer))).toBeNull();
    await customer.send(joined('bot-1', 'u1'));
    await customer.send(joined('u1'));
    await customer.say('say hello');
    await until(() => cloud.textsIn(customer.conversation).length === 1);
    expect(await startsOf(customer)).toBe(1);
  });

  it('comes before the answer to whoever writes without having been announced', async () => {
    const customer = newCustomer();
    await customer.say('say hello');
    await until(() => cloud.textsIn(customer.conversation).length === 1);
    expect((await seenIn(customer)).texts).toEqual(['conversationUpdate', 'say hello']);
  });

  it('comes with the installation of the bot, and its removal is a customer who left', async () => {
    const customer = newCustomer({ channelId: 'msteams' });
    const personal = { conversation: { id: customer.conversation, conversationType: 'personal' } };
    await customer.send({ type: 'installationUpdate', action: 'add', ...personal });
    await customer.send({ type: 'installationUpdate', action: 'remove', ...personal });
    await until(async () => (await seenIn(customer, 'msteams')).texts.length === 2);
    expect((await seenIn(customer, 'msteams')).texts).toEqual(['conversationUpdate', 'event']);
  });
});

describe('a customer to whom an agent writes', () => {
  it('sees that somebody does, once for many keys', async () => {
    const customer = newCustomer();
    await customer.say('say hello');
    await until(() => cloud.textsIn(customer.conversation).length === 1);
    for (let key = 0; key < 5; key += 1) host.showTyping(idOf(customer));
    const typings = () =>
      cloud.shown.filter(
        ({ conversationId, activity }) =>
          conversationId === customer.conversation && activity.type === 'typing',
      );
    await until(() => typings().length > 0);
    await customer.say('say bye');
    await until(() => cloud.textsIn(customer.conversation).length === 2);
    expect(typings()).toHaveLength(1);
  });
});

describe('whatever else the channel posts', () => {
  it.each(['typing', 'messageReaction', 'messageUpdate', 'trace', 'contactRelationUpdate', 'of-tomorrow'])(
    '%s is acknowledged and comes to nothing',
    async (type) => {
      const customer = newCustomer();
      expect((await customer.send({ type })).status).toBe(200);
      expect(await host.node.store.channelOf(idOf(customer))).toBeNull();
    },
  );

  it('invoke is answered 501, as nothing here can be invoked', async () => {
    const customer = newCustomer();
    const { status, body } = await customer.send({ type: 'invoke', name: 'adaptiveCard/action', value: {} });
    expect(status).toBe(501);
    expect(body).toMatchObject({ error: { code: 'NotImplemented' } });
  });

  it('an event is recorded, and one that only our own parts may send is refused', async () => {
    const customer = newCustomer();
    expect((await customer.send({ type: 'event', name: 'page.seen' })).status).toBe(200);
    await until(async () => (await seenIn(customer)).texts.includes('event'));
    for (const name of ['agent.claim', 'order.changed', 'call.result', 'timer.due', 'session.give']) {
      expect((await customer.send({ type: 'event', name, value: {} })).status).toBe(400);
    }
  });

  it('handoff.status means nothing while our own agents serve', async () => {
    const customer = newCustomer();
    await customer.say('silent');
    expect(
      (await customer.send({ type: 'event', name: 'handoff.status', value: { state: 'accepted' } })).status,
    ).toBe(200);
    expect((await seenIn(customer)).texts).not.toContain('event');
  });

  it('what is said in a group is not answered: the others would read it', async () => {
    const customer = newCustomer({ channelId: 'msteams' });
    for (const conversation of [
      { id: customer.conversation, isGroup: true },
      { id: customer.conversation, conversationType: 'channel' },
    ]) {
      expect((await customer.send({ type: 'message', text: 'say hello', conversation })).status).toBe(200);
    }
    expect(await host.node.store.channelOf(idOf(customer, 'msteams'))).toBeNull();
  });
});

describe('attachments', () => {
  /** One pixel. */
  const picture = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );

  it('are fetched from the service with our token and kept before the message is accepted', async () => {
    const customer = newCustomer();
    const file = cloud.keepFile('picture.png', picture);
    await customer.send({
      type: 'message',
      attachments: [{ contentType: 'image/png', contentUrl: file.contentUrl, name: 'modem.png' }],
    });
    const [message] = await logOf(customer);
    expect(message?.attachments).toMatchObject([{ contentType: 'image/png', name: 'modem.png' }]);
    const id = message?.attachments?.[0]?.contentUrl?.replace('file:', '') ?? '';
    expect((await host.files.get(id)).bytes.length).toBeGreaterThan(0);
    expect(file.tokens()).toEqual([expect.stringMatching(/^Bearer token-/)]);
  });

  it('of another host are not asked for, with or without our token', async () => {
    const stranger = await startCloud();
    const file = stranger.keepFile('picture.png', picture);
    const customer = newCustomer();
    await customer.send({
      type: 'message',
      text: 'silent',
      attachments: [{ contentType: 'image/png', contentUrl: file.contentUrl }],
    });
    expect((await logOf(customer))[0]?.attachments).toEqual([
      { contentType: 'image/png', name: 'not fetched' },
    ]);
    expect(file.tokens()).toEqual([]);
    await stranger.stop();
  });

  it('that are no pictures, or gone, do not keep the words from arriving', async () => {
    const customer = newCustomer();
    const file = cloud.keepFile('run.exe', Buffer.from('MZ not a picture'));
    await customer.send({
      type: 'message',
      text: 'say arrived',
      attachments: [
        { contentType: 'image/png', contentUrl: file.contentUrl },
        { contentType: 'image/png', contentUrl: `${cloud.url}/gone.png` },
        { contentType: 'text/html', content: '<p>say arrived</p>' },
      ],
    });
    await until(() => cloud.textsIn(customer.conversation).includes('arrived'));
    expect((await logOf(customer))[0]?.attachments).toEqual([
      { contentType: 'image/png', name: 'unreadable' },
      { contentType: 'image/png', name: 'not fetched' },
    ]);
  });
});

describe('a body that does not fit', () => {
  const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });

  it.each<[string, Record<string, unknown>, number]>([
    ['text of 4001 characters', { text: 'x'.repeat(4001) }, 400],
    ['text that is a number', { text: 7 }, 400],
    ['no sender', { from: undefined }, 400],
    ['a sender that is a list', { from: [] }, 400],
    ['an id of 600 characters', { id: 'x'.repeat(600) }, 400],
    ['an id that is an object', { id: {} }, 400],
    ['a conversation that is a word', { conversation: 'c1' }, 400],
    ['a type that is null', { type: null }, 400],
    ['a channel with a slash', { channelId: 'web/chat' }, 401],
    ['attachments that are an object', { attachments: {} }, 400],
    ['eleven attachments', { attachments: Array.from({ length: 11 }, () => ({ contentType: 'x' })) }, 400],
    ['a value of 9 KB', { value: 'x'.repeat(9000) }, 400],
    ['objects in objects in objects', { value: deep(40) }, 400],
    ['a body of 300 KB', { channelData: 'x'.repeat(300_000) }, 413],
  ])('%s is refused with what is to be mended', async (_name, changed, expected) => {
    const customer = newCustomer();
    const { status, body } = await customer.send({ type: 'message', text: 'say x', ...changed });
    expect(status).toBe(expected);
    expect(body).toMatchObject({ error: { message: expect.any(String) } });
    expect(await host.node.store.channelOf(idOf(customer))).toBeNull();
  });

  it.each([
    ['no JSON', '{"type":', 400],
    ['a list', '[]', 401],
    ['a word', '"message"', 401],
    ['nothing', '', 401],
  ])('%s is refused', async (_name, body, status) => {
    const response = await fetch(`${host.url}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${await cloud.sign()}` },
      body,
    });
    expect(response.status).toBe(status);
  });

  it('keys of prototypes are refused', async () => {
    const customer = newCustomer();
    const activity = JSON.stringify(customer.next({ type: 'event', name: 'x', value: {} }));
    for (const body of [
      activity.replace('"value":{}', '"value":{"__proto__":{"isAdmin":true}}'),
      activity.replace('"value":{}', '"__proto__":{"isAdmin":true}'),
    ]) {
      const response = await fetch(`${host.url}/api/messages`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${await cloud.sign()}` },
        body,
      });
      expect(response.status).toBe(400);
    }
    expect({}).not.toHaveProperty('isAdmin');
  });
});

describe('while the store is away', () => {
  it('the channel is asked to send it again, and the message is taken then', async () => {
    const own = await startRedisServer();
    const away = await startBotHost(own.url, cloud.settings);
    const customer = createCustomer(cloud, () => away.url, { conversation: 'store-away' });
    await own.kill();
    const activity = customer.next({ type: 'message', text: 'say kept' });
    const refused = await customer.post(activity);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('2');
    await own.restart();
    await until(async () => (await customer.post(activity)).status === 200);
    await until(() => cloud.textsIn('store-away').length === 1);
    await away.stop();
    await own.stop();
  }, 30_000);
});
