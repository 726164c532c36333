import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import {
  APP_SECRET,
  callJson,
  openCustomer,
  signInFirstAdmin,
  startTestApp,
  type TestApp,
  talkIn,
} from '../support/app';
import { findViolations } from '../support/axe';
import { type ChatPage, DESKTOP, launchBrowser, openChatPage, PHONE } from '../support/browser';
import { until, untilHolds } from '../support/turns';

const SHOTS = process.env.SCREENSHOTS;
const NUMBER = /F\d{6}[0-9A-Z]{9}/;

describe('what the chat shows beside words', () => {
  let app: TestApp;
  let browser: Browser;
  let cookie: string;
  let context: BrowserContext;
  let chat: ChatPage;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), launchBrowser()]);
    cookie = await signInFirstAdmin(app);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });
  beforeEach(async () => {
    context = await browser.newContext({ ...PHONE, locale: 'zh-CN' });
    chat = await openChatPage(context, app.url);
    await chat.hear(/您好/);
  });
  afterEach(() => context.close());

  const agent = (method: string, path: string, body?: unknown) =>
    callJson(method, `${app.url}/agent${path}`, { cookie, body });
  const shoot = async (name: string) => {
    if (SHOTS) await chat.page.screenshot({ path: join(SHOTS, `${name}.png`) });
  };

  async function move(number: string, to: string): Promise<void> {
    const { body } = await agent('GET', `/orders/${number}`);
    const { order } = body as { order: { order: { version: number } } };
    const { version } = order.order;
    const moved = await agent('POST', `/orders/${number}/transition`, { to, version });
    expect(moved.status).toBe(200);
  }

  async function report(): Promise<string> {
    await chat.type('家里宽带断网了,光猫红灯闪');
    await chat.hear(/小区|路名/);
    await chat.type('鼓楼区中山路18号3栋2单元501');
    await chat.hear(/光纤/);
    await chat.tap('没有');
    await chat.hear(/哪个方便/);
    await chat.page.locator('#replies button').first().click();
    await chat.hear(/电话/);
    await chat.type('13800138000');
    await chat.hear(NUMBER);
    return NUMBER.exec((await chat.bubbles()).join(' '))?.[0] ?? '';
  }

  it('draws the light that is spoken of, with words for who cannot see it', async () => {
    await chat.type('光猫红灯一直闪，上不了网');
    const drawing = chat.page.locator('img.drawing').first();
    await drawing.waitFor();
    expect(await drawing.getAttribute('alt')).toBe('光猫指示灯：POWER 绿灯亮，LOS 红灯闪');
    await until(() => drawing.evaluate((image) => 'naturalWidth' in image && Number(image.naturalWidth) > 0));
    await shoot('chat-lights');
    expect(await findViolations(chat.page)).toEqual([]);
  }, 60_000);

  it('shows an order as a card whose status goes on by itself, and stands so after a reload', async () => {
    const number = await report();
    const card = chat.page.locator('.order-card');
    await card.waitFor();
    expect((await card.allInnerTexts()).join()).toMatch(
      new RegExp(`报修\\s*${number}[\\s\\S]*已登记[\\s\\S]*最晚[\\s\\S]*上门`),
    );
    await shoot('chat-card');
    expect(await findViolations(chat.page)).toEqual([]);

    await move(number, 'assigned');
    await card.getByText('已派单').waitFor();
    await move(number, 'in-progress');
    await card.getByText('处理中').waitFor();
    await chat.page.reload();
    await chat.page.locator('.order-card').getByText('处理中').waitFor();
    expect(await chat.page.locator('.order-card').count()).toBe(1);

    // Done is what the customer says is done.
    await move(number, 'resolved');
    await chat.hear(/您不点头就不结单/);
    await chat.tap('还不行');
    await chat.page.getByText('这单我不结').waitFor();
    await card.getByText('处理中').waitFor();
    await untilHolds(async () => {
      const { body } = await agent('GET', '/queue');
      expect(body.items).toMatchObject([{ reason: 'repair-not-confirmed', priority: 'high' }]);
    });
    const { body } = await agent('GET', '/queue');
    const [waiting] = body.items as { conversationId: string }[];
    await agent('POST', `/conversations/${waiting?.conversationId}/claim`, {});
    await agent('POST', `/conversations/${waiting?.conversationId}/close`, { note: '' });
  }, 120_000);

  it('closes an order by the yes of the customer only, without being told what they have just said', async () => {
    const number = await report();
    await move(number, 'assigned');
    await move(number, 'resolved');
    await chat.hear(/您不点头就不结单/);
    await chat.tap('好了');
    await chat.hear(/这单结了/);
    await chat.page.locator('.order-card').getByText('已办结').waitFor();
    expect((await chat.bubbles()).at(-1)).toMatch(/这单结了/);
  }, 60_000);

  it('keeps a card true in another conversation of whoever may see the order, which says nothing of it', async () => {
    const number = await report();
    const { body } = await callJson('POST', `${app.url}/v3/directline/tokens/generate`, {
      token: APP_SECRET,
      body: { user: { id: 'app-watcher' }, customer: { phone: '13800138000', accounts: [] } },
    });
    const own = await callJson('POST', `${app.url}/v3/directline/conversations`, {
      token: String(body.token),
    });
    const id = String(own.body.conversationId);
    const watcher = talkIn(app.url, id, String(own.body.token));
    // The visitor's name comes last, from a call of its own.
    await watcher.ask(`查一下单号 ${number}`, /上门的是/);
    const said = (await watcher.all()).filter(({ text }) => text !== '').length;
    await move(number, 'assigned');
    const path = `${app.url}/v3/directline/conversations/${id}/activities`;
    await until(async () => {
      const set = await callJson('GET', path, { token: String(own.body.token) });
      return JSON.stringify(set.body).includes('"name":"order.status"');
    });
    expect((await watcher.all()).filter(({ text }) => text !== '')).toHaveLength(said);
  }, 60_000);

  it('shows how many are waiting before, then who has come', async () => {
    await agent('POST', '/presence', { status: 'online' });
    const other = await openCustomer(app.url);
    await other.ask('转人工', /人工|同事/);
    await until(async () => ((await agent('GET', '/queue')).body.items as unknown[]).length === 1);
    await chat.type('转人工');
    const bar = chat.page.locator('.handoff');
    await bar.getByText('前面还有 1 位').waitFor();
    await shoot('chat-queue');
    expect(await findViolations(chat.page)).toEqual([]);

    await agent('POST', `/conversations/${other.conversationId}/claim`, {});
    await bar.getByText('下一位就是您').waitFor({ timeout: 15_000 });
    const { body } = await agent('GET', '/queue');
    const [waiting] = body.items as { conversationId: string }[];
    await agent('POST', `/conversations/${waiting?.conversationId}/claim`, {});
    await bar.getByText('客服 管理员 正在为您服务').waitFor();
    await agent('POST', `/conversations/${waiting?.conversationId}/close`, { note: '' });
    await bar.waitFor({ state: 'detached' });
  }, 60_000);

  it('lets somebody who waits leave the line', async () => {
    await agent('POST', '/presence', { status: 'online' });
    await chat.type('转人工');
    await chat.page.getByRole('button', { name: '不等了' }).click();
    await chat.page.locator('.handoff').waitFor({ state: 'detached' });
    await until(async () => {
      const { body } = await agent('GET', '/queue');
      return (body.items as unknown[]).length === 0;
    });
  }, 60_000);

  it('tells nobody the place of another conversation', async () => {
    const [one, two] = [await openCustomer(app.url), await openCustomer(app.url)];
    const path = (id: string) => `${app.url}/v3/directline/conversations/${id}/queue`;
    expect((await callJson('GET', path(one.conversationId), { token: one.token })).body).toEqual({
      position: null,
      waitMinutes: null,
    });
    expect((await callJson('GET', path(two.conversationId), { token: one.token })).status).toBe(403);
    expect((await callJson('GET', path(two.conversationId))).status).toBe(401);
  });

  it('fits a desk as well', async () => {
    await context.close();
    context = await browser.newContext({ ...DESKTOP, locale: 'en-US', colorScheme: 'dark' });
    chat = await openChatPage(context, app.url);
    await chat.hear(/Hello/);
    await chat.type('My internet is down, there is a red light on the modem');
    await chat.page.locator('img.drawing').first().waitFor();
    await shoot('chat-lights-desktop');
    expect(await findViolations(chat.page)).toEqual([]);
  }, 60_000);
});

