import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { freePort } from '../../src/launch/ports';
import { findViolations } from '../support/axe';
import { type ChatPage, DESKTOP, launchBrowser, openChatPage, PHONE } from '../support/browser';
import { type ServerProcess, type ServerSettings, startServerProcess } from '../support/server-process';
import { until, untilHolds } from '../support/turns';

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

// Run in the page, whose types this program does not have.
const setVisibility = (state: 'hidden' | 'visible') => `
  Object.defineProperty(document, 'visibilityState', { configurable: true, value: '${state}' });
  document.dispatchEvent(new Event('visibilitychange'));`;
const bring = (how: 'drop' | 'paste') => `
  const bytes = Uint8Array.from(atob('${PNG}'), (char) => char.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], 'ont.png', { type: 'image/png' }));
  const common = { bubbles: true, cancelable: true };
  if ('${how}' === 'drop') {
    document.querySelector('.chat').dispatchEvent(new DragEvent('drop', { ...common, dataTransfer: data }));
  } else {
    document.querySelector('#text').dispatchEvent(new ClipboardEvent('paste', { ...common, clipboardData: data }));
  }`;

const SHOTS = process.env.SCREENSHOTS;

/** What happens to pages in real life: nothing may be lost, and nothing shown twice. */
describe('the chat page in Chromium', () => {
  let dataDir: string;
  let settings: ServerSettings;
  let server: ServerProcess;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'chat-page-'));
    settings = { DATA_DIR: dataDir, PORT: String(await freePort()), OPERATOR_LINE_TEST_MS: '300' };
    [server, browser] = await Promise.all([startServerProcess(settings), launchBrowser()]);
  }, 120_000);
  beforeEach(async () => {
    context = await browser.newContext({ ...DESKTOP, locale: 'zh-CN' });
  });
  afterEach(() => context.close());
  afterAll(async () => {
    await browser.close();
    await server.end();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const own = (chat: ChatPage) => chat.page.locator('.message.own:not(.pending) .bubble').allInnerTexts();

  it('takes a fault report to a work order, through a kill -9 of the server at the same step', async () => {
    const phone = await browser.newContext({ ...PHONE, locale: 'zh-CN' });
    const chat = await openChatPage(phone, server.url);
    await chat.hear(/您好/);
    await chat.type('家里宽带断网了,光猫红灯闪');
    await chat.hear(/小区|路名/);
    await chat.type('鼓楼区中山路18号3栋2单元501');
    await chat.hear(/光纤/);
    if (SHOTS) await chat.page.screenshot({ path: join(SHOTS, 'chat-phone.png') });

    await server.kill();
    await chat.page.getByText('网络断开了').waitFor();
    server = await startServerProcess(settings);
    await chat.page.getByText('在线', { exact: true }).waitFor({ timeout: 30_000 });

    await chat.tap('没有');
    await chat.hear(/哪个方便/);
    await chat.page.locator('#replies button').first().click();
    await chat.hear(/电话/);
    await chat.type('13800138000');
    await chat.hear(/F\d{6}[0-9A-Z]{9}/);
    const said = await chat.bubbles();
    expect(new Set(said).size).toBe(said.length);

    await chat.page.reload();
    await chat.hear(/F\d{6}[0-9A-Z]{9}/);
    await untilHolds(async () => expect(await chat.bubbles()).toEqual(said));
    if (SHOTS) await chat.page.screenshot({ path: join(SHOTS, 'chat-phone-done.png') });
    await phone.close();
  }, 180_000);

  it('keeps what is written while the server is away, and sends it once', async () => {
    const chat = await openChatPage(context, server.url);
    await chat.hear(/您好/);
    await server.kill();
    await chat.page.getByText('网络断开了').waitFor();
    await chat.type('我要投诉，乱扣费');
    await chat.page.locator('.message.own .state').waitFor();
    server = await startServerProcess(settings);
    await chat.hear(/哪项业务/, 40_000);
    expect(await own(chat)).toEqual(['我要投诉，乱扣费']);
  }, 120_000);

  it('speaks English to an English browser, and shows what customers write as words only', async () => {
    const english = await browser.newContext({ ...DESKTOP, locale: 'en-US' });
    const chat = await openChatPage(english, server.url);
    await chat.hear(/Hello/);
    await chat.type('My internet is down <img src=x onerror="document.title=\'hacked\'">');
    await chat.hear(/building|unit/i);
    expect(await chat.page.title()).not.toBe('hacked');
    expect(await chat.page.locator('.bubble img').count()).toBe(0);
    if (SHOTS) await chat.page.screenshot({ path: join(SHOTS, 'chat-desktop-en.png') });
    await english.close();
  }, 60_000);

  it('shows a picture that was sent, and asks for words', async () => {
    const chat = await openChatPage(context, server.url);
    await chat.hear(/您好/);
    const buffer = Buffer.from(PNG, 'base64');
    await chat.page.locator('#file').setInputFiles({ name: 'ont.png', mimeType: 'image/png', buffer });
    await chat.page.locator('.message.own .bubble img').waitFor();
    await chat.hear(/文字/);
  }, 60_000);

  it('shows the same conversation in two tabs, whichever is written in', async () => {
    const first = await openChatPage(context, server.url);
    await first.hear(/您好/);
    const second = await openChatPage(context, server.url);
    await second.hear(/您好/);
    await second.type('家里宽带断网了');
    await second.hear(/小区|路名/);
    await first.hear(/小区|路名/);
    await first.page.bringToFront();
    await first.type('鼓楼区中山路18号3栋2单元501');
    await first.hear(/光纤|灯|路由/);
    await second.hear(/光纤|灯|路由/);
    await untilHolds(async () => expect(await first.bubbles()).toEqual(await second.bubbles()));
    expect(await own(first)).toEqual(['家里宽带断网了', '鼓楼区中山路18号3栋2单元501']);
  }, 60_000);

  it('keeps what is written offline, through a reload as well, and sends it once and in order', async () => {
    const chat = await openChatPage(context, server.url);
    await chat.hear(/您好/);
    await context.setOffline(true);
    await chat.type('第一句：家里上不了网');
    await chat.type('第二句：光猫亮红灯');
    await chat.page.getByText('网络不好').first().waitFor();
    expect(await chat.page.locator('.pending').count()).toBe(2);
    await context.setOffline(false);
    await chat.page.reload();
    await chat.page.locator('.message.own:not(.pending)').nth(1).waitFor({ timeout: 20_000 });
    expect(await own(chat)).toEqual(['第一句：家里上不了网', '第二句：光猫亮红灯']);
    expect(await chat.page.locator('.pending').count()).toBe(0);
  }, 60_000);

  it('goes on after a night in which every token became invalid', async () => {
    const chat = await openChatPage(context, server.url);
    await chat.hear(/您好/);
    await chat.type('家里宽带断网了');
    await chat.hear(/小区|路名/);
    const before = await chat.bubbles();
    await server.kill();
    // The key that signed the tokens is another one: what the page holds is refused, as after its expiry.
    const keys = readdirSync(dataDir).find((name) => name.startsWith('keys')) ?? '';
    const stored = JSON.parse(readFileSync(join(dataDir, keys), 'utf8'));
    writeFileSync(join(dataDir, keys), JSON.stringify({ ...stored, tokenKey: 'x'.repeat(43) }));
    server = await startServerProcess(settings);
    await chat.page.getByText('在线', { exact: true }).waitFor({ timeout: 30_000 });
    expect(await chat.bubbles()).toEqual(before);
    await chat.type('鼓楼区中山路18号3栋2单元501');
    await chat.hear(/光纤|灯|路由/);
  }, 120_000);

  it('names the day by the server, whose clock is right when the phone is a day off', async () => {
    await context.clock.setSystemTime(Date.now() - 26 * 3600_000);
    const chat = await openChatPage(context, server.url);
    await chat.hear(/您好/);
    expect(await chat.page.locator('.day').allInnerTexts()).toEqual(['今天']);
    await chat.type('家里宽带断网了');
    await chat.hear(/小区|路名/);
  }, 60_000);

  it('counts in the title what came while nobody looked', async () => {
    const chat = await openChatPage(context, server.url);
    await chat.hear(/您好/);
    await chat.page.evaluate(setVisibility('hidden'));
    await chat.type('家里宽带断网了');
    await chat.hear(/小区|路名/);
    await until(async () => /^\(\d+\) /.test(await chat.page.title()));
    await chat.page.evaluate(setVisibility('visible'));
    await until(async () => (await chat.page.title()) === '网络服务助手');
  }, 60_000);

  it('refuses a file that cannot be sent before it is sent, and takes one that is dropped or pasted', async () => {
    const chat = await openChatPage(context, server.url);
    await chat.hear(/您好/);
    const file = { name: 'a.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') };
    await chat.page.locator('#file').setInputFiles(file);
    await chat.page.getByText('只能发').waitFor();
    for (const how of ['drop', 'paste'] as const) await chat.page.evaluate(bring(how));
    await chat.page.locator('.message.own:not(.pending) .bubble img').nth(1).waitFor();
    expect(await chat.page.locator('.message.own').count()).toBe(2);
  }, 60_000);

  it('shows a picture whose upload failed, to be sent again or taken back', async () => {
    const chat = await openChatPage(context, server.url);
    await chat.hear(/您好/);
    await chat.page.route('**/upload', (route) => route.abort());
    const file = { name: 'ont.png', mimeType: 'image/png', buffer: Buffer.from(PNG, 'base64') };
    await chat.page.locator('#file').setInputFiles(file);
    await chat.page.getByText('没有发出去').waitFor();
    await chat.page.getByRole('button', { name: '取消' }).click();
    expect(await chat.page.locator('.message.own').count()).toBe(0);
    await chat.page.locator('#file').setInputFiles(file);
    await chat.page.getByText('没有发出去').waitFor();
    await chat.page.unroute('**/upload');
    await chat.page.getByRole('button', { name: '再发一次' }).click();
    await chat.page.locator('.message.own:not(.pending) .bubble img').waitFor();
    expect(await chat.page.locator('.message.own').count()).toBe(1);
  }, 60_000);

  it.each([
    ['the phone', 'plain', PHONE, ''],
    ['large type', 'large', PHONE, '?size=large'],
    ['the dark theme', 'dark', { ...PHONE, colorScheme: 'dark' as const }, '?lang=en'],
  ])(
    'lets everybody in: axe finds no violation on %s',
    async (_name, shot, device, query) => {
      const apart = await browser.newContext({ ...device, locale: 'zh-CN' });
      const chat = await openChatPage(apart, server.url, query);
      await chat.hear(/您好|Hello/);
      await chat.type(query.includes('en') ? 'My internet is down' : '家里宽带断网了');
      await chat.hear(/小区|路名|building|unit/);
      expect(await findViolations(chat.page)).toEqual([]);
      if (SHOTS) await chat.page.screenshot({ path: join(SHOTS, `chat-${shot}.png`) });
      await apart.close();
    },
    60_000,
  );
});
