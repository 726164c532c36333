import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import {
  type Customer,
  callJson,
  openCustomer,
  signInFirstAdmin,
  startTestApp,
  type TestApp,
} from '../support/app';
import { findViolations } from '../support/axe';
import { launchBrowser } from '../support/browser';
import { AGENT_PASSWORD, addColleague } from '../support/desk';
import { until } from '../support/turns';

const SHOTS = process.env.SCREENSHOTS;
const ANSWER = '多收的两个月费用已于 11 月 26 日退回话费账户。';

/** A complaint that went to the authority, from the customer's words to the answer that a supervisor has approved. */
describe('an appeal at the desk', () => {
  let app: TestApp;
  let browser: Browser;
  let desk: Page;
  let customer: Customer;
  let agent: string;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), launchBrowser()]);
    const admin = await signInFirstAdmin(app);
    await addColleague(app, admin, { login: '0251', name: '李娜' });
    await addColleague(app, admin, { login: '0316', name: '陈班长', role: 'supervisor' });
    const body = { login: '0251', password: AGENT_PASSWORD };
    agent = (await callJson('POST', `${app.url}/accounts/sign-in`, { body })).cookie ?? '';
    const context = await browser.newContext({ viewport: { width: 1366, height: 900 }, locale: 'zh-CN' });
    desk = await context.newPage();
    desk.setDefaultTimeout(10_000);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });
  const button = (name: string | RegExp) => desk.getByRole('button', { name }).first();
  const sees = (text: string | RegExp) => desk.getByText(text).first().waitFor();

  it('is drafted by one, approved by another, and goes out word for word', async () => {
    await desk.goto(`${app.url}/agent?theme=light`);
    await desk.getByLabel('邮箱或工号').fill('0316');
    await desk.getByLabel('密码').fill(AGENT_PASSWORD);
    await desk.keyboard.press('Enter');
    await sees('实时');
    await desk.keyboard.press('Alt+g');
    await button(/^在线/).waitFor();

    customer = await openCustomer(app.url);
    await customer.ask('我已经去管局申诉过了', /申诉受理编号/);
    await customer.ask('苏通管申2611240001', /请说说经过/);
    await customer.ask('宽带费多收两个月', /怎么处理/);
    await customer.ask('退费', /截图/);
    await customer.ask('没有', /打哪个电话/);
    const said = await customer.ask('13912345678', /申诉记下了/);
    const number = /C\d{6}[0-9A-Z]{9}/.exec(said.join(' '))?.[0] ?? '';
    await sees('为您预留');
    await desk.keyboard.press('Alt+n');
    await desk.locator('.order-head').filter({ hasText: number }).click();
    await sees('申诉 苏通管申2611240001');

    // Resolving it by hand is refused; a colleague drafts the answer.
    const path = `${app.url}/agent/orders/${number}`;
    const call = async (rest: string, rest2: object) => {
      const { order } = (await callJson('GET', path, { cookie: agent })).body.order as {
        order: { version: number };
      };
      return callJson('POST', `${path}/${rest}`, {
        cookie: agent,
        body: { version: order.version, ...rest2 },
      });
    };
    expect((await call('transition', { to: 'resolved' })).status).toBe(409);
    await until(async () => (await call('reply', { text: ANSWER })).status === 200);

    await sees(ANSWER);
    expect(await findViolations(desk)).toEqual([]);
    if (SHOTS) await desk.screenshot({ path: join(SHOTS, 'desk-appeal.png') });
    await button('审核通过并发出').click();
    await customer.hear(new RegExp(`正式答复：${ANSWER}`));
    await sees('已审核发出');
  }, 90_000);
});
