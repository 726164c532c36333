import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { App } from '../../src/main';
import {
  APP_SECRET,
  type Customer,
  callJson,
  openCustomer,
  signInFirstAdmin,
  startTestApp,
  type TestApp,
} from '../support/app';
import { findViolations } from '../support/axe';
import { launchBrowser } from '../support/browser';
import { AGENT_PASSWORD, addColleague } from '../support/desk';
import { until } from '../support/turns';
import { openWechatCustomer } from '../support/wechat-customer';

const SHOTS = process.env.SCREENSHOTS;
const MINUTE = 60_000;
/** Tuesday, 24 November 2026, 10:00 in Shanghai. */
const TUESDAY = Date.UTC(2026, 10, 24, 2);

/** A desk in the browser, as somebody works at it. */
interface DeskPage {
  page: Page;
  context: BrowserContext;
  sees(text: string | RegExp): Promise<void>;
  press(keys: string): Promise<void>;
  /** To the customer; waits until that is possible. */
  write(text: string): Promise<void>;
  /** Waits until a conversation of this channel is kept for them. */
  isOffered(channel: string): Promise<void>;
  /** Waits until the conversation in the middle is one of this channel. */
  isOpen(channel: string): Promise<void>;
  button(name: string | RegExp): ReturnType<Page['getByRole']>;
}

