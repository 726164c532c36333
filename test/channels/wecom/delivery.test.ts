import type { Item } from '../../../src/channels/wechat/next-move';
import type { Fault } from '../../../src/channels/wechat/simulator/faults';
import { conversationIdOf } from '../../../src/channels/wecom/account';
import { messageIdOf } from '../../../src/channels/wecom/confirm';
import { sendBody } from '../../../src/channels/wecom/send-body';
import { shardKeys, shardOf } from '../../../src/turns/keys';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { until } from '../../support/turns';
import { KF_ID, SHARDS, startWecomHost, type WecomHost } from './host';

let server: RedisServer;
const hosts: WecomHost[] = [];
let users = 0;
let accounts = 0;
const newUser = () => `wm-user-${++users}`;

/** One host at a time works off the commands; each has an account of its own. */
async function start(options: Parameters<typeof startWecomHost>[1] = {}) {
  await Promise.all(hosts.splice(0).map((former) => former.stop()));
  const account = { name: `out-${++accounts}`, ...options.account };
  const host = await startWecomHost(server.url, { ...options, account });
  hosts.push(host);
  return host;
}

/** Meets each send with the next of these faults. */
const inTurn = (...faults: (Fault | null)[]) => {
  const left = [...faults];
  return () => left.shift() ?? null;
};

const conversationOf = (host: WecomHost, user: string) =>
  conversationIdOf({ account: host.account.name, openKfId: KF_ID, externalUserId: user });

const shown = (host: WecomHost, user: string) =>
  host.wecom.customers
    .find(user)
    .lines.filter(({ from }) => from === 'account')
    .map(({ text, route, options }) => [route, text, ...options].join(' | '));

const itemsOf = async (host: WecomHost, user: string): Promise<Item[]> =>
  (await host.sender.deliveries.readAll(conversationOf(host, user))).sort(
    (a, b) => a.at - b.at || a.id.localeCompare(b.id),
  );

const statesOf = async (host: WecomHost, user: string) =>
  (await itemsOf(host, user)).map(({ state, reason }) => (reason ? `${state}: ${reason}` : state));

const say = (host: WecomHost, user: string, text: string) => host.wecom.act(user, { type: 'text', text });

/** Waits until nothing of a conversation is on its way any more, and nobody works at it. */
const settled = (host: WecomHost, user: string, count: number) =>
  until(async () => {
    const items = await itemsOf(host, user);
    const isDone = ({ state }: Item) => ['sent', 'held', 'not-delivered', 'uncertain'].includes(state);
    if (items.length !== count || !items.every(isDone)) return false;
    const { outbox } = shardKeys(shardOf(conversationOf(host, user), SHARDS));
    return (await host.node.redis.xlen(outbox)) === 0;
  }, 20_000);

beforeAll(async () => {
  server = await startRedisServer();
});
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
});
afterAll(() => server.stop());

describe('what replies look like on WeCom', () => {
  it('is text, and a menu to tap', async () => {
    const host = await start();
    const user = newUser();
    await say(host, user, 'say 您好');
    await say(host, user, 'ask 哪一个？|今天|明天');
    await settled(host, user, 2);
    expect(shown(host, user)).toEqual(['api | 您好', 'api | 哪一个？ | 今天 | 明天']);
  });

  it('is numbered text where a menu is refused, and uses up no further send', async () => {
    const host = await start({ canShowMenu: false });
    const user = newUser();
    await say(host, user, 'ask 哪一个？|今天|明天');
    await settled(host, user, 1);
    expect(shown(host, user)).toEqual(['api | 哪一个？\n1. 今天\n2. 明天']);
    const { left } = await host.sender.deliveries.waiting(conversationOf(host, user), Date.now());
    expect(left).toBe(4);
  });

  it('is numbered text for what a menu cannot hold, and a line to tap for a page', () => {
    const text = { type: 'text' as const, text: 'x', options: ['a', 'b'] };
    const at = { canShowMenu: true, mediaId: null };
    expect(sendBody(text, at)).toMatchObject({ msgtype: 'msgmenu' });
    for (const part of [
      { ...text, text: '网'.repeat(342) },
      { ...text, options: ['网'.repeat(43)] },
      { ...text, options: Array.from({ length: 11 }, (_, i) => String(i)) },
    ]) {
      expect(sendBody(part, at)).toMatchObject({ msgtype: 'text' });
    }
    const page = { type: 'news' as const, title: 't', description: 'd', url: 'https://x', picture: '' };
    expect(sendBody(page, at)).toMatchObject({
      msgmenu: { head_content: 't\nd', list: [{ type: 'view', view: { url: 'https://x', content: 't' } }] },
    });
    expect(sendBody(page, { ...at, canShowMenu: false })).toMatchObject({
      text: { content: 't\nd\nhttps://x' },
    });
  });
});

