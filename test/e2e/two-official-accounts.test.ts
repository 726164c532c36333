import { type WechatAccount, wechatAccountSchema } from '../../src/channels/wechat/account';
import { registerServerApi } from '../../src/channels/wechat/routes-simulator';
import { createSimulatedWechat } from '../../src/channels/wechat/simulator/simulated-wechat';
import { createHttpServer, listen } from '../../src/http/server';
import { startTestApp, type TestApp } from '../support/app';
import { until } from '../support/turns';
import { readCode } from '../support/wechat-customer';

const NUMBER = /[FIC]\d{6}[0-9A-Z]{9}/;
const NAMES = ['service', 'news', 'partner'] as const;

/** Official accounts on simulated servers of WeChat: two of one open platform, and one of another. */
describe('one person on two official accounts of an operator', () => {
  const servers = createHttpServer();
  let app: TestApp;
  let accounts: WechatAccount[];
  let phones: ReturnType<typeof createSimulatedWechat>[];

  beforeAll(async () => {
    const base = `http://127.0.0.1:${await listen(servers, '127.0.0.1', 0)}`;
    accounts = NAMES.map((name) =>
      wechatAccountSchema.parse({
        name,
        appId: `wx-${name}`,
        appSecret: `secret-of-${name}`,
        token: `token-of-${name}`,
        mode: 'plain',
        openPlatform: name === 'partner' ? 'partner' : 'operator',
        apiBase: `${base}/${name}`,
      }),
    );
    app = await startTestApp({ WECHAT_ACCOUNTS: JSON.stringify(accounts) });
    phones = accounts.map((account) => {
      const webhookUrl = () => `${app.url}/wechat/${account.name}`;
      const wechat = createSimulatedWechat({
        account,
        webhookUrl,
        fetch,
        clock: Date.now,
        faults: () => null,
      });
      registerServerApi(servers, `/${account.name}`, wechat);
      return wechat;
    });
  }, 60_000);
  afterAll(async () => {
    await app.stop();
    servers.server.closeAllConnections();
    await new Promise<void>((resolve) => servers.close(() => resolve()));
  });

  const phoneOf = (name: (typeof NAMES)[number]) => {
    const phone = phones[NAMES.indexOf(name)];
    if (!phone) throw new Error(name);
    return phone;
  };

  /** Writes to an account; answers what came since, once a line of it fits. */
  async function ask(name: (typeof NAMES)[number], user: string, text: string, answer: RegExp) {
    const { customers, act } = phoneOf(name);
    const linesOf = () =>
      customers.find(user).lines.flatMap(({ from, text: line }) => (from === 'account' ? [line] : []));
    const before = linesOf().length;
    await act(user, { type: 'text', text });
    const fresh = () => linesOf().slice(before);
    await until(() => fresh().some((line) => answer.test(line)), 15_000).catch((error) => {
      throw new Error(`nothing like ${answer} on ${name}, but: ${JSON.stringify(fresh())}`, { cause: error });
    });
    return fresh().join('\n');
  }

  it('is known on the other account after a proof on one, and a stranger on another platform', async () => {
    const phone = '13800138004';
    await ask('news', 'somebody', '你好', /您好/);
    await ask('service', 'somebody', '我想绑定一下我的手机号', /请发您本人/);
    await ask('service', 'somebody', phone, /验证码发到/);
    await ask('service', 'somebody', await readCode(app.url, phone), /绑好了/);
    await ask('service', 'somebody', '我要投诉你们乱扣费', /哪项业务/);
    await ask('service', 'somebody', '九月份起每月多扣二十块，退给我', /希望/);
    await ask('service', 'somebody', '退费', /截图/);
    await ask('service', 'somebody', '没有', /可以吗/);
    const registered = await ask('service', 'somebody', '可以', NUMBER);
    const number = NUMBER.exec(registered)?.[0] ?? '';
    expect(number).not.toBe('');
    expect(await ask('news', 'somebody', '我的投诉到哪一步了', NUMBER)).toContain(number);
    expect(await ask('partner', 'somebody', '我的投诉到哪一步了', /单号|工单/)).not.toContain(number);
    expect(await ask('news', 'somebody-else', '我的投诉到哪一步了', /单号|工单/)).not.toContain(number);
  }, 90_000);
});
