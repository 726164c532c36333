import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app';
import { launchBrowser, PHONE } from '../support/browser';
import { untilHolds } from '../support/turns';

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

describe("the chat in the operator's app", () => {
  let server: TestApp;
  let browser: Browser;

  beforeAll(async () => {
    const started = startTestApp({ OPERATOR_LINE_TEST_MS: '300' });
    [server, browser] = await Promise.all([started, launchBrowser()]);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  interface App {
    page: Page;
    chat: FrameLocator;
    hear(line: RegExp): Promise<void>;
    say(text: string): Promise<void>;
  }
  async function openApp(context: BrowserContext): Promise<App> {
    const page = await context.newPage();
    await page.goto(`${server.url}/samples/app.html`);
    await page.getByRole('button', { name: '打开在线客服' }).click();
    const chat = page.frameLocator('#webview');
    return {
      page,
      chat,
      hear: (line) =>
        chat.locator('.message:not(.own)').last().filter({ hasText: line }).waitFor({ timeout: 20_000 }),
      async say(text) {
        await chat.locator('#text').fill(text);
        await chat.locator('#send').click();
      },
    };
  }

  it('reports a fault with a picture, opens its order in the app, and asks for its progress from there', async () => {
    const context = await browser.newContext({ ...PHONE, locale: 'zh-CN' });
    const { page, chat, hear, say } = await openApp(context);
    await hear(/您好/);
    await say('家里宽带断网了，光猫红灯闪');
    // The app has said who this is: nobody is asked for an address that the operator knows.
    await hear(/光纤/);
    const camera = page.waitForEvent('filechooser');
    await chat.getByRole('button', { name: '图片' }).click();
    await (await camera).setFiles({
      name: 'ont.png',
      mimeType: 'image/png',
      buffer: Buffer.from(PNG, 'base64'),
    });
    await chat.locator('.message.own:not(.pending) .bubble img').waitFor();
    await chat.locator('.message:not(.own)').filter({ hasText: /文字/ }).waitFor();
    await hear(/光纤/);
    await chat.locator('#replies button').filter({ hasText: '没有' }).click();
    await hear(/哪个方便/);
    await chat.locator('#replies button').first().click();
    await hear(/138\*{4}8000/);
    await chat.locator('#replies button').filter({ hasText: '可以' }).click();
    await hear(/F\d{6}[0-9A-Z]{9}/);

    const number = (await chat.locator('.bubble .order').last().textContent()) ?? '';
    await chat.locator('.bubble .order').last().click();
    await page.locator('#order').filter({ hasText: number }).waitFor();
    await page.locator('#webview').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '问问进度' }).click();
    await hear(/上门的是.*师傅/);
    const progress = chat.locator('.message:not(.own)').filter({ hasText: number }).last();
    expect(await progress.textContent()).toMatch(/登记|派|处理|修好/);
    await chat.getByRole('button', { name: '收起' }).click();
    await page.locator('#webview').waitFor({ state: 'hidden' });
    await context.close();
  }, 120_000);

  it('comes back to the same conversation with the next token, on another device as well', async () => {
    const [first, second] = await Promise.all([
      browser.newContext({ ...PHONE, locale: 'zh-CN' }),
      browser.newContext({ ...PHONE, locale: 'zh-CN' }),
    ]);
    const phone = await openApp(first);
    await phone.hear(/上门的是.*师傅/);
    const tablet = await openApp(second);
    await tablet.hear(/上门的是.*师傅/);
    await untilHolds(async () =>
      expect(await tablet.chat.locator('.bubble').allInnerTexts()).toEqual(
        await phone.chat.locator('.bubble').allInnerTexts(),
      ),
    );
    await Promise.all([first.close(), second.close()]);
  }, 60_000);

  it('shows no chat to whom the app gives no token, and says that it tries', async () => {
    const context = await browser.newContext({ ...PHONE, locale: 'zh-CN' });
    const page = await context.newPage();
    await page.goto(`${server.url}/chat/app`);
    await page.getByText('正在连接').waitFor();
    expect(await page.locator('.message').count()).toBe(0);
    await context.close();
  }, 60_000);
});
