import {
  APP_SECRET,
  callJson,
  openCustomer,
  signInFirstAdmin,
  startTestApp,
  type TestApp,
} from '../support/app';
import { until, untilHolds } from '../support/turns';
import { openWechatCustomer, readCode } from '../support/wechat-customer';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Tuesday, 24 November 2026, 10:00 in Shanghai: no quiet hours, whenever the test runs. */
const TUESDAY = Date.UTC(2026, 10, 24, 2);
const li = { id: '0518', name: '李强', phone: '13900000518' };
const numberIn = (lines: string[]): string => /[FIC]\d{6}[0-9A-Z]{9}/.exec(lines.join(' '))?.[0] ?? '';

describe('the three services on the whole server, with a clock that is moved', () => {
  let app: TestApp;
  let cookie = '';
  let ahead = TUESDAY - Date.now();
  let serial = 0;
  const now = () => Date.now() + ahead;
  beforeAll(async () => {
    app = await startTestApp({}, now);
    cookie = await signInFirstAdmin(app);
  }, 60_000);
  beforeEach(async () => {
    ahead = TUESDAY - Date.now();
    await signIn();
  });
  afterAll(() => app.stop());

  /** Signing in lasts twelve hours, of which a moved clock makes little. */
  async function signIn(): Promise<void> {
    const body = { login: 'admin@operator.example', password: 'correct horse battery' };
    cookie = (await callJson('POST', `${app.url}/accounts/sign-in`, { body })).cookie ?? cookie;
  }
  async function wait(ms: number): Promise<void> {
    ahead += ms;
    await signIn();
  }
  const agent = (method: string, path: string, body?: unknown) =>
    callJson(method, `${app.url}/agent${path}`, { cookie, body });
  const orderOf = async (number: string) => {
    const { body } = await agent('GET', `/orders/${number}`);
    const { order } = body as { order: { order: Record<string, unknown>; history: { reason: string }[] } };
    return order;
  };
  const versionOf = async (number: string) => Number((await orderOf(number)).order.version);
  async function move(number: string, to: string): Promise<void> {
    await until(async () => {
      const version = await versionOf(number);
      return (await agent('POST', `/orders/${number}/transition`, { to, version })).status === 200;
    });
  }
  /** Sends a technician; answers what they do on their page. */
  async function send(number: string) {
    let token = '';
    // A threshold that passes at this moment changes the order: then it is read again.
    await until(async () => {
      const sent = await agent('POST', `/orders/${number}/technician`, {
        version: await versionOf(number),
        technician: li,
      });
      token = String(sent.body.url).split('#')[1] ?? '';
      return sent.status === 200;
    });
    return async (told: object): Promise<void> => {
      serial += 1;
      const body = { key: `story-key-${serial}`, act: told };
      const done = await callJson('POST', `${app.url}/field/acts`, { token, body });
      expect(done).toMatchObject({ status: 200 });
    };
  }
  /** In the app a user always comes back to the same conversation. */
  const openApp = (id: string, phone: string) =>
    openCustomer(app.url, {
      secret: APP_SECRET,
      user: { id },
      customer: { phone, accounts: [] },
      resume: true,
    });
  /** Humans are on duty from now on. */
  const goOnDuty = () => agent('POST', '/presence', { status: 'online' });

  it("repairs a fault from the report to the customer's yes, at the second attempt", async () => {
    let customer = await openApp('story-fault', '13800138000');
    await customer.ask('家里宽带从昨晚就断了,光猫一直闪红灯', /光纤/);
    await customer.ask('没有', /-31 dBm.*哪个方便|哪个方便/);
    const asked = await customer.ask('第一个', /电话|可以吗/);
    expect(asked.join(' ')).toMatch(/138\*\*\*\*8000/);
    const number = numberIn(await customer.ask('可以', /F\d{6}/));
    expect((await orderOf(number)).order).toMatchObject({ kind: 'fault', status: 'registered' });

    const technician = await send(number);
    await technician({ type: 'accept' });
    await customer.hear(/李强师傅/);
    await wait(HOUR);
    // Tokens of the app live for half an hour.
    customer = await openApp('story-fault', '13800138000');
    await technician({ type: 'arrive' });
    await technician({ type: 'finish', cause: 'connector', reading: { type: 'optical', dbm: -21 } });
    await customer.hear(/登记为已修好.*不点头就不结单/);
    await customer.ask('还不行', /这单我不结/);
    await until(async () => (await orderOf(number)).order.status === 'in-progress');
    expect((await orderOf(number)).order).toMatchObject({ repeats: 1, priority: 'high' });

    await technician({ type: 'accept' });
    await technician({ type: 'arrive' });
    await technician({ type: 'finish', cause: 'drop-cable', reading: { type: 'optical', dbm: -19 } });
    await customer.hear(/登记为已修好/);
    await customer.ask('好了', /这单结了/);
    await until(async () => (await orderOf(number)).order.status === 'closed');
    await wait(31 * MINUTE);
    customer = await openApp('story-fault', '13800138000');
    await customer.hear(/几分|评|满意/);
    const reasons = (await orderOf(number)).history.map(({ reason }) => reason);
    expect(reasons).toEqual(
      expect.arrayContaining([
        'field:finished:connector',
        'not-solved',
        'field:finished:drop-cable',
        'confirmed',
      ]),
    );
  }, 90_000);

  it('installs a line over five days and three channels', async () => {
    const phone = '13800138004';
    // Tuesday, on WeChat: where, which plan, and no contract yet.
    const wechat = openWechatCustomer(app.url, 'story-install');
    await wechat.ask('我想绑定一下我的手机号', /请发您本人/);
    await wechat.ask(phone, /验证码发到/);
    await wechat.ask(await readCode(app.url, phone), /绑好了/);
    await wechat.ask('想装个宽带', /小区|路名/);
    await wechat.ask('翠屏国际城7幢2单元301', /选哪个/);
    await wechat.ask('500M', /合约 12 个月.*确认吗/);

    // Wednesday evening, in the app: goes on where it was left.
    await wait(DAY + 9 * HOUR);
    let own = await openApp('story-install', phone);
    await own.hear(/您在微信上有一个未完成的装宽带，继续吗/);
    await own.ask('继续', /确认吗/);
    await own.ask('确认', /哪个方便/);
    await own.ask('周六上午', /11月28日.*哪个方便/);
    await own.ask('第二个', /11月28日.*可以吗/);
    const number = numberIn(await own.ask('可以', /I\d{6}/));
    expect((await orderOf(number)).order).toMatchObject({ kind: 'installation' });

    // Friday, on the web: how it stands, for who has proved the phone.
    await wait(2 * DAY - 9 * HOUR);
    const web = await openCustomer(app.url);
    await web.ask(`${number} 到哪一步了`, /我查一下/);
    await web.ask('我想绑定一下我的手机号', /请发您本人/);
    await web.ask(phone, /验证码发到/);
    expect((await web.all()).map(({ text }) => text).join(' ')).not.toMatch(/翠屏|11月28日/);
    await web.ask(await readCode(app.url, phone), /绑好了/);
    expect((await web.ask('我的装机到哪一步了', /I\d{6}/)).join(' ')).toContain(number);

    // Saturday: the technician comes, and the app asks whether it works.
    await wait(DAY - HOUR);
    const technician = await send(number);
    await technician({ type: 'accept' });
    own = await openApp('story-install', phone);
    await technician({ type: 'arrive' });
    await technician({ type: 'identity', isVerified: true });
    await technician({ type: 'finish', cause: 'installed', reading: { type: 'speed', mbps: 496 } });
    await own.hear(/登记为已装好.*PON 灯绿色常亮/);
    await own.ask('是的，绿灯亮着', /打开一个网页/);
    await own.ask('能上网了', /这单结了/);
    await until(async () => (await orderOf(number)).order.status === 'closed');
  }, 120_000);

  it('moves a line to another home over three days and two channels, and reminds of the visit', async () => {
    const phone = '13800138000';
    const wechat = openWechatCustomer(app.url, 'story-move');
    await wechat.ask('我想绑定一下我的手机号', /请发您本人/);
    await wechat.ask(phone, /验证码发到/);
    await wechat.ask(await readCode(app.url, phone), /绑好了/);
    await wechat.ask('我要搬家了，宽带帮我移过去', /要移的是.*500M 融合吗/);
    await wechat.ask('就是这条', /新家在哪里/);
    await wechat.ask('翠屏国际城9幢2单元301', /移机费 \d+ 元.*确认吗/);

    // The next day, in the app: goes on where it was left.
    await wait(DAY);
    let own = await openApp('story-move', phone);
    await own.hear(/您在微信上有一个未完成的移机，继续吗/);
    await own.ask('继续', /移机费.*确认吗/);
    await own.ask('确认', /哪个方便/);
    await own.ask('周六上午', /11月28日/);
    await own.ask('第一个', /给您留到.*可以吗/);
    const number = numberIn(await own.ask('可以', /I\d{6}.*老家的宽带照常用/));
    const { order } = await orderOf(number);
    expect(order).toMatchObject({
      kind: 'installation',
      address: '翠屏国际城9幢2单元301',
      details: { cause: 'relocation' },
    });
    expect(order.summary).toMatch(/^移机：鼓楼区中山路18号3栋2单元501 → 翠屏国际城9幢2单元301，500M 融合$/);

    // Friday evening, then Saturday.
    await wait(2 * DAY + 8 * HOUR + MINUTE);
    own = await openApp('story-move', phone);
    await own.hear(/提醒您：单号.*明天.*上门/);
    await wait(16 * HOUR);
    const technician = await send(number);
    await technician({ type: 'accept' });
    own = await openApp('story-move', phone);
    await technician({ type: 'arrive' });
    await technician({ type: 'finish', cause: 'installed', reading: { type: 'speed', mbps: 496 } });
    await own.hear(/登记为已装好.*PON 灯绿色常亮/);
    await own.ask('是的，绿灯亮着', /打开一个网页/);
    await own.ask('能上网了', /这单结了/);
    await until(async () => (await orderOf(number)).order.status === 'closed');
  }, 120_000);

  it('hands a complaint to people when its answer is late, and to a supervisor when it does not satisfy', async () => {
    let customer = await openApp('story-complaint', '13912340088');
    const first = await customer.ask(
      '你们怎么乱扣钱!!说了多少次了,九月起每个月多扣20块',
      /您是从什么时候、哪项业务发现的/,
    );
    expect(first.join(' ')).toMatch(/换谁都会生气，对不起/);
    expect(first.join(' ')).not.toMatch(/尽快|系统/);
    await customer.ask('视频彩铃,我从来没开过', /您希望我们怎么处理/);
    await customer.ask('把钱退了,再查查谁给开的', /截图|照片|图/);
    await customer.ask('没有截图', /电话|可以吗/);
    const number = numberIn(await customer.ask('可以', /C\d{6}/));
    expect((await orderOf(number)).order).toMatchObject({ kind: 'complaint' });
    const { promiseAt } = (await orderOf(number)).order as { promiseAt: number };

    // Nobody answers. Humans come in before the promise lapses, and the truth is told when it has.
    await goOnDuty();
    await wait(promiseAt - now() + MINUTE);
    customer = await openApp('story-complaint', '13912340088');
    await customer.hear(/没做到.*对不起/, 20_000);
    await untilHolds(async () => {
      const alarms = (await agent('GET', '/alarms')).body.alarms as { number: string; percent: number }[];
      expect(alarms.filter((alarm) => alarm.number === number).map(({ percent }) => percent)).toEqual(
        expect.arrayContaining([75, 100]),
      );
      const { body } = await agent('GET', `/conversations/${customer.conversationId}`);
      expect(body.ownership).toMatchObject({ owner: 'queued', priority: 'high' });
      expect((await orderOf(number)).order).toMatchObject({ priority: 'high' });
    });

    // An agent takes it, answers, and gives it back; the customer is not content.
    await agent('POST', `/conversations/${customer.conversationId}/claim`, {});
    await agent('POST', `/conversations/${customer.conversationId}/messages`, {
      text: '60 元已经退到话费账户。',
    });
    await customer.hear(/60 元已经退/);
    await agent('POST', `/conversations/${customer.conversationId}/release`, {});
    await move(number, 'resolved');
    await customer.hear(/这个结果您满意吗/, 20_000);
    await customer.ask('不满意，我没回过短信', /转给主管复核.*申诉/);
    await until(async () => (await orderOf(number)).order.status === 'in-progress');
    await untilHolds(async () => {
      const after = await agent('GET', `/conversations/${customer.conversationId}`);
      expect(after.body.ownership).toMatchObject({ reason: 'complaint-not-accepted', priority: 'high' });
    });
  }, 120_000);
});
