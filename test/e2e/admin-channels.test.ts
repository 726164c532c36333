import type { Browser } from 'playwright-core';
import { wechatAccountSchema } from '../../src/channels/wechat/account';
import { registerServerApi } from '../../src/channels/wechat/routes-simulator';
import { createSimulatedWechat } from '../../src/channels/wechat/simulator/simulated-wechat';
import { createHttpServer, listen } from '../../src/http/server';
import type { App } from '../../src/main';
import { signInFirstAdmin, startTestApp, type TestApp } from '../support/app';
import { launchBrowser, PHONE } from '../support/browser';
import { type EditorPage, openEditorPage } from '../support/editor-page';
import { until } from '../support/turns';

/** An admin sets up an official account in the page, and customers of it are served by another node. */
describe('setting up an official account', () => {
  const servers = createHttpServer();
  let app: TestApp;
  let other: App;
  let browser: Browser;
  let editor: EditorPage;
  let platform = '';
  let wechat: ReturnType<typeof createSimulatedWechat>;
  const SECRET = 'secret-of-the-shop';

  beforeAll(async () => {
    [app, browser] = await Promise.all([
      startTestApp({ DATA_KEY: 'data-key-of-the-tests-00' }),
      launchBrowser(),
    ]);
    other = await app.addNode();
    await signInFirstAdmin(app);
    editor = await openEditorPage(browser, app);
    platform = `http://127.0.0.1:${await listen(servers, '127.0.0.1', 0)}/shop`;
  }, 120_000);
  afterEach(() => expect(editor.faults).toEqual([]));
  afterAll(async () => {
    await browser.close();
    await app.stop();
    servers.server.closeAllConnections();
    await new Promise<void>((resolve) => servers.close(() => resolve()));
  });

  const form = () => editor.page.locator('.account-form');
  const card = () => editor.page.locator('.channel-accounts > li').filter({ hasText: 'shop' });

  it('marks what is missing, and keeps what was written', async () => {
    const { page, button, sees, isClean, shoot } = editor;
    await editor.signIn('admin@operator.example');
    await button('渠道').click();
    await sees('客户从哪里来。');
    await isClean();
    await shoot('channels');
    await button('添加公众号').click();
    await form().getByLabel('名字').fill('shop');
    await button('保存', form()).click();
    await sees('标红的还没有填好。');
    expect(await form().locator('[aria-invalid="true"]').count()).toBe(4);
    await form().getByLabel('开发者 ID').fill('wx-shop');
    await form().getByLabel('开发者密码').fill('not the secret');
    for (const made of await form().getByRole('button', { name: '随机生成' }).all()) await made.click();
    await form().locator('.copied').nth(1).waitFor();
    await isClean();
    await shoot('channel-form');
    expect(await page.locator('.warn:visible').filter({ hasText: '标红' }).count()).toBe(0);
  });

  it('serves the customers of the account by every node, as soon as it is saved', async () => {
    const { page, button, sees } = editor;
    const [token = '', encodingAesKey = ''] = await form().locator('.copied code').allTextContents();
    await button('更多设置', form()).click();
    await form().getByLabel('平台接口地址').fill(platform);
    await button('保存', form()).click();
    await sees('已保存，一秒内生效。');
    await card().getByText(`${app.url}/wechat/shop`).waitFor();
    // The account as the platform has it.
    const account = wechatAccountSchema.parse({
      ...{ name: 'shop', appId: 'wx-shop', appSecret: SECRET, token, encodingAesKey, apiBase: platform },
    });
    wechat = createSimulatedWechat({
      account,
      webhookUrl: () => `${other.url}/wechat/shop`,
      fetch,
      clock: Date.now,
      faults: () => null,
    });
    registerServerApi(servers, '/shop', wechat);
    await button('试连', card()).click();
    await card().getByText('平台不认这个密钥。').waitFor();
    await button('修改', card()).click();
    await form().getByLabel('开发者密码').fill(SECRET);
    await button('保存', form()).click();
    await form().waitFor({ state: 'detached' });
    await button('试连', card()).click();
    await card().getByText('连通了').waitFor();
    await wechat.act('somebody', { type: 'text', text: '你好' });
    const linesOf = () => wechat.customers.find('somebody').lines.filter(({ from }) => from === 'account');
    await until(() => linesOf().some(({ text }) => /您好/.test(text)), 15_000);
    expect(await page.content()).not.toContain(SECRET);
  }, 60_000);

  it('shows no secret again, on a phone and in the dark as well', async () => {
    const { context, shoot, isClean } = editor;
    const phone = await context.newPage();
    await phone.setViewportSize(PHONE.viewport);
    const answers: string[] = [];
    phone.on('response', async (response) => {
      if (response.url().endsWith('/admin/channels')) answers.push(await response.text());
    });
    await phone.goto(`${app.url}/admin?theme=dark#/channels`);
    await phone.getByText('shop', { exact: true }).waitFor();
    await isClean(phone);
    await shoot('channels-phone-dark', phone);
    await phone.getByRole('button', { name: '修改' }).click();
    await phone.getByPlaceholder('已有，不换就留空').first().waitFor();
    await isClean(phone);
    await shoot('channel-form-phone-dark', phone);
    expect(answers.length).toBeGreaterThan(0);
    expect(answers.join('')).not.toContain(SECRET);
    await phone.close();
  });

  it('stops serving when it is switched off, and takes it away', async () => {
    const { page, button, sees } = editor;
    await button('停用', card()).click();
    await page.locator('.ant-popconfirm .ant-btn-primary').click();
    await card().locator('.tag').getByText('停用').waitFor();
    await until(async () => (await fetch(`${other.url}/wechat/shop`)).status === 404, 5000);
    await button('启用', card()).click();
    await card().locator('.tag').getByText('在用').waitFor();
    await until(async () => (await fetch(`${other.url}/wechat/shop`)).status !== 404, 5000);
    await button('删除', card()).click();
    await page.locator('.ant-popconfirm .ant-btn-primary').filter({ visible: true }).click();
    await sees('已删除。');
    await card().waitFor({ state: 'detached' });
  });
});
