import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app';
import { findViolations } from '../support/axe';
import { DESKTOP, launchBrowser, PHONE } from '../support/browser';
import { reportFigure } from '../support/size';

const SHOTS = process.env.SCREENSHOTS;
/** A page of another origin, with rules of its own that must not reach the chat, and a policy that forbids nearly all. */
const hostPage = (
  bot: string,
  scripts: string,
) => `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<title>营业厅</title><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/host.css">${scripts.replaceAll('BOT', bot)}</head>
<body><main><h1>营业厅</h1><button data-open-chat>报修</button></main></body></html>`;
const HOST_CSS =
  'html { font-size: 40px } div { position: static; display: none } button { background: red !important; text-transform: uppercase } * { letter-spacing: 9px }';
const policyOf = (bot: string) =>
  `default-src 'none'; script-src ${bot}; style-src 'self'; img-src ${bot} blob:; connect-src ${bot} ${bot.replace('http', 'ws')}`;

describe('the widget on a page of another origin', () => {
  let bot: TestApp;
  let host: Server;
  let hostUrl: string;
  let browser: Browser;
  let context: BrowserContext;
  let scripts = '';

  beforeAll(async () => {
    host = createServer((request, response) => {
      const isCss = request.url === '/host.css';
      response.setHeader('Content-Type', isCss ? 'text/css' : 'text/html; charset=utf-8');
      response.setHeader('Content-Security-Policy', policyOf(bot.url));
      response.end(isCss ? HOST_CSS : hostPage(bot.url, scripts));
    });
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    hostUrl = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
    [bot, browser] = await Promise.all([
      startTestApp({ OPERATOR_LINE_TEST_MS: '300', WEB_ORIGINS: hostUrl }),
      launchBrowser(),
    ]);
  }, 120_000);
  beforeEach(() => {
    scripts = '<script src="BOT/widget.js" data-lang="zh" defer></script>';
  });
  afterEach(() => context?.close());
  afterAll(async () => {
    await browser.close();
    host.closeAllConnections();
    host.close();
    await bot.stop();
  });

  async function visit(device: Parameters<Browser['newContext']>[0] = DESKTOP): Promise<Page> {
    context = await browser.newContext({ ...device, locale: 'zh-CN' });
    const page = await context.newPage();
    await page.goto(hostUrl);
    await page.getByRole('button', { name: '在线客服' }).first().waitFor();
    return page;
  }
  const hear = (page: Page, line: RegExp) =>
    page.locator('.message:not(.own)').last().filter({ hasText: line }).waitFor({ timeout: 20_000 });
  async function say(page: Page, text: string) {
    await page.locator('#text').fill(text);
    await page.locator('#send').click();
  }

  it('is opened by its button, talks, and is there again with its conversation after a reload', async () => {
    const page = await visit();
    await page.getByRole('button', { name: '在线客服' }).click();
    await hear(page, /您好/);
    await say(page, '家里宽带断网了，光猫红灯闪');
    await hear(page, /小区|路名/);
    if (SHOTS) await page.screenshot({ path: join(SHOTS, 'widget-desktop.png') });
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.locator('.panel').isVisible()).toBe(false);
    await page.reload();
    await page.getByRole('button', { name: '报修' }).click();
    await hear(page, /小区|路名/);
    expect(await page.locator('.message.own').count()).toBe(1);
  }, 90_000);

  it('asks the server for nothing before somebody opens it', async () => {
    context = await browser.newContext({ ...DESKTOP, locale: 'zh-CN' });
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
    await page.goto(hostUrl);
    await page.getByRole('button', { name: '在线客服' }).waitFor();
    expect(asked.sort()).toEqual(['/', '/host.css', '/widget.js']);
  }, 60_000);

  it('counts what comes while it is folded away', async () => {
    const page = await visit();
    await page.getByRole('button', { name: '在线客服' }).click();
    await hear(page, /您好/);
    // What is sent goes out once the panel is folded: no answer can come before.
    let fold = (): void => undefined;
    const folded = new Promise<void>((resolve) => {
      fold = resolve;
    });
    await page.route(/\/activities$/, async (route) => {
      if (route.request().method() === 'POST') await folded;
      await route.continue();
    });
    await page.locator('#text').fill('家里宽带断网了');
    await page.locator('#text').press('Enter');
    await page.keyboard.press('Escape');
    await page.locator('.panel').waitFor({ state: 'hidden' });
    fold();
    await page.getByRole('button', { name: /条新消息/ }).waitFor({ timeout: 20_000 });
    await page.getByRole('button', { name: /条新消息/ }).click();
    await hear(page, /小区|路名/);
    await page.keyboard.press('Escape');
    expect(await page.locator('.badge').count()).toBe(0);
  }, 60_000);

  it('leaves nothing on the page, and takes no style from it', async () => {
    const page = await visit();
    scripts = '';
    const plain = await context.newPage();
    await plain.goto(hostUrl);
    const globals = 'Object.getOwnPropertyNames(window).sort()';
    const before = new Set((await plain.evaluate(globals)) as string[]);
    const added = ((await page.evaluate(globals)) as string[]).filter(
      (name) => !before.has(name) && !/^\d+$/.test(name),
    );
    expect(added).toEqual([]);
    await page.getByRole('button', { name: '在线客服' }).click();
    await hear(page, /您好/);
    const styleOf = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((node) => {
          const read = (globalThis as unknown as { getComputedStyle(node: unknown): Record<string, string> })
            .getComputedStyle;
          const { fontSize, textTransform, letterSpacing, backgroundColor } = read(node);
          return { fontSize, textTransform, letterSpacing, backgroundColor };
        });
    const own = { fontSize: '16px', textTransform: 'none', letterSpacing: 'normal' };
    expect(await styleOf('#send')).toEqual({ ...own, backgroundColor: 'rgb(11, 107, 203)' });
    expect(await styleOf('.bubble')).toEqual({ ...own, backgroundColor: 'rgb(255, 255, 255)' });
  }, 60_000);

  it('stands twice on one page in two languages, each with a conversation of its own', async () => {
    scripts =
      '<script src="BOT/widget.js" data-lang="zh" data-name="zh" defer></script>' +
      '<script src="BOT/widget.js" data-lang="en" data-name="en" data-side="left" defer></script>';
    const page = await visit();
    await page.getByRole('button', { name: 'Online service' }).click();
    await hear(page, /Hello/);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '在线客服' }).click();
    await page.locator('.message').filter({ hasText: /您好/ }).waitFor();
  }, 60_000);

  it('fills the screen of a phone', async () => {
    const page = await visit(PHONE);
    await page.getByRole('button', { name: '在线客服' }).click();
    await hear(page, /您好/);
    const box = await page.locator('.panel').boundingBox();
    expect(box).toMatchObject({ x: 0, y: 0, width: 390 });
    if (SHOTS) await page.screenshot({ path: join(SHOTS, 'widget-phone.png') });
  }, 60_000);

  it('is small enough for a bad connection', () => {
    const bytes = gzipSync(readFileSync(join(__dirname, '../../dist/web/widget/widget.js'))).length;
    reportFigure('widget.js, gzipped', `${(bytes / 1024).toFixed(1)} KB`);
    expect(bytes).toBeLessThan(120 * 1024);
  });
});
