import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { freePort } from '../../src/launch/ports';
import { DESKTOP, launchBrowser, openChatPage, PHONE } from '../support/browser';
import { type ServerProcess, type ServerSettings, startServerProcess } from '../support/server-process';

const SHOTS = process.env.SCREENSHOTS;

describe('the chat page in Chromium', () => {
  let dataDir: string;
  let settings: ServerSettings;
  let server: ServerProcess;
  let browser: Browser;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'chat-page-'));
    settings = { DATA_DIR: dataDir, PORT: String(await freePort()), OPERATOR_LINE_TEST_MS: '300' };
    [server, browser] = await Promise.all([startServerProcess(settings), launchBrowser()]);
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await server.end();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('takes a fault report to a work order, through a kill -9 of the server at the same step', async () => {
    const context = await browser.newContext({ ...PHONE, locale: 'zh-CN' });
    const chat = await openChatPage(context, server.url);
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
    expect(await chat.bubbles()).toEqual(said);
    if (SHOTS) await chat.page.screenshot({ path: join(SHOTS, 'chat-phone-done.png') });
    await context.close();
  }, 180_000);

  it('keeps what is written while the server is away, and sends it once', async () => {
    const context = await browser.newContext({ ...DESKTOP, locale: 'zh-CN' });
    const chat = await openChatPage(context, server.url);
    await chat.hear(/您好/);
    await server.kill();
    await chat.page.getByText('网络断开了').waitFor();
    await chat.type('我要投诉，乱扣费');
    await chat.page.locator('.message.own .state').waitFor();
    server = await startServerProcess(settings);
    await chat.hear(/经过|说说|登记/, 40_000);
    const own = await chat.page.locator('.message.own .bubble').allInnerTexts();
    expect(own).toEqual(['我要投诉，乱扣费']);
    await context.close();
  }, 120_000);

  it('speaks English to an English browser, and shows what customers write as words only', async () => {
    const context = await browser.newContext({ ...DESKTOP, locale: 'en-US' });
    const chat = await openChatPage(context, server.url);
    await chat.hear(/Hello/);
    await chat.type('My internet is down <img src=x onerror="document.title=\'hacked\'">');
    await chat.hear(/building|unit/i);
    expect(await chat.page.title()).not.toBe('hacked');
    expect(await chat.page.locator('.bubble img').count()).toBe(0);
    if (SHOTS) await chat.page.screenshot({ path: join(SHOTS, 'chat-desktop-en.png') });
    await context.close();
  }, 60_000);

  it('shows a picture that was sent, and asks for words', async () => {
    const context = await browser.newContext({ ...DESKTOP, locale: 'zh-CN' });
    const chat = await openChatPage(context, server.url);
    await chat.hear(/您好/);
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
    const buffer = Buffer.from(png, 'base64');
    await chat.page.locator('#file').setInputFiles({ name: 'ont.png', mimeType: 'image/png', buffer });
    await chat.page.locator('.message.own .bubble img').waitFor();
    await chat.hear(/文字/);
    await context.close();
  }, 60_000);
});
