import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { callJson, openCustomer, startTestApp, type TestApp } from '../support/app';
import { findViolations } from '../support/axe';
import { DESKTOP, launchBrowser, PHONE } from '../support/browser';

const NUMBER = /[FIC]\d{6}[0-9A-Z]{9}/;

describe('the page that steers the simulated operator', () => {
  let app: TestApp;
  let browser: Browser;
  const shots = process.env.SHOTS ?? mkdtempSync(join(tmpdir(), 'operator-shots-'));
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), launchBrowser()]);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  async function open(size: object): Promise<{ page: Page; broken: string[]; close(): Promise<void> }> {
    const context = await browser.newContext({ ...size, locale: 'zh-CN' });
    const page = await context.newPage();
    const broken: string[] = [];
    page.on('pageerror', (error) => broken.push(error.message));
    await page.goto(`${app.url}/simulator/operator`);
    await page.getByRole('heading', { name: '运营商的反应' }).waitFor();
    return { page, broken, close: () => context.close() };
  }
  const board = (page: Page, name: string) => page.getByRole('region', { name });

  it('moves an order on, and the customer hears of it', async () => {
    const { page, broken, close } = await open(DESKTOP);
    await board(page, '工单').getByText('还没有工单').waitFor();
    const customer = await openCustomer(app.url);
    await customer.ask('家里宽带断网了，光猫红灯一直闪', /小区|路名/);
    await customer.ask('鼓楼区中山路18号3栋2单元501', /光纤/);
    const tested = await customer.ask('没有', /哪个方便|哪个电话/);
    if (tested.some((line) => /哪个方便/.test(line))) await customer.ask('第一个', /电话/);
    const number = NUMBER.exec((await customer.ask('13800138000', NUMBER)).join(' '))?.[0] ?? '';
    const moves = page.getByRole('group', { name: `推进 ${number}` });
    await moves.getByRole('button', { name: '接单' }).click();
    await customer.hear(/李/);
    await moves.getByRole('button', { name: '到了现场' }).click();
    await moves.getByRole('button', { name: '做好了' }).waitFor();
    await page.screenshot({ path: join(shots, 'operator-desktop.png'), fullPage: true });
    await moves.getByRole('button', { name: '做好了' }).click();
    await moves.waitFor({ state: 'detached' });
    await board(page, '工单').getByText('等客户确认').waitFor();
    const again = { type: 'order', number, act: { type: 'arrive' } };
    expect((await callJson('POST', `${app.url}/simulator/operator/steer`, { body: again })).status).toBe(409);
    expect(broken).toEqual([]);
    await close();
  }, 90_000);

  it('causes and ends an outage, and makes a line test fail', async () => {
    const { page, close } = await open(PHONE);
    const outages = board(page, '区域故障');
    await outages.getByLabel('地方').fill('人民路66号');
    await outages.getByRole('button', { name: '制造故障' }).click();
    await outages.getByText(/光缆被施工挖断，预计/).waitFor();
    const customer = await openCustomer(app.url);
    await customer.ask('家里断网了', /小区|路名/);
    await customer.ask('鼓楼区人民路66号1栋1单元302', /恢复|抢修|故障/);
    await outages.getByRole('listitem').getByRole('button', { name: '宣布恢复' }).click();
    await outages.getByRole('listitem').getByText('没有故障').waitFor();
    await outages.getByRole('button', { name: '恢复默认' }).click();
    await outages.getByText('还没有改动').waitFor();
    const lines = board(page, '线路测试');
    await lines.getByLabel('地址').fill('中山路18号');
    await lines.getByLabel('结果').selectOption('error');
    await lines.getByRole('button', { name: '就这样测' }).click();
    await lines.getByRole('listitem').getByText('测试出错').waitFor();
    await page.screenshot({ path: join(shots, 'operator-phone.png'), fullPage: true });
    const accounts = board(page, '账户状态');
    await accounts.getByLabel('手机号').fill('13800138000');
    await accounts.getByRole('button', { name: '改成这样' }).click();
    await accounts.getByRole('listitem').getByText('达量限速').waitFor();
    expect(await page.evaluate('document.body.scrollWidth <= window.innerWidth')).toBe(true);
    await lines.getByRole('button', { name: '恢复默认' }).click();
    await lines.getByText('还没有改动').waitFor();
    await close();
  }, 90_000);

  it('takes the operator down by the keyboard, and says when the server is gone', async () => {
    const { page, close } = await open({ ...DESKTOP, colorScheme: 'dark' });
    await page.getByRole('radio', { name: '正常' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('每次查询等 15 秒才回答。').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByText('每次查询都立刻失败。').waitFor();
    const customer = await openCustomer(app.url);
    await customer.ask('家里断网了', /小区|路名/);
    await page.keyboard.press('ArrowRight');
    await page.getByText('每次都马上回答。').waitFor();
    await page.screenshot({ path: join(shots, 'operator-dark.png'), fullPage: true });
    expect(await findViolations(page)).toEqual([]);
    await page.context().setOffline(true);
    await page.getByText(/连不上服务器/).waitFor();
    await page.context().setOffline(false);
    await page.getByText(/连不上服务器/).waitFor({ state: 'detached' });
    await close();
  }, 90_000);

  it('is also where the page of codes was, and refuses what it does not know', async () => {
    const moved = await fetch(`${app.url}/simulator/codes`, { redirect: 'manual' });
    expect([moved.status, moved.headers.get('location')]).toEqual([302, '/simulator/operator']);
    const steer = `${app.url}/simulator/operator/steer`;
    for (const body of [{}, { type: 'pace', pace: 'frozen' }, { type: 'outage', place: '' }]) {
      expect((await callJson('POST', steer, { body })).status).toBe(400);
    }
    const plain = await fetch(steer, { method: 'POST', body: '{"type":"pace","pace":"dead"}' });
    expect(plain.status).toBe(415);
  });
});
