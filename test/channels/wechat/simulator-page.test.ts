import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startTestApp, type TestApp } from '../../support/app';
import { DESKTOP, launchBrowser, PHONE } from '../../support/browser';

/** A newcomer without any account, before the simulated WeChat of the whole server. */
describe('the simulated WeChat', () => {
  let app: TestApp;
  let browser: Browser;
  const shots = process.env.SHOTS ?? mkdtempSync(join(tmpdir(), 'wechat-shots-'));

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({ WECHAT_REPLY_BUDGET_MS: '3000' }), launchBrowser()]);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  it.each([
    ['phone', PHONE],
    ['desktop', DESKTOP],
  ] as const)(
    'shows a report from the greeting on, at %s size',
    async (name, size) => {
      const context = await browser.newContext(size);
      const page = await context.newPage();
      const broken: string[] = [];
      page.on('pageerror', (error) => broken.push(error.message));
      await page.goto(`${app.url}/simulator/wechat`);
      const say = async (text: string) => {
        await page.locator('#text').fill(text);
        await page.locator('#send').click();
      };
      const hear = (words: RegExp) =>
        page.locator('.message:not(.own)').filter({ hasText: words }).first().waitFor({ timeout: 15_000 });

      await say('家里断网了，光猫红灯亮着');
      await hear(/自动回复/);
      await page.locator('.message:not(.own)').nth(1).waitFor({ timeout: 15_000 });
      expect(await page.locator('.message .state').first().textContent()).toBe('被动回复');
      expect(await page.locator('.message .state').nth(1).textContent()).toBe('客服消息');
      await page.screenshot({ path: join(shots, `wechat-${name}.png`) });

      await page.locator('#menu').getByRole('button', { name: '人工' }).click();
      await page.locator('.note').filter({ hasText: '点了菜单' }).waitFor();
      expect(await page.evaluate('document.body.scrollWidth <= window.innerWidth')).toBe(true);
      if (name === 'desktop') {
        // Left waiting: nobody comes after this one.
        await page.getByRole('button', { name: '条数用完 45047' }).click();
        await page.getByText('等着发生：条数用完 45047').waitFor();
      }
      expect(broken).toEqual([]);
      await context.close();
    },
    60_000,
  );

  it('shows WeCom’s customer service as well: a welcome, a report and a failure', async () => {
    const context = await browser.newContext(PHONE);
    const page = await context.newPage();
    const broken: string[] = [];
    page.on('pageerror', (error) => broken.push(error.message));
    await page.goto(`${app.url}/simulator/wechat`);
    await page.locator('#kind').selectOption('wecom');
    const heard = page.locator('.message:not(.own)');
    await page.getByRole('button', { name: '进入会话' }).click();
    await heard.first().waitFor({ timeout: 15_000 });
    expect(await page.locator('.message .state').first().textContent()).toBe('欢迎语');
    await page.getByRole('button', { name: '送到了，断开' }).click();
    await page.locator('#text').fill('家里断网了，光猫红灯亮着');
    await page.locator('#send').click();
    await heard.nth(1).waitFor({ timeout: 15_000 });
    expect(await page.locator('.message .state').nth(1).textContent()).toBe('客服消息');
    await page.screenshot({ path: join(shots, 'wecom-phone.png') });
    expect(await page.evaluate('document.body.scrollWidth <= window.innerWidth')).toBe(true);
    expect(broken).toEqual([]);
    await context.close();
  }, 60_000);
});