/** Two agents and a supervisor on two nodes, three customers on three channels. */
describe('desks on two nodes', () => {
  let app: TestApp;
  let second: App;
  let browser: Browser;
  let admin = '';
  let anna: DeskPage;
  let ben: DeskPage;
  let lead: DeskPage;
  let web: Customer;
  let inApp: Customer;
  let wechat: ReturnType<typeof openWechatCustomer>;
  let ahead = TUESDAY - Date.now();

  beforeAll(async () => {
    const keys = { TOKEN_KEY: 'token-key-of-both-nodes', DATA_KEY: 'data-key-of-both-nodes' };
    [app, browser] = await Promise.all([startTestApp(keys, () => Date.now() + ahead), launchBrowser()]);
    second = await app.addNode();
    admin = await signInFirstAdmin(app);
    await addColleague(app, admin, { login: 'g101', name: '李安' });
    await addColleague(app, admin, { login: 'g102', name: '王贝' });
    await addColleague(app, admin, { login: 'g900', name: '陈静', role: 'supervisor' });
    anna = await openDesk(app.url, 'g101');
    ben = await openDesk(second.url, 'g102');
    lead = await openDesk(second.url, 'g900');
    wechat = openWechatCustomer(app.url, 'two-nodes');
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  async function openDesk(url: string, login: string): Promise<DeskPage> {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(`${url}/agent?theme=light`);
    await page.getByLabel('邮箱或工号').fill(login);
    await page.getByLabel('密码').fill(AGENT_PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText('实时').waitFor();
    /** What the page showed instead says why it failed. */
    const shows = (part: string, text: string) =>
      page
        .locator(part)
        .filter({ hasText: text })
        .waitFor()
        .catch(async (error) => {
          throw new Error(`no ${text} in: ${await page.locator('body').ariaSnapshot()}`, { cause: error });
        });
    return {
      page,
      context,
      sees: (text) => page.getByText(text).first().waitFor(),
      press: (keys) => page.keyboard.press(keys),
      async write(text) {
        const field = page.getByPlaceholder(/^写给客户/);
        await field.fill(text);
        await field.press('Enter');
      },
      isOffered: (channel) => shows('.offer', channel),
      isOpen: (channel) => shows('.talk-head', channel),
      button: (name) => page.getByRole('button', { name, exact: typeof name === 'string' }),
    };
  }
  const said = (desk: DeskPage, text: string) =>
    desk.page.locator('.message').filter({ hasText: text }).waitFor();

  it('offer whoever waits to the one who is there, and are told of each other at once', async () => {
    await anna.press('Alt+g');
    await anna.button(/^在线/).waitFor();
    web = await openCustomer(app.url);
    await web.ask('家里宽带断网了，光猫红灯一直闪', /小区|路名/);
    await web.ask('转人工', /人工|同事|接/);
    await anna.isOffered('网页');
    await anna.press('Alt+n');
    await web.hear(/李安/);
    await anna.write('您好，我是李安。');
    await web.hear(/我是李安/);
    await wechat.ask('转人工', /人工|同事|接/);
    await anna.isOffered('微信');
    await anna.press('Alt+n');
    await anna.isOpen('微信');
    await anna.write('微信这边也是我。');
    await wechat.hear(/也是我/);
  }, 60_000);

  it('pass a conversation to a colleague on the other node, with a note', async () => {
    await ben.press('Alt+g');
    await ben.button(/^在线/).waitFor();
    await until(async () => {
      const { body } = await callJson('GET', `${app.url}/agent/agents`, { cookie: admin });
      const agents = body.agents as { name: string; presence: { status: string } }[];
      return agents.some(({ name, presence }) => name === '王贝' && presence.status === 'online');
    });
    await anna.press('Alt+t');
    await anna.page.getByRole('dialog').getByText(/王贝/).click();
    await anna.page.getByRole('dialog').getByRole('textbox').fill('客户要改时间');
    await anna.page.getByRole('dialog').getByRole('button', { name: '转接' }).click();
    await wechat.hear(/换一位同事/);
    await ben.isOffered('微信');
    await ben.press('Alt+n');
    await wechat.hear(/王贝/);
    // Each message of the customer's opens WeChat for five of ours.
    await wechat.send('好的');
    await said(ben, '好的');
    await ben.write('我是王贝，时间我来改。');
    await wechat.hear(/时间我来改/);
  }, 60_000);

  it('let a supervisor look on, whisper, and take over', async () => {
    await lead.press('Alt+v');
    await lead.page.locator('.live').getByText('转人工').first().waitFor();
    const row = lead.page.locator('.live tr').filter({ hasText: '王贝' });
    await row.getByRole('button', { name: '看', exact: true }).click();
    await said(lead, '时间我来改');
    await lead.page.locator('#text').fill('先问清是哪一天');
    await lead.page.locator('#text').press('Enter');
    await ben.page.locator('.note').filter({ hasText: '先问清是哪一天' }).waitFor();
    expect((await wechat.lines()).join()).not.toContain('先问清');
    await wechat.send('周六吧');
    await lead.press('Alt+v');
    await lead.page
      .locator('.live tr')
      .filter({ hasText: '王贝' })
      .getByRole('button', { name: '接管' })
      .click();
    await lead.page.locator('.ant-popover').getByRole('button', { name: '接管' }).click();
    await wechat.hear(/陈静/);
    await ben.sees('您名下没有会话。有客户排队时按 Alt+N 接下一位。');
    await lead.write('我是班长陈静。');
    await wechat.hear(/班长陈静/);
    if (SHOTS) await lead.page.screenshot({ path: join(SHOTS, 'nodes-lead.png') });
    expect(await findViolations(lead.page)).toEqual([]);
  }, 60_000);

  it('ask a colleague in, who writes to the customer beside them and goes again', async () => {
    await lead.press('Alt+f');
    const dialog = lead.page.getByRole('dialog');
    await dialog.getByText(/王贝/).click();
    await dialog.getByText(/也让同事给客户发消息/).click();
    expect(await findViolations(lead.page)).toEqual([]);
    await dialog.getByRole('button', { name: '邀请同事' }).click();
    await lead.page.locator('.guests').filter({ hasText: '王贝' }).waitFor();
    await ben.page.locator('.invited .row > button').first().click();
    await ben.sees('陈静 邀请您一起看这个会话。');
    await said(ben, '班长陈静');
    await wechat.send('麻烦了');
    await said(ben, '麻烦了');
    await ben.write('周六我也看了，可以。');
    await wechat.hear(/周六我也看了/);
    expect((await wechat.lines()).join()).toMatch(/客服 王贝 也来一起看/);
    expect(await findViolations(ben.page)).toEqual([]);
    if (SHOTS) await ben.page.screenshot({ path: join(SHOTS, 'nodes-guest.png') });
    await ben.button('退出这个会话').click();
    await lead.page.locator('.guests').waitFor({ state: 'detached' });
    await ben.page.locator('.invited').waitFor({ state: 'detached' });
  }, 60_000);

  it('read what was said while a page had no network', async () => {
    await anna.context.setOffline(true);
    await anna.sees(/网络断了/);
    await web.send('还在吗');
    await web.send('喂喂');
    await anna.context.setOffline(false);
    await anna.page.locator('.row').first().locator('button').first().click();
    await said(anna, '还在吗');
    await said(anna, '喂喂');
    expect(await anna.page.locator('.message').filter({ hasText: '还在吗' }).count()).toBe(1);
    await anna.write('在的，刚才断线了。');
    await web.hear(/刚才断线/);
  }, 60_000);

  it('give back to the bot where the repair is verified, and the customer is asked for a rating', async () => {
    const openApp = () =>
      openCustomer(second.url, {
        secret: APP_SECRET,
        user: { id: 'two-nodes' },
        customer: { phone: '13800138000', accounts: [] },
        resume: true,
      });
    inApp = await openApp();
    await inApp.ask('家里宽带从昨晚就断了,光猫一直闪红灯', /光纤/);
    await inApp.ask('没有', /哪个方便|哪个电话/);
    await inApp.ask('第一个', /电话|可以吗/);
    const number = /F\d{6}[0-9A-Z]{9}/.exec((await inApp.ask('可以', /F\d{6}/)).join(' '))?.[0] ?? '';
    for (const to of ['assigned', 'in-progress', 'resolved']) {
      await until(async () => {
        const read = await callJson('GET', `${app.url}/agent/orders/${number}`, { cookie: admin });
        const { version } = (read.body as { order: { order: { version: number } } }).order.order;
        const body = { to, version };
        return (
          (await callJson('POST', `${app.url}/agent/orders/${number}/transition`, { cookie: admin, body }))
            .status === 200
        );
      });
    }
    await inApp.hear(/修好|好了吗/);
    await inApp.ask('转人工', /人工|同事|接/);
    const taker = await Promise.race([anna, ben].map((desk) => desk.isOffered('APP').then(() => desk)));
    await taker.press('Alt+n');
    await taker.isOpen('APP');
    await taker.write('您好，修好没有您回机器人一句就行。');
    await inApp.hear(/回机器人一句/);
    await taker.press('Alt+b');
    await taker.page
      .getByRole('dialog')
      .getByText(/登记为已修好/)
      .click();
    await taker.page.getByRole('dialog').getByRole('button', { name: '交还机器人' }).click();
    await inApp.hear(/修好|好了吗/);
    await inApp.ask('好了', /这单结了/);
    ahead += 40 * MINUTE;
    const later = await openApp();
    await later.hear(/您打几分/);
    await later.ask('5', /谢谢|感谢/);
    await until(async () => {
      const { body } = await callJson('GET', `${second.url}/admin/reports/satisfaction`, { cookie: admin });
      return (body.lines as unknown[]).length > 0;
    });
  }, 90_000);
});
