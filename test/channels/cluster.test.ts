import { conversationIdOf } from '../../src/channels/wechat/webhook';
import { conversationIdOf as kfConversationIdOf } from '../../src/channels/wecom/account';
import { startRedisCluster } from '../support/redis-server';
import { until } from '../support/turns';
import { startPushHost } from './app-push/host';
import { startReceiver } from './app-push/receiver';
import { startWechatHost } from './wechat/host';
import { KF_ID, startWecomHost } from './wecom/host';

const USERS = Array.from({ length: 8 }, (_, i) => `o-cluster-${i}`);

/** A fault for every third send. */
const everyThird = () => {
  let sends = 0;
  return () => (++sends % 3 === 0 ? ('reset-after-send' as const) : null);
};

describe('on a cluster of three masters', () => {
  let cluster: Awaited<ReturnType<typeof startRedisCluster>>;
  beforeAll(async () => {
    cluster = await startRedisCluster();
  });
  afterAll(() => cluster.stop());

  it('WeChat answers passively and by API, and sends what was held', async () => {
    const message = { sends: 1, windowSeconds: 1000 };
    const host = await startWechatHost(cluster.url, { budgetMs: 1500, account: { message } });
    try {
      await Promise.all(USERS.map((user) => host.wechat.act(user, { type: 'text', text: 'say 1|2|3|4' })));
      for (const user of USERS) {
        const items = () => host.sender.deliveries.readAll(conversationIdOf('service', user));
        // However many went together: what could not go is held.
        await until(async () => {
          const states = (await items()).map(({ state }) => state);
          return states.length === 4 && states.every((state) => state === 'sent' || state === 'held');
        });
        await host.wechat.act(user, { type: 'text', text: 'silent' });
        await until(async () => (await items()).filter(({ state }) => state === 'sent').length === 4);
        const { lines } = host.wechat.customers.find(user);
        const shown = lines.filter(({ from }) => from === 'account').map(({ text }) => text);
        expect(shown.join('\n\n')).toBe('1\n\n2\n\n3\n\n4');
      }
    } finally {
      await host.stop();
    }
  });

  it('WeCom fetches behind its cursor and shows each reply once', async () => {
    const host = await startWecomHost(cluster.url, { pageLimit: 3, faults: everyThird() });
    try {
      for (const user of USERS) host.wecom.put(user, { type: 'text', text: 'say a|b' });
      await host.wecom.callBack();
      for (const externalUserId of USERS) {
        const id = kfConversationIdOf({ account: 'kf', openKfId: KF_ID, externalUserId });
        const items = () => host.sender.deliveries.readAll(id);
        await until(async () => (await items()).filter(({ state }) => state === 'sent').length === 2);
        const { lines } = host.wecom.customers.find(externalUserId);
        expect(lines.map(({ text }) => text)).toEqual(['a', 'b']);
      }
    } finally {
      await host.stop();
    }
  });

  it('the app is pushed to, and what was read is taken back', async () => {
    const receiver = await startReceiver();
    const host = await startPushHost(cluster.url, receiver.url);
    try {
      await Promise.all(USERS.map((user) => host.say(user, 'hello')));
      await until(() => USERS.every((user) => receiver.takenIn(user).length === 1));
      await Promise.all(USERS.map((user) => host.read(user)));
      const events = (user: string) => receiver.takenIn(user).map(({ event }) => event);
      await until(() => USERS.every((user) => events(user).length === 2));
      for (const user of USERS) expect(events(user)).toEqual(['message', 'withdraw']);
    } finally {
      await host.stop();
      await receiver.stop();
    }
  });
});
