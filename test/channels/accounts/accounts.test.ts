import { type AccountBook, openAccountBook } from '../../../src/channels/accounts/account-book';
import { registerChannelAccounts } from '../../../src/channels/accounts/routes';
import { type WechatAccount, wechatAccountSchema } from '../../../src/channels/wechat/account';
import type { AccountTrial, ChannelAccount, ChannelAccounts } from '../../../src/contract/channel-accounts';
import { createHttpServer, listen } from '../../../src/http/server';
import { connectDatabase, type Database } from '../../../src/records/database';
import { callJson } from '../../support/app';
import { addTestAccounts } from '../../support/content-node';
import { createTestDatabase } from '../../support/postgres';
import { guardByCookie } from '../../support/sign-in-as';
import { silent, until } from '../../support/turns';

const ADMIN = '00000000-0000-4000-8000-000000000001';
const DATA_KEY = 'data-key-of-the-tests-00';
const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const SECRETS = { appSecret: 'secret-of-the-shop', token: 'token-of-the-shop', encodingAesKey: AES_KEY };

const fixed = (): WechatAccount =>
  wechatAccountSchema.parse({
    ...{ name: 'main', appId: 'wx-main', appSecret: 'secret-of-main', token: 'token-of-main' },
    encodingAesKey: AES_KEY,
  });

