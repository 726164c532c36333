import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import WechatCrypto from 'wechat-crypto';
import { newItem } from '../../../src/channels/delivery/delivery-item';
import { userIdOf, type WechatAccount } from '../../../src/channels/wechat/account';
import { signatureOf } from '../../../src/channels/wechat/signature';
import { conversationIdOf } from '../../../src/channels/wechat/webhook';
import { writeXml } from '../../../src/channels/wechat/xml';
import { createConversationTurn } from '../../../src/turns/conversation/conversation-turn';
import { upcastState } from '../../../src/turns/upcast';
import { smallContent } from '../../support/conversation';
import { shippedPolicies } from '../../support/policies';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { until } from '../../support/turns';
import { startWechatHost, type WechatHost } from './host';
import { readSeen, scriptedTurn } from './scripted-turn';

const wechatCrypto = ({ token, encodingAesKey = '', appId }: WechatAccount) => {
  const oracle = new WechatCrypto(token, encodingAesKey, appId);
  return {
    encrypt: (xml: string) => oracle.encrypt(xml),
    decrypt: (text: string) => oracle.decrypt(text).message,
    sign: (first: string, second: string, third: string, ...rest: string[]) =>
      getSignature(first, second, third, rest[0] ?? ''),
  };
};
const wecomCrypto = ({ encodingAesKey = '', appId }: WechatAccount) => ({
  encrypt: (xml: string) => encrypt(encodingAesKey, xml, appId),
  decrypt: (text: string) => decrypt(encodingAesKey, text).message,
  sign: (first: string, second: string, third: string, ...rest: string[]) =>
    getSignature(first, second, third, rest[0] ?? ''),
});

let server: RedisServer;
const hosts: WechatHost[] = [];
const start = async (options: Parameters<typeof startWechatHost>[1] = {}) => {
  const host = await startWechatHost(server.url, options);
  hosts.push(host);
  return host;
};
let users = 0;
const newUser = () => `o-user-${++users}`;
const shown = (host: WechatHost, user: string) =>
  host.wechat.customers
    .find(user)
    .lines.filter(({ from }) => from === 'account')
    .map(({ text, route }) => `${route}: ${text}`);

beforeAll(async () => {
  server = await startRedisServer();
});
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
});
afterAll(() => server.stop());

