import { ConnectionStatus, DirectLine } from 'botframework-directlinejs';
import { Pool } from 'pg';
import { WebSocket } from 'ws';
import {
  APP_SECRET,
  type Customer,
  callJson,
  openCustomer,
  signInFirstAdmin,
  startTestApp,
  type TestApp,
} from '../support/app';
import { until } from '../support/turns';
import { openWechatCustomer, readCode, type WechatCustomer } from '../support/wechat-customer';

/** The browser objects that the client library expects. */
Object.assign(globalThis, { WebSocket, XMLHttpRequest: require('xhr2') });

const NUMBER = /[FIC]\d{6}[0-9A-Z]{9}/;

describe('one customer on several channels', () => {
  let app: TestApp;
  let pool: Pool;
  const lines: DirectLine[] = [];
  beforeAll(async () => {
    app = await startTestApp();
    pool = new Pool({ connectionString: app.databaseUrl });
  }, 60_000);
  afterAll(async () => {
    for (const line of lines) line.end();
    await pool.end();
    await app.stop();
  });

  const ordersOf = async (phone: string) => {
    const { rows } = await pool.query('SELECT number, channel, address FROM work_orders WHERE phone = $1', [
      phone,
    ]);
    return rows;
  };

  /** The operator's app, with the client library that nobody here wrote. */
  async function openApp(userId: string, phone: string) {
    const made = await callJson('POST', `${app.url}/v3/directline/tokens/generate`, {
      token: APP_SECRET,
      body: { user: { id: userId }, customer: { phone, accounts: [] } },
    });
    const line = new DirectLine({
      domain: `${app.url}/v3/directline`,
      token: String(made.body.token),
      webSocket: true,
    });
    lines.push(line);
    const shown: { text: string; taps: string[] }[] = [];
    let heard = 0;
    line.activity$.subscribe({
      next: (activity) => {
        if (activity.type !== 'message' || activity.from.id !== 'bot') return;
        const taps = activity.suggestedActions?.actions.map(({ title }) => title ?? '') ?? [];
        shown.push({ text: activity.text ?? '', taps });
      },
      error: () => undefined,
    });
    line.connectionStatus$.subscribe({ next: () => ConnectionStatus.Online, error: () => undefined });
    const hear = async (words: RegExp) => {
      const findLine = () => shown.findIndex(({ text }, i) => i >= heard && words.test(text));
      await until(() => findLine() >= 0, 15_000).catch((error) => {
        throw new Error(`nothing like ${words} in the app, but: ${JSON.stringify(shown)}`, { cause: error });
      });
      const from = heard;
      heard = findLine() + 1;
      return shown.slice(from, heard);
    };
    return {
      hear,
      async ask(text: string, words: RegExp) {
        await new Promise<void>((resolve, reject) => {
          line
            .postActivity({ type: 'message', from: { id: userId }, text })
            .subscribe({ next: () => resolve(), error: reject });
        });
        return hear(words);
      },
    };
  }

  async function link(customer: Customer | WechatCustomer, phone: string): Promise<string> {
    await customer.ask('我想绑定一下我的手机号', /请发您本人/);
    await customer.ask(phone, /验证码发到/);
    return (await customer.ask(await readCode(app.url, phone), /绑好了/)).join(' ');
  }

  it('finishes in the app a fault report that was begun on WeChat', async () => {
    const phone = '13800138004';
    const wechat = openWechatCustomer(app.url, 'moves-1');
    const linked = await link(wechat, phone);
    expect(linked).toContain('陈*');
    expect(linked).not.toMatch(/陈静|13800138004/);
    await wechat.ask('家里宽带断网了，光猫红灯一直闪', /./);
    await wechat.ask('鼓楼区中山路18号3栋2单元501', /光纤/);

    const phoneApp = await openApp('app-moves-1', phone);
    const offered = await phoneApp.hear(/您在微信上有一个未完成的报修，继续吗/);
    expect(offered.at(-1)?.taps).toEqual(['接着办', '先不办', '另办一件']);
    const resumed = await phoneApp.ask('接着办', /光纤/);
    expect(resumed.map(({ text }) => text).join(' ')).toMatch(/我们接着办报修/);
    expect((await wechat.hear(/转到APP接着办/)).join(' ')).toContain('报修');
    const tested = await phoneApp.ask('没有', /哪个方便|哪个电话|可以吗/);
    const asked = tested.at(-1)?.text ?? '';
    const before = /哪个方便/.test(asked) ? await phoneApp.ask('第一个', /138\*\*\*\*8004 可以吗/) : tested;
    expect(before.at(-1)?.text).toMatch(/138\*\*\*\*8004 可以吗/);
    const done = await phoneApp.ask('可以', NUMBER);
    const number = NUMBER.exec(done.map(({ text }) => text).join(' '))?.[0] ?? '';
    expect(await ordersOf(phone)).toMatchObject([{ number, channel: 'app' }]);
    // Back on WeChat the report is over, and its order is the customer's there too.
    const progress = await wechat.ask('我的报修到哪一步了', NUMBER);
    expect(progress.join(' ')).toContain(number);
  }, 90_000);

  it('finishes in the app what was begun on the web, and shows its orders there', async () => {
    const phone = '13912345678';
    const web = await openCustomer(app.url);
    await link(web, phone);
    await web.ask('想装个宽带', /小区|路名/);
    await web.ask('翠屏国际城7幢2单元301', /./);
    const customer = { phone, accounts: [] };
    const own = await openCustomer(app.url, { secret: APP_SECRET, user: { id: 'app-web' }, customer });
    await own.hear(/您在网页上有一个未完成的装宽带，继续吗/);
    await own.ask('继续', /我们接着办装宽带/);
    await web.hear(/装宽带转到APP接着办/);
    const stranger = await openCustomer(app.url, {
      secret: APP_SECRET,
      user: { id: 'app-stranger' },
      customer: { phone: '13700137001', accounts: [] },
    });
    await stranger.ask('你好', /./);
    expect((await stranger.all()).map(({ text }) => text).join(' ')).not.toContain('未完成');
  }, 90_000);

  it('leaves it where it is when the customer wants to, and does not ask again', async () => {
    const phone = '13912340001';
    const web = await openCustomer(app.url);
    await link(web, phone);
    await web.ask('想装个宽带', /小区|路名/);
    const request = { secret: APP_SECRET, user: { id: 'app-leaves' }, customer: { phone, accounts: [] } };
    const own = await openCustomer(app.url, request);
    await own.hear(/未完成的装宽带/);
    await own.ask('先不办', /留着/);
    await own.ask('你好', /./);
    const offers = (await own.all()).filter(({ text }) => /未完成/.test(text));
    expect(offers).toHaveLength(1);
    await web.ask('翠屏国际城7幢2单元301', /./);
  }, 60_000);

  it('discloses nothing before the proof, and nothing after the link has ended', async () => {
    const phone = '13912340002';
    const web = await openCustomer(app.url);
    await link(web, phone);
    await web.ask('我要投诉，上个月多扣了我20块', /哪项业务/);
    await web.ask('九月开始的，视频彩铃我没开过', /希望/);
    await web.ask('退钱', /截图/);
    await web.ask('没有', /可以吗/);
    const done = await web.ask('可以', NUMBER);
    const number = NUMBER.exec(done.join(' '))?.[0] ?? '';
    const wechat = openWechatCustomer(app.url, 'discloses-1');
    const before = (await wechat.ask('我的投诉处理得怎么样了', /单号/)).join(' ');
    expect(before).not.toContain(number);
    await wechat.ask('算了', /./);
    await link(wechat, phone);
    expect((await wechat.ask('我的投诉处理得怎么样了', NUMBER)).join(' ')).toContain(number);
    await wechat.ask('帮我解绑手机号', /解绑哪里/);
    await wechat.ask('只解绑这里', /这里解绑了/);
    expect((await wechat.ask('我的投诉处理得怎么样了', /单号/)).join(' ')).not.toContain(number);
  }, 90_000);

  it('shows agents by what the customer is verified and which channels are linked, masked', async () => {
    const phone = '13912340003';
    const web = await openCustomer(app.url);
    const linked = await link(web, phone);
    expect(linked).toContain('139****0003');
    const cookie = await signInFirstAdmin(app);
    const { body } = await callJson('GET', `${app.url}/agent/conversations/${web.conversationId}`, {
      cookie,
    });
    expect(body.verified).toMatchObject({ by: 'one-time-code', phone: '139****0003' });
    expect(body.linkedChannels).toMatchObject([{ channel: 'web' }]);
    expect(JSON.stringify(body.customer)).not.toContain(phone);
  }, 60_000);
});