describe('a send whose outcome nobody knows', () => {
  it.each<Fault>(['timeout-after-send', 'reset-after-send', 'busy'])(
    'is sent again by the same id after %s, and shown once: answers and confirmations alike',
    async (fault) => {
      const host = await start({ faults: inTurn(fault, fault, null, fault), callTimeoutMs: 500 });
      const user = newUser();
      await say(host, user, 'say answer');
      await settled(host, user, 1);
      await say(host, user, 'order 1');
      await settled(host, user, 2);
      expect(shown(host, user)).toEqual(['api | answer', 'api | re: order 1']);
      expect(await itemsOf(host, user)).toMatchObject([
        { state: 'sent', uncertainSends: 0 },
        { state: 'sent', uncertainSends: 0 },
      ]);
      expect(host.wecom.api.counts().doubles).toBe(3);
      // What was sent again has used up one send.
      const { left } = await host.sender.deliveries.waiting(conversationOf(host, user), Date.now());
      expect(left).toBe(4);
    },
  );

  it('is known to have arrived when WeCom refuses the double by its code', async () => {
    const host = await start({ faults: inTurn('busy'), doubles: 95_999, account: { doubleCodes: [95_999] } });
    const user = newUser();
    await say(host, user, 'order 1');
    await settled(host, user, 1);
    expect(shown(host, user)).toEqual(['api | re: order 1']);
    expect(await statesOf(host, user)).toEqual(['sent']);
  });

  it('stays uncertain when WeCom refuses it the second time', async () => {
    const host = await start({ faults: inTurn('busy', 'quota') });
    const user = newUser();
    await say(host, user, 'order 1');
    await settled(host, user, 1);
    expect(await statesOf(host, user)).toEqual(['uncertain: quota']);
  });

  it('is what it is on WeChat where doubles are not dropped', async () => {
    const host = await start({ faults: inTurn('busy'), account: { dropsDoubles: false } });
    const user = newUser();
    await say(host, user, 'order 1');
    await settled(host, user, 1);
    expect(await statesOf(host, user)).toEqual(['uncertain: busy']);
  });

  it('goes again with what it went with, though more may be sent by then', async () => {
    const host = await start({
      faults: inTurn(null, 'reset-after-send'),
      account: { message: { sends: 1, windowSeconds: 1000 } },
    });
    const user = newUser();
    await say(host, user, 'say 1|2|3');
    await settled(host, user, 3);
    // What was held goes as one message; before it goes again the customer writes, and one more may be sent.
    await say(host, user, 'silent');
    await until(async () => (await itemsOf(host, user)).some(({ uncertainSends }) => uncertainSends > 0));
    await say(host, user, 'say 4');
    await settled(host, user, 4);
    expect(shown(host, user)).toEqual(['api | 1', 'api | 2\n\n3', 'api | 4']);
  });
});

