import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app';
import { DESKTOP, launchBrowser } from '../support/browser';
import { until } from '../support/turns';
import { readWebchatScript } from '../support/webchat-script';

const SHOTS = process.env.SCREENSHOTS;
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

/** A page as an operator would write it around Web Chat: a token from our route, kept for the next visit. */
const pageOf = (
  bot: string,
) => `<!doctype html><html><head><meta charset="utf-8"><link rel="icon" href="data:,">
<style>html, body, #webchat { height: 100%; margin: 0 }</style><script src="/webchat.js"></script></head>
<body><div id="webchat" role="main"></div><script>
(async () => {
  const resume = localStorage.getItem('resume') ?? undefined;
  const answer = await fetch('${bot}/chat/token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ resume, locale: 'zh' }),
  });
  const { token, resumeToken, conversationId, userId } = await answer.json();
  localStorage.setItem('resume', resumeToken);
  const known = resume ? { conversationId } : {};
  const directLine = WebChat.createDirectLine({ token, domain: '${bot}/v3/directline', ...known });
  WebChat.renderWebChat({ directLine, locale: 'zh-CN', userID: userId }, document.getElementById('webchat'));
})();
</script></body></html>`;

describe("Microsoft's Web Chat, a client that is not ours", () => {
  let bot: TestApp;
  let host: Server;
  let hostUrl: string;
  let browser: Browser;

  beforeAll(async () => {
    const script = readWebchatScript();
    host = createServer((request, response) => {
      const isScript = request.url === '/webchat.js';
      response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
      response.end(isScript ? script : pageOf(bot.url));
    });
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    hostUrl = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
    [bot, browser] = await Promise.all([
      startTestApp({ OPERATOR_LINE_TEST_MS: '300', WEB_ORIGINS: hostUrl }),
      launchBrowser(),
    ]);
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    host.closeAllConnections();
    host.close();
    await bot.stop();
  });

  const log = (page: Page) => page.locator('.webchat__basic-transcript__transcript');
  const hear = (page: Page, line: RegExp) => log(page).getByText(line).last().waitFor({ timeout: 20_000 });
  async function say(page: Page, text: string) {
    const box = page.locator('[data-id="webchat-sendbox-input"]');
    await box.fill(text);
    await box.press('Enter');
  }

  it('takes a whole fault report, with quick replies, a picture and a card, and resumes it after a reload', async () => {
    const context = await browser.newContext({ ...DESKTOP, locale: 'zh-CN' });
    const page = await context.newPage();
    await page.goto(hostUrl);
    await hear(page, /您好/);
    await say(page, '家里宽带断网了，光猫红灯闪');
    await hear(page, /小区或路名/);
    await say(page, '鼓楼区中山路18号3栋2单元501');
    await hear(page, /光纤/);
    const photo = { name: 'ont.png', mimeType: 'image/png', buffer: Buffer.from(PNG, 'base64') };
    await page.locator('input[type=file]').first().setInputFiles(photo);
    // Web Chat reads the file first; what is sent before that goes without it.
    await page.locator('.webchat__attachment-icon--checked').waitFor();
    await page.getByRole('button', { name: '发送', exact: true }).click();
    // The bot has seen it: it asks for words.
    await hear(page, /文字/);
    await log(page).getByText('ont.png').waitFor();

    await page.reload();
    await hear(page, /光纤/);
    const said = page.locator('.webchat__bubble__content').filter({ hasText: '家里宽带断网了' });
    expect(await said.count()).toBe(1);
    await page.locator('.webchat__suggested-action').filter({ hasText: '没有' }).click();
    await hear(page, /哪个方便/);
    await page.locator('.webchat__suggested-action').first().click();
    await hear(page, /电话/);
    await say(page, '13800138000');
    await hear(page, /F\d{6}[0-9A-Z]{9}/);
    // The order comes as a card that Web Chat draws, and the lights as a picture.
    await page.locator('.ac-adaptiveCard').getByText('已登记').waitFor();
    const picture = log(page)
      .getByAltText(/光猫指示灯/)
      .first();
    await until(() => picture.evaluate((image) => 'naturalWidth' in image && Number(image.naturalWidth) > 0));
    // Every send was acknowledged: Web Chat says so when one was not.
    expect(await page.getByText(/发送失败|无法发送|重试/).count()).toBe(0);
    if (SHOTS) await page.screenshot({ path: join(SHOTS, 'webchat.png') });
    await context.close();
  }, 120_000);
});