describe('a message of WeChat', () => {
  it.each([
    ['plain', wechatCrypto],
    ['compatible', wechatCrypto],
    ['safe', wechatCrypto],
    ['compatible', wecomCrypto],
    ['safe', wecomCrypto],
  ] as const)('is answered passively in %s mode, as the oracles read it', async (mode, codec) => {
    const host = await start({ account: { mode }, codec });
    const user = newUser();
    await host.wechat.act(user, { type: 'text', text: 'say 您好|还有' });
    await until(() => shown(host, user).length === 2);
    expect(shown(host, user)).toEqual(['passive: 您好', 'api: 还有']);
  });

  it('is answered by API when its turn takes longer than the budget, with typing meanwhile', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const turn = scriptedTurn();
    const host = await start({
      budgetMs: 150,
      turn: {
        ...turn,
        run: async (input) => {
          if (input.entry.activity.type === 'message') await gate;
          return turn.run(input);
        },
      },
    });
    const user = newUser();
    await host.wechat.act(user, { type: 'text', text: 'say late' });
    await until(() => host.wechat.customers.find(user).isTyping);
    expect(shown(host, user)).toEqual([]);
    release();
    await until(() => shown(host, user).length === 1);
    expect(shown(host, user)).toEqual(['api: late']);
    expect(host.wechat.customers.find(user).isTyping).toBe(false);
  });

  it('shows that an agent writes, by one call for many keys, until what they wrote is there', async () => {
    const host = await start();
    const user = newUser();
    await host.wechat.act(user, { type: 'text', text: 'say hello' });
    await until(() => shown(host, user).length === 1);
    const typing = jest.spyOn(host.sender.api, 'typing');
    const customer = host.wechat.customers.find(user);
    const at = conversationIdOf(host.account.name, user);
    for (let key = 0; key < 5; key += 1) host.showTyping(at, userIdOf(host.account.name, user));
    await until(() => customer.isTyping);
    host.showTyping(at, userIdOf(host.account.name, user));
    await host.wechat.act(user, { type: 'text', text: 'say written' });
    await until(() => shown(host, user).length === 2);
    expect(customer.isTyping).toBe(false);
    expect(typing).toHaveBeenCalledTimes(1);
  });

  it('gets the stored bytes when it is sent again, and never a second turn', async () => {
    const host = await start();
    const user = newUser();
    const xml = writeXml(host.wechat.fieldsOf(user, { type: 'text', text: 'say once' }));
    const bodies = await Promise.all([1, 2, 3, 4].map(() => host.wechat.caller.attempt(xml)));
    expect(new Set(bodies).size).toBe(1);
    expect(host.wechat.caller.read(bodies[0] ?? '')?.Content).toBe('once');
    const again = await host.wechat.caller.attempt(xml);
    expect(again).toBe(bodies[0]);
    const state = await host.node.store.readState(conversationIdOf('service', user));
    expect(readSeen(state).texts.filter((text) => text === 'say once')).toHaveLength(1);
  });

  it('that was answered with success stays so: what is said later never goes out with its retry', async () => {
    const host = await start({ budgetMs: 1500 });
    const user = newUser();
    const conversationId = conversationIdOf('service', user);
    host.wechat.customers.grant(user, 'message');
    const xml = writeXml(host.wechat.fieldsOf(user, { type: 'text', text: 'silent' }));
    expect(await host.wechat.caller.attempt(xml)).toBe('success');
    const rules = { at: 1, mayRepeat: true, isNotice: false, phone: null };
    const part = { type: 'text' as const, text: 'later', options: [] };
    const item = newItem({ id: 'later#0', userId: `service/${user}`, part, ...rules });
    await host.sender.deliveries.enqueue(conversationId, [item]);
    const again = host.wechat.caller.attempt(xml);
    await host.sender.deliveries.release(conversationId, Date.now());
    expect(await again).toBe('success');
    await until(() => shown(host, user).length === 1);
    expect(shown(host, user)).toEqual(['api: later']);
  });

  it('is answered at once when there is nothing to say', async () => {
    const host = await start({ budgetMs: 20_000, cutMs: 30_000 });
    const began = Date.now();
    const delivered = await host.wechat.caller.deliver(
      host.wechat.fieldsOf(newUser(), { type: 'text', text: 'silent' }),
    );
    expect(delivered).toEqual({ tries: 1, reply: null, hasFailed: false });
    expect(Date.now() - began).toBeLessThan(5000);
  });

  it('gets no answer while Redis is down, and is taken when WeChat sends it again', async () => {
    const own = await startRedisServer();
    const host = await startWechatHost(own.url);
    try {
      const user = newUser();
      const xml = writeXml(host.wechat.fieldsOf(user, { type: 'text', text: 'say back' }));
      await own.kill();
      expect(await host.wechat.caller.attempt(xml)).toBeNull();
      await own.restart();
      await until(async () => {
        const body = await host.wechat.caller.attempt(xml);
        return body !== null && host.wechat.caller.read(body)?.Content === 'back';
      }, 20_000);
    } finally {
      await host.stop();
      await own.stop();
    }
  });

  it('is refused when it is signed for another message', async () => {
    const host = await start({ account: { mode: 'plain' } });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const query = new URLSearchParams({
      timestamp,
      nonce: 'n',
      signature: signatureOf(host.account.token, timestamp, 'n'),
    });
    const post = (text: string) =>
      fetch(`${host.base}/wechat/service?${query}`, {
        method: 'POST',
        body: writeXml(host.wechat.fieldsOf('o-x', { type: 'text', text })),
      });
    expect((await post('say one')).status).toBe(200);
    expect((await post('say two')).status).toBe(403);
    expect((await fetch(`${host.base}/wechat/other?${query}`)).status).toBe(404);
  });

  it('greets the first contact before it is answered, once', async () => {
    const host = await start();
    const user = newUser();
    await host.wechat.act(user, { type: 'text', text: 'say a' });
    await host.wechat.act(user, { type: 'text', text: 'say b' });
    const state = readSeen(await host.node.store.readState(conversationIdOf('service', user)));
    expect(state.texts).toEqual(['conversationUpdate', 'say a', 'say b']);
  });
});

describe("WeChat's own customer-service client", () => {
  const wechatTurn = () =>
    createConversationTurn({
      timeZone: 'Asia/Shanghai',
      policies: shippedPolicies,
      pickContent: () => smallContent(),
    });

  it('gets the customer who wants a human, and takes and ends the conversation as an agent does', async () => {
    const host = await start({ turn: wechatTurn(), account: { handoff: 'wechat' } });
    const user = newUser();
    const conversationId = conversationIdOf('service', user);
    const send = (text: string) =>
      host.wechat.caller.deliver(host.wechat.fieldsOf(user, { type: 'text', text }));
    const owner = async () => upcastState(await host.node.store.readState(conversationId))?.ownership;
    await send('人工');
    await until(async () => (await send('在吗')).reply?.MsgType === 'transfer_customer_service');
    const session = (Event: string) =>
      host.wechat.caller.deliver({
        ToUserName: 'gh',
        FromUserName: user,
        CreateTime: Math.floor(Date.now() / 1000),
        MsgType: 'event',
        Event,
        KfAccount: 'kf2001@service',
      });
    await session('kf_create_session');
    await until(async () => (await owner())?.owner === 'human');
    expect(await owner()).toMatchObject({ agentId: 'wechat:kf2001@service' });
    await session('kf_close_session');
    await until(async () => (await owner())?.owner === 'wrap-up');
  });
});
