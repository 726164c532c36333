import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { callJson, signInFirstAdmin, startTestApp, type TestApp } from '../support/app';
import { findViolations } from '../support/axe';
import { type ChatPage, launchBrowser, openChatPage } from '../support/browser';
import { AGENT_PASSWORD, addColleague } from '../support/desk';

const SHOTS = process.env.SCREENSHOTS;

/** Those who lead, at their desk; the role asks for an authenticator app here. */
describe('the desk of those who lead', () => {
  let app: TestApp;
  let browser: Browser;
  let context: BrowserContext;
  let desk: Page;
  let customer: ChatPage;
  let admin: string;

  beforeAll(async () => {
    [app, browser] = await Promise.all([
      startTestApp({ SECOND_FACTOR_ROLES: 'supervisor' }),
      launchBrowser(),
    ]);
    admin = await signInFirstAdmin(app);
    await addColleague(app, admin, { login: '0316', name: '陈静', role: 'supervisor' });
    context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
    desk = await context.newPage();
    desk.setDefaultTimeout(20_000);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  const button = (name: string | RegExp) =>
    desk.getByRole('button', { name, exact: typeof name === 'string' });
  const sees = (text: string | RegExp) => desk.getByText(text).first().waitFor();
  const isClean = async () => expect(await findViolations(desk)).toEqual([]);
  const shoot = async (name: string) => {
    if (SHOTS) await desk.screenshot({ path: join(SHOTS, `lead-${name}.png`) });
  };

  it('cannot be used before the authenticator app is set up, which it helps with', async () => {
    await desk.goto(`${app.url}/agent?theme=light`);
    await desk.getByLabel('邮箱或工号').fill('0316');
    await desk.getByLabel('密码').fill(AGENT_PASSWORD);
    await desk.keyboard.press('Enter');
    await sees(/必须开启登录验证器/);
    await isClean();
    await button('开启').click();
    await desk.getByLabel('现在的密码').fill(AGENT_PASSWORD);
    await desk.keyboard.press('Enter');
    await desk.getByLabel('6 位验证码').waitFor();
    await isClean();
    await shoot('factor');
    const secret = ((await desk.locator('.account-part code').first().textContent()) ?? '').replaceAll(
      ' ',
      '',
    );
    await desk.getByLabel('6 位验证码').fill('000000');
    await desk.keyboard.press('Enter');
    await sees(/验证码不对/);
    await desk.getByLabel('6 位验证码').fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate());
    await desk.keyboard.press('Enter');
    await sees(/恢复码只显示这一次/);
    expect(await desk.locator('.recovery-codes li').count()).toBe(10);
    await button('已经收好了').click();
    await sees('没有客户在等。');
  }, 60_000);

  it('shows what goes on, and takes over', async () => {
    const other = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
    customer = await openChatPage(other, app.url);
    await customer.type('家里宽带断网了，光猫红灯一直闪');
    await customer.hear(/小区|路名/);
    await customer.type('转人工');
    await desk.keyboard.press('Alt+g');
    await desk.keyboard.press('Alt+v');
    await sees('各组排队');
    await desk.locator('.live').getByText('转人工').waitFor();
    await isClean();
    await shoot('wall');
    await desk.locator('.live').getByRole('button', { name: '接管' }).click();
    await desk.locator('.ant-popover').getByRole('button', { name: '接管' }).click();
    await sees('机器人接待摘要');
    await customer.hear(/陈静/);
  }, 60_000);

  it('shows what to look at again before a message leaves, and keeps the promise as a task', async () => {
    const field = desk.locator('#text');
    await field.fill('修好后我给您回电');
    await desk.keyboard.press('Enter');
    await sees('发出前请看一下');
    await isClean();
    await shoot('findings');
    expect(await customer.bubbles()).not.toContain('修好后我给您回电');
    await button('先记待办').click();
    await desk.getByLabel('要做什么（同事看得到）').fill('修好后回电');
    await desk.getByLabel('什么时候之前').waitFor();
    await desk.locator('.task-form').getByRole('button', { name: '记一个待办' }).click();
    await desk.locator('.panel').getByText('修好后回电').waitFor();
    await field.focus();
    await desk.keyboard.press('Enter');
    await customer.hear(/修好后我给您回电/);
    await desk.keyboard.press('Alt+j');
    await desk.getByRole('dialog').getByText('修好后回电').waitFor();
    await isClean();
    await desk.getByRole('dialog').getByRole('button', { name: '办好了' }).click();
    await sees(/没有待办/);
    await desk.keyboard.press('Escape');
  }, 60_000);

  it('decides on mass outages, and announces', async () => {
    const declared = await callJson('POST', `${app.url}/agent/incidents`, {
      cookie: admin,
      body: {
        area: 'nj-gl-01',
        symptoms: ['no-internet'],
        text: { zh: '光缆被施工挖断', en: 'a cable was cut' },
        expectedAt: Date.now() + 3600_000,
      },
    });
    expect(declared.status).toBe(200);
    await desk.keyboard.press('Alt+v');
    await sees('光缆被施工挖断');
    await button('改时间').click();
    await desk.getByLabel('原因（中文，24 字内，接在“因”后面）').fill('光缆又断了一处');
    await isClean();
    await desk.getByRole('dialog').getByRole('button', { name: '改时间' }).click();
    await sees('光缆又断了一处');
    await desk.getByLabel('通知所有坐席').fill('城东光缆中断，话术已更新');
    await button('发出').click();
    await desk.locator('.alarm').getByText('城东光缆中断').waitFor();
    await isClean();
    await shoot('announced');
    await desk.keyboard.press('Escape');
    await desk.locator('.broadcasts').getByText('城东光缆中断').waitFor();
    await shoot('desk');
  }, 60_000);

  it('lets everybody look after their own account', async () => {
    await desk.keyboard.press('Alt+a');
    await sees('登录中的设备');
    await sees('本机');
    await desk.getByLabel('现在的密码').fill(AGENT_PASSWORD);
    await desk.getByLabel('新密码（至少 10 位）').fill('qwerty12345');
    await button('修改').click();
    await sees(/这个新密码不行/);
    await desk.getByLabel('现在的密码').fill(AGENT_PASSWORD);
    await desk.getByLabel('新密码（至少 10 位）').fill('four unrelated words');
    await button('修改').click();
    await sees(/密码已改/);
    await isClean();
    await shoot('account');
    await desk.keyboard.press('Escape');
    await desk.keyboard.press('Alt+d');
    await desk.keyboard.press('Alt+v');
    await sees('各组排队');
    await isClean();
    await shoot('wall-dark');
  }, 60_000);

  it('lets admins look after the accounts of others', async () => {
    await desk.keyboard.press('Escape');
    const [name = '', value = ''] = (admin.split(';')[0] ?? '').split('=');
    await context.clearCookies();
    await context.addCookies([{ name, value, url: app.url }]);
    await desk.goto(`${app.url}/agent?theme=light`);
    await sees('没有客户在等。');
    await desk.keyboard.press('Alt+1');
    const page = desk.getByRole('main', { name: '人员账号' });
    await page.getByText('2 人').waitFor();
    await button('新增账号').click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByLabel('邮箱或工号').fill('0316');
    await dialog.getByLabel('姓名').fill('赵敏');
    await dialog.getByLabel('班组（选填）').fill('报障一组');
    await dialog.getByRole('button', { name: '新增账号' }).click();
    await dialog.getByText(/这个账号已经有人用/).waitFor();
    await dialog.getByLabel('邮箱或工号').fill('0777');
    await isClean();
    await dialog.getByRole('button', { name: '新增账号' }).click();
    await dialog.getByText(/链接只显示这一次/).waitFor();
    expect(await dialog.getByRole('textbox').inputValue()).toMatch(/\/setup\?token=/);
    // The cross and the button are both named so.
    await dialog.locator('.ant-btn-primary').click();
    const person = page.getByRole('region', { name: '赵敏' });
    await person.getByLabel('所有普通技能组').uncheck();
    await person.getByLabel('报障的等级').selectOption('2');
    await person.getByRole('button', { name: '保存' }).last().click();
    await person.getByText('已保存，立即生效。').waitFor();
    await isClean();
    await shoot('accounts');
    await page.getByRole('searchbox').fill('陈');
    await page.getByRole('button', { name: /陈静/ }).click();
    const lead = page.getByRole('region', { name: '陈静' });
    await lead
      .getByRole('button', { name: /^退出 / })
      .first()
      .waitFor();
    await lead.getByRole('button', { name: '停用账号' }).click();
    await desk.locator('.ant-popover').getByRole('button', { name: '停用账号' }).click();
    await lead.getByText('现在没有登录。').waitFor();
    await page.getByText('已停用').waitFor();
    await desk.setViewportSize({ width: 390, height: 844 });
    await isClean();
    expect(await desk.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    const people = (await callJson('GET', `${app.url}/accounts`, { cookie: admin })).body.accounts as {
      login: string;
      team: string;
      disabledAt: number | null;
    }[];
    expect(people.find(({ login }) => login === '0777')?.team).toBe('报障一组');
    expect(people.find(({ login }) => login === '0316')?.disabledAt).not.toBeNull();
  }, 60_000);
});
