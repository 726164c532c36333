import { createFindUnion } from '../../../src/channels/wechat/find-union';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { silent } from '../../support/turns';
import { startWechatHost, type WechatHost } from './host';

describe('asking WeChat which person somebody is', () => {
  let redis: RedisServer;
  let host: WechatHost;
  beforeAll(async () => {
    redis = await startRedisServer();
    host = await startWechatHost(redis.url, { account: { openPlatform: 'operator' } });
  });
  afterAll(async () => {
    await host.stop();
    await redis.stop();
  });
  const find = (account = host.account) =>
    createFindUnion({ accounts: new Map([[account.name, account]]), api: host.sender.api, log: silent });
  const user = (openId: string) => `${host.account.name}/${openId}`;

  it('answers the same for the same user, with the name of the open platform before it', async () => {
    const one = await find()(user('o1'));
    expect(one).toMatch(/^operator\/u.{27}$/);
    expect(await find()(user('o1'))).toBe(one);
    expect(await find()(user('o2'))).not.toBe(one);
  });

  it('knows nobody who does not follow the account', async () => {
    await host.wechat.act('o3', { type: 'unsubscribe' });
    expect(await find()(user('o3'))).toBeNull();
  });

  it('asks for nobody of an account without an open platform, or of no account', async () => {
    const { openPlatform: _, ...account } = host.account;
    expect(await find(account)(user('o1'))).toBeNull();
    expect(await find()('elsewhere/o1')).toBeNull();
  });

  it('knows nobody while WeChat refuses or cannot be reached', async () => {
    const wrong = { ...host.account, name: 'other', appSecret: 'wrong' };
    expect(await find(wrong)('other/o1')).toBeNull();
    const away = { ...host.account, name: 'away', apiBase: 'http://127.0.0.1:1' };
    expect(await find(away)('away/o1')).toBeNull();
  });
});