describe('every error code of WeCom', () => {
  it.each<[Fault, string[], number]>([
    ['expired-token', ['sent'], 1],
    ['quota', ['held: quota'], 0],
    ['window', ['not-delivered: window'], 0],
    ['api-quota', ['held: account-paused'], 0],
    ['no-permission', ['not-delivered: no-permission'], 0],
  ])('%s has its action', async (fault, states, messages) => {
    const host = await start({ faults: inTurn(fault) });
    const user = newUser();
    await say(host, user, 'say hello');
    await settled(host, user, 1);
    expect(await statesOf(host, user)).toEqual(states);
    expect(shown(host, user)).toHaveLength(messages);
  });

  it.each([
    [2, 'not-delivered: served-by-human'],
    [3, 'not-delivered: served-by-human'],
    [4, 'not-delivered: window'],
  ])('a session in state %i is asked for and told', async (state, outcome) => {
    const host = await start({
      turn: undefined,
      faults: () => {
        host.wecom.api.setState('wm-state', state);
        return null;
      },
    });
    await say(host, 'wm-state', 'say hello');
    await settled(host, 'wm-state', 1);
    expect(await statesOf(host, 'wm-state')).toEqual([outcome]);
  });

  it('a message that WeCom could not deliver afterwards is not delivered', async () => {
    const host = await start();
    const user = newUser();
    await say(host, user, 'say hello');
    await settled(host, user, 1);
    const [item] = await itemsOf(host, user);
    const event = { event_type: 'msg_send_fail', fail_msgid: messageIdOf(item?.id ?? ''), fail_type: 10 };
    host.wecom.putEvent(user, { ...event, fail_msgid: 'of-another' });
    host.wecom.putEvent(user, event);
    await host.wecom.callBack();
    await until(async () => (await statesOf(host, user))[0] === 'not-delivered: refused-by-customer');
  });
});

describe('quota and window on WeCom', () => {
  it('holds what is beyond five, and sends it merged with the next message', async () => {
    const host = await start();
    const user = newUser();
    await say(host, user, 'say 1|2|3|4|5|6|7|8');
    await settled(host, user, 8);
    expect(await statesOf(host, user)).toEqual([...Array(5).fill('sent'), ...Array(3).fill('held: quota')]);
    await say(host, user, 'silent');
    await until(async () => (await statesOf(host, user)).every((state) => state === 'sent'));
    expect(shown(host, user)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `api | ${n}`));
  });

  it('lets what is held go as a text message at the end of the window, else says that it did not arrive', async () => {
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
});

/** Greets whoever comes, as the shipped content does. */
const greeted = (host: WecomHost, user: string) => {
  const conversationId = conversationOf(host, user);
  return host.sender.deliveries.enqueue(conversationId, [
    {
      id: `greet-${user}#0`,
      userId: `${host.account.name}/${KF_ID}/${user}`,
      part: { type: 'text', text: '您好', options: [] },
      at: Date.now(),
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
    },
  ]);
};

describe('a welcome', () => {
  /** Somebody has come in and is to be greeted. */
  async function welcome(host: WecomHost, user: string): Promise<void> {
    await host.wecom.act(user, { type: 'enter', scene: '' });
    const conversationId = conversationOf(host, user);
    await until(async () => (await host.sender.deliveries.welcomeCode(conversationId, Date.now())) !== null);
    await greeted(host, user);
    await host.sender.deliveries.release(conversationId, Date.now());
    await settled(host, user, 1);
  }

  it('goes with the code of the event, before the customer has written', async () => {
    const host = await start();
    const user = newUser();
    await welcome(host, user);
    expect(shown(host, user)).toEqual(['welcome | 您好']);
  });

  it('in doubt goes again with the same code, and is shown once', async () => {
    const host = await start({ faults: inTurn('reset-after-send') });
    const user = newUser();
    await welcome(host, user);
    expect(shown(host, user)).toEqual(['welcome | 您好']);
    expect(await statesOf(host, user)).toEqual(['sent']);
  });

  it('that WeCom refuses is the first thing that the customer reads when they write', async () => {
    const host = await start({ faults: inTurn('no-permission') });
    const user = newUser();
    await welcome(host, user);
    expect(await statesOf(host, user)).toEqual(['held: first-message']);
    await say(host, user, 'say answer');
    await settled(host, user, 2);
    expect(shown(host, user)).toEqual(['api | 您好', 'api | answer']);
  });
});