describe('a rating in the chat', () => {
  let app: TestApp;
  let browser: Browser;
  let content: string;

  beforeAll(async () => {
    // The shipped survey, opened by a word of praise: nobody here waits for half an hour.
    content = mkdtempSync(join(tmpdir(), 'survey-content-'));
    for (const folder of ['dialogs', 'intents']) {
      cpSync(join(__dirname, '../..', folder), join(content, folder), { recursive: true });
    }
    const file = join(content, 'dialogs/survey.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('id: survey', 'id: survey\nintents: [praise]'));
    rmSync(join(content, 'dialogs/praise.yaml'));
    [app, browser] = await Promise.all([startTestApp({ CONTENT_DIR: content }), launchBrowser()]);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await app.stop();
    rmSync(content, { recursive: true, force: true });
  });

  it.each([
    ['phone', PHONE, ''],
    ['large', PHONE, '?size=large'],
  ])(
    'is given by tapping a star: %s',
    async (name, device, query) => {
      const context = await browser.newContext({ ...device, locale: 'zh-CN' });
      const chat = await openChatPage(context, app.url, query);
      await chat.hear(/您好/);
      await chat.type('师傅很好，给个赞');
      await chat.hear(/打几分/);
      const stars = chat.page.locator('.rating .star');
      expect(await stars.count()).toBe(5);
      if (SHOTS) await chat.page.screenshot({ path: join(SHOTS, `chat-rating-${name}.png`) });
      expect(await findViolations(chat.page)).toEqual([]);
      await chat.page.getByRole('button', { name: '5 分 很满意' }).click();
      await chat.hear(/谢谢您/);
      expect(await stars.count()).toBe(0);
      await context.close();
    },
    60_000,
  );

  it('opens a call-back for who is unhappy, whose promise is named', async () => {
    const customer = await openCustomer(app.url);
    await customer.ask('师傅很好，给个赞', /打几分/);
    const said = await customer.ask('1', /对不起/);
    expect(said.join(' ')).toMatch(/\d{2}:\d{2} 前有同事联系您/);
  }, 60_000);
});