describe('accounts of channels that admins set up', () => {
  let db: Database;
  let url = '';
  let book: AccountBook;
  let other: AccountBook;
  let onlyVendors = false;
  let trial: AccountTrial | null = { type: 'ok' };
  const server = createHttpServer();
  const open = (dataKey = DATA_KEY) =>
    openAccountBook({
      ...{ db, dataKey, log: silent },
      maps: { wechat: new Map([['main', fixed()]]), wecom: new Map() },
    });
  const call = async (method: string, path = '', body?: unknown, role = 'admin') => {
    const cookie = `bot_sign_in=${role}.${ADMIN}`;
    return callJson(method, `${url}/admin/channels${path}`, { cookie, body });
  };
  const list = async () => ((await call('GET')).body as unknown as ChannelAccounts).accounts;
  const find = async (name: string) => (await list()).find((account) => account.name === name);
  const change = (more: object = {}) => ({
    revision: null,
    isOn: true,
    settings: { appId: 'wx-shop' },
    secrets: SECRETS,
    ...more,
  });
  const revisionOf = async (name: string) => (await find(name))?.revision ?? null;

  beforeAll(async () => {
    db = connectDatabase(await createTestDatabase(), () => undefined);
    await addTestAccounts(db, { [ADMIN]: '管理员' });
    book = await open();
    other = await open();
    const deps = {
      ...{ db, book, dataKey: DATA_KEY, log: silent },
      tryAccount: async () => trial,
      others: () => [],
      baseUrl: () => 'https://bot.example',
      requirePermission: guardByCookie(() => url),
      clock: () => 1e12,
    };
    registerChannelAccounts(server, {
      ...deps,
      get onlyVendors() {
        return onlyVendors;
      },
    });
    url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`;
  });
  afterAll(async () => {
    await Promise.all([book.stop(), other.stop()]);
    server.server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await db.destroy();
  });

  it('serve on every node, and are read back without a secret', async () => {
    const { status, body } = await call('PUT', '/wechat/shop', change());
    expect(status).toBe(200);
    expect(book.maps.wechat.get('shop')).toMatchObject({ name: 'shop', appId: 'wx-shop', ...SECRETS });
    await until(() => other.maps.wechat.get('shop')?.appSecret === SECRETS.appSecret);
    const said = JSON.stringify([body, await list()]);
    for (const secret of [...Object.values(SECRETS), 'secret-of-main', 'token-of-main'])
      expect(said).not.toContain(secret);
    expect(await find('shop')).toMatchObject({
      ...{ vendor: 'wechat', setIn: 'page', isOn: true, fault: null, changedBy: '管理员', revision: 1 },
      callback: 'https://bot.example/wechat/shop',
      secrets: { appSecret: true, token: true, encodingAesKey: true },
      settings: { appId: 'wx-shop', mode: 'safe', handoff: 'desk' },
    });
    const [row] = await db.selectFrom('channel_accounts').selectAll().execute();
    for (const secret of Object.values(SECRETS)) expect(JSON.stringify(row)).not.toContain(secret);
    const acts = await db.selectFrom('audit').selectAll().where('action', 'like', 'channel.%').execute();
    expect(acts.map(({ action, subject, note }) => [action, subject, note])).toEqual([
      ['channel.change', 'channel:wechat/shop', null],
    ]);
  });

  it('keep the secrets that a change does not write, and take those that it does', async () => {
    const settings = { appId: 'wx-shop', handoff: 'wechat' };
    const revision = await revisionOf('shop');
    await call('PUT', '/wechat/shop', change({ revision, settings, secrets: { token: 'another-token' } }));
    expect(book.maps.wechat.get('shop')).toMatchObject({
      ...{ ...SECRETS, token: 'another-token', handoff: 'wechat' },
    });
  });

  it('are changed from the revision that was read only', async () => {
    const revision = await revisionOf('shop');
    const late = await call('PUT', '/wechat/shop', change({ revision: 1, settings: { appId: 'wx-late' } }));
    const twice = await call('PUT', '/wechat/shop', change());
    const gone = await call('DELETE', '/wechat/shop?revision=1');
    expect([late.status, twice.status, gone.status]).toEqual([409, 409, 409]);
    expect([await revisionOf('shop'), book.maps.wechat.get('shop')?.appId]).toEqual([revision, 'wx-shop']);
  });

  it('are refused when they do not make an account, and nothing is changed', async () => {
    const bad: [string, object][] = [
      ['/wechat/new', change({ secrets: { appSecret: 'only-this-one' } })],
      ['/wechat/new', change({ secrets: { appSecret: 'a', token: 'b' } })],
      ['/wechat/new', change({ secrets: { ...SECRETS, password: 'x' } })],
      ['/wechat/new', change({ settings: { appId: 'wx', appSecret: 'in the open' } })],
      ['/wechat/Not%20a%20name', change()],
      ['/sms/new', change()],
    ];
    for (const [path, body] of bad)
      expect([path, (await call('PUT', path, body)).status]).toEqual([path, 400]);
    expect((await call('PUT', '/wechat/main', change())).status).toBe(409);
    expect((await list()).map(({ name }) => name)).toEqual(['main', 'shop']);
    expect(book.maps.wechat.get('main')?.appSecret).toBe('secret-of-main');
  });

  it('send their secrets to the servers of the vendor only, where the server is in production', async () => {
    onlyVendors = true;
    const to = async (apiBase: string) =>
      (await call('PUT', '/wechat/far', change({ settings: { appId: 'wx', apiBase } }))).status;
    const statuses = await Promise.all(
      [
        'https://weixin.qq.com.example.com',
        'http://api.weixin.qq.com',
        'https://api.weixin.qq.com:8443',
        'https://me@api.weixin.qq.com',
        'http://127.0.0.1:6379',
      ].map(to),
    );
    expect(statuses).toEqual([400, 400, 400, 400, 400]);
    expect(await to('https://sh.api.weixin.qq.com/')).toBe(200);
    onlyVendors = false;
    await call('DELETE', `/wechat/far?revision=1`);
  });

  it('are for those only who may manage channels', async () => {
    const statusOf = async (method: string, path: string, role: string) =>
      (await call(method, path, method === 'PUT' ? change() : undefined, role)).status;
    for (const role of ['agent', 'supervisor', 'auditor'])
      for (const [method, path] of [
        ['GET', ''],
        ['PUT', '/wechat/shop'],
        ['DELETE', '/wechat/shop?revision=1'],
        ['POST', '/wechat/shop/try'],
      ] as const)
        expect([role, await statusOf(method, path, role)]).toEqual([role, 403]);
  });

  it('are tried with the vendor, which says by a code what is wrong', async () => {
    trial = { type: 'refused', code: 40164 };
    expect((await call('POST', '/wechat/shop/try')).body).toEqual({ type: 'refused', code: 40164 });
    trial = null;
    expect((await call('POST', '/wechat/shop/try')).status).toBe(404);
  });

  it('say so when another DATA_KEY has encrypted them, and take new secrets', async () => {
    const stranger = await open('another-data-key-0000000');
    const [row] = stranger.rows();
    expect(row && stranger.faultOf(row)).toBe('sealed');
    expect([...stranger.maps.wechat.keys()]).toEqual(['main']);
    await stranger.stop();
  });

  it('stop serving on every node when they are switched off or taken away', async () => {
    const off = change({ revision: await revisionOf('shop'), isOn: false, secrets: {} });
    expect((await call('PUT', '/wechat/shop', off)).status).toBe(200);
    expect(book.maps.wechat.has('shop')).toBe(false);
    await until(() => !other.maps.wechat.has('shop'));
    const on = change({ revision: await revisionOf('shop'), secrets: {} });
    await call('PUT', '/wechat/shop', on);
    expect(book.maps.wechat.get('shop')?.token).toBe('another-token');
    expect((await call('DELETE', `/wechat/shop?revision=${await revisionOf('shop')}`)).status).toBe(200);
    await until(() => !other.maps.wechat.has('shop'));
    expect((await list()).map(({ name }): ChannelAccount['name'] => name)).toEqual(['main']);
    expect([...other.maps.wechat.keys()]).toEqual(['main']);
  });

  it('take an account of WeCom by what WeCom needs', async () => {
    const settings = { corpId: 'ww-1', openKfIds: ['wk1'] };
    const secrets = { secret: 'secret-of-wecom', token: 'token-of-wecom', encodingAesKey: AES_KEY };
    expect((await call('PUT', '/wecom/help', change({ settings, secrets }))).status).toBe(200);
    expect(book.maps.wecom.get('help')).toMatchObject({ corpId: 'ww-1', pollSeconds: 60, ...secrets });
    expect((await call('PUT', '/wecom/none', change({ settings: { corpId: 'ww-1' }, secrets }))).status).toBe(
      400,
    );
  });
});
