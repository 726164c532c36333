import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { callJson, startTestApp, type TestApp } from '../support/app';
import { launchBrowser, PHONE } from '../support/browser';
import { until } from '../support/turns';

describe("a push in the operator's app", () => {
  let app: TestApp;
  let browser: Browser;
  let forwarder: Server;

  beforeAll(async () => {
    // The server's own port is known only when it listens: this passes on what it sends to itself.
    forwarder = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const names = ['content-type', 'idempotency-key', 'x-push-timestamp', 'x-push-signature'];
      const headers = Object.fromEntries(names.map((name) => [name, String(request.headers[name])]));
      const answer = await fetch(`${app.url}/samples/app/push`, {
        method: 'POST',
        headers,
        body: Buffer.concat(chunks),
      });
      response.writeHead(answer.status);
      response.end();
    });
    forwarder.listen(0, '127.0.0.1');
    await once(forwarder, 'listening');
    // A listening TCP server has an address object.
    const { port } = forwarder.address() as AddressInfo;
    const settings = {
      APP_PUSH_URL: `http://127.0.0.1:${port}/`,
      APP_PUSH_SECRET: 'push-secret-of-tests',
      APP_PUSH_WAIT_MS: '300',
      APP_PUSH_QUIET_HOURS: 'off',
    };
    [app, browser] = await Promise.all([startTestApp(settings), launchBrowser()]);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await app.stop();
    forwarder.closeAllConnections();
    forwarder.close();
  });

  /** The same customer writes on another device, and does not wait for the answer. */
  async function writeFromElsewhere(text: string): Promise<void> {
    const { body } = await callJson('POST', `${app.url}/samples/app/token`, {
      body: { phone: '13800138000' },
    });
    const token = String(body.token);
    const api = `${app.url}/v3/directline/conversations`;
    const started = await callJson('POST', api, { token });
    const activities = `${api}/${started.body.conversationId}/activities`;
    const sent = await callJson('POST', activities, { token, body: { type: 'message', text } });
    expect(sent.status).toBe(200);
  }

  it('is shown while the chat is closed, leads back into it, and goes when it was read', async () => {
    const context = await browser.newContext({ ...PHONE, locale: 'zh-CN' });
    const page = await context.newPage();
    await page.goto(`${app.url}/samples/app.html?push`);
    await page.getByRole('button', { name: '打开在线客服' }).click();
    const chat = page.frameLocator('#webview');
    await chat.locator('.message:not(.own)').filter({ hasText: /您好/ }).first().waitFor();
    await chat.locator('#text').fill('家里宽带断网了，光猫红灯闪');
    await chat.locator('#send').click();
    await chat.locator('.message.own:not(.pending)').filter({ hasText: '断网' }).waitFor();
    await chat.locator('#replies button').filter({ hasText: '没有' }).waitFor();
    await chat.getByRole('button', { name: '收起' }).click();
    await page.locator('#webview').waitFor({ state: 'hidden' });
    await writeFromElsewhere('没有');
    const notification = page.locator('#notification');
    await notification.waitFor({ timeout: 20_000 });
    expect(await notification.textContent()).toMatch(/在线客服[\s\S]*\S/);
    await notification.click();
    await chat.locator('.message.own').filter({ hasText: '断网' }).waitFor();
    const shown = async () => {
      const { body } = await callJson('GET', `${app.url}/samples/app/push?user=sample-13800138000`);
      return (body.notifications as unknown[]).length;
    };
    await until(async () => (await shown()) === 0);
    await context.close();
  }, 120_000);

  it('is refused by the sample without a signature', async () => {
    const answer = await callJson('POST', `${app.url}/samples/app/push`, { body: { event: 'message' } });
    expect(answer.status).toBe(401);
  });
});
