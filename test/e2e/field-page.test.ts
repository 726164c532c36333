import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import {
  type Customer,
  callJson,
  openCustomer,
  signInFirstAdmin,
  startTestApp,
  type TestApp,
} from '../support/app';
import { findViolations } from '../support/axe';
import { DESKTOP, launchBrowser, PHONE } from '../support/browser';
import { until } from '../support/turns';

const SHOTS = process.env.SCREENSHOTS;
const NUMBER = /F\d{6}[0-9A-Z]{9}/;
const HOUR = 3600_000;
/** 24 November 2026, 14:00 in Shanghai: no quiet hours, whenever the test runs. */
const TWO = Date.UTC(2026, 10, 24, 6);
const PHOTO = join(__dirname, '../../docs/images/chat-lights.png');

describe('the page of a technician', () => {
  let app: TestApp;
  let browser: Browser;
  let cookie: string;
  let context: BrowserContext;
  let page: Page;
  let customer: Customer;
  let number: string;
  let ahead = TWO - Date.now();

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({}, () => Date.now() + ahead), launchBrowser()]);
    cookie = await signInFirstAdmin(app);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });
  beforeEach(async () => {
    customer = await openCustomer(app.url);
    await customer.ask('家里宽带断网了,光猫红灯闪', /小区|路名/);
    await customer.ask('鼓楼区中山路18号3栋2单元501', /光纤/);
    await customer.ask('没有', /哪个方便/);
    await customer.ask('第一个', /电话/);
    number = NUMBER.exec((await customer.ask('13800138000', NUMBER)).join(' '))?.[0] ?? '';
    context = await browser.newContext({ ...PHONE, locale: 'zh-CN' });
    page = await context.newPage();
  });
  afterEach(() => context.close());

  async function link(technician = { id: '0518', name: '李强', phone: '13900000518' }): Promise<string> {
    const { body } = await callJson('GET', `${app.url}/agent/orders/${number}`, { cookie });
    const { order } = body as { order: { order: { version: number } } };
    const { version } = order.order;
    const sent = await callJson('POST', `${app.url}/agent/orders/${number}/technician`, {
      cookie,
      body: { version, technician },
    });
    return String(sent.body.url);
  }
  const open = async (): Promise<void> => {
    await page.goto(await link());
    await page.getByText(number).waitFor();
  };
  const tap = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const sees = (text: string | RegExp) => page.getByText(text).first().waitFor();
  const statusOf = async () => {
    const { body } = await callJson('GET', `${app.url}/agent/orders/${number}`, { cookie });
    return (body as { order: { order: { status: string; field: { visits: number } } } }).order.order;
  };
  const shoot = async (name: string) => {
    if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`) });
  };

  it('leads from accepting to a repair, and says what cannot be', async () => {
    await open();
    await shoot('field-new');
    expect(await findViolations(page)).toEqual([]);
    await tap('接单');
    await customer.hear(/已派给李强师傅/);
    await tap('我到了');
    await customer.hear(/李强师傅到了/);
    await tap('报完工');
    await page.getByLabel('故障原因').selectOption('接头');
    await page.getByLabel('dBm').fill('-31');
    await shoot('field-finish');
    expect(await findViolations(page)).toEqual([]);
    await tap('确定');
    await sees(/读数不合格/);
    // What was filled in is still there.
    await page.getByLabel('dBm').fill('-19.5');
    await tap('确定');
    await sees('已报完工');
    await shoot('field-done');
    expect(await page.getByText('中山路18号').count()).toBe(0);
    await customer.hear(/登记为已修好/);
    // The customer says no: the same page has the order again.
    await customer.ask('还不行', /这单我不结/);
    await page.reload();
    await tap('接单');
    await until(async () => (await statusOf()).status === 'assigned');
  }, 90_000);

  it('keeps what is done without a network, and sends it once', async () => {
    await open();
    await tap('接单');
    await sees('我到了');
    await context.setOffline(true);
    await tap('我到了');
    await sees(/没有网络/);
    await shoot('field-offline');
    expect(await page.getByRole('button', { name: '我到了', exact: true }).isDisabled()).toBe(true);
    await context.setOffline(false);
    await page.getByRole('button', { name: '报完工' }).waitFor();
    expect(await statusOf()).toMatchObject({ field: { visits: 1 } });
  }, 90_000);

  it('still owes what it had done when it was closed in a cellar', async () => {
    await open();
    await tap('接单');
    await sees('我到了');
    await context.route('**/field/acts', (route) => route.abort());
    await tap('我到了');
    await sees(/没有网络/);
    const url = page.url();
    await page.close();
    await context.unroute('**/field/acts');
    page = await context.newPage();
    await page.goto(url);
    await page.getByRole('button', { name: '报完工' }).waitFor();
    await until(async () => (await statusOf()).field.visits === 1);
  }, 90_000);

  it('asks for a call and a photo before anybody is called unreachable', async () => {
    await open();
    await tap('接单');
    await tap('挂起');
    await page.getByLabel('原因').selectOption('联系不上客户');
    expect(await page.getByRole('button', { name: '确定' }).isDisabled()).toBe(true);
    await page.getByLabel('拍照').setInputFiles(PHOTO);
    await sees('照片已上传');
    await tap('确定');
    await sees(/请先用本页给客户打个电话/);
    await tap('返回');
    await tap('打客户电话');
    expect(await page.getByRole('link', { name: /拨 0251\d{7}/ }).getAttribute('href')).toMatch(
      /^tel:0251\d{7}$/,
    );
    await tap('挂起');
    await page.getByLabel('原因').selectOption('联系不上客户');
    await page.getByLabel('拍照').setInputFiles(PHOTO);
    await sees('照片已上传');
    await tap('确定');
    await sees(/这单停着：联系不上客户/);
    await shoot('field-paused');
    await customer.hear(/先停了/);
    await customer.ask('进度', /是这样吗/);
    await customer.ask('不是', /班长/);
    await page.reload();
    await sees(/客户有异议/);
    await tap('恢复办理');
    await until(async () => (await page.getByText('这单停着').count()) === 0);
  }, 90_000);

  it('agrees on a time, warns of one that breaks the promise, and comes again', async () => {
    await open();
    await tap('约上门时间');
    await page.getByLabel('哪天').fill('2026-12-01');
    await sees(/晚于答应客户的/);
    await page.getByLabel('哪天').fill('2026-11-24');
    await page.getByLabel('几点到').fill('15:00');
    await page.getByLabel('几点前').fill('16:00');
    await shoot('field-appoint');
    await tap('确定');
    await sees('今天 15:00–16:00');
    await customer.hear(/约好今天 15:00–16:00 上门/);
    await tap('我到了');
    await tap('再来一次');
    await page.getByLabel('原因').selectOption('缺备件');
    await tap('确定');
    await customer.hear(/这次没弄好，原因：缺备件/);
    await page.getByRole('button', { name: '我到了', exact: true }).waitFor();
  }, 90_000);

  it("keeps what a look at the holder's document came to, and tells the customer what to bring", async () => {
    const newcomer = await openCustomer(app.url);
    await newcomer.ask('想装个宽带', /小区|路名/);
    await newcomer.ask('翠屏国际城7幢2单元301', /选哪个/);
    await newcomer.ask('500M', /确认吗/);
    await newcomer.ask('确认', /哪个方便/);
    await newcomer.ask('第一个', /电话/);
    const said = (await newcomer.ask('13800138006', /I\d{6}[0-9A-Z]{9}/)).join(' ');
    number = /I\d{6}[0-9A-Z]{9}/.exec(said)?.[0] ?? '';
    await open();
    await sees('还没核验');
    await tap('接单');
    await tap('我到了');
    await tap('核验证件');
    await shoot('field-identity');
    expect(await findViolations(page)).toEqual([]);
    await tap('没带或不符');
    await sees(/这单停着：证件没带或和登记的不符/);
    await newcomer.hear(/先停了.*身份证原件/);
    await tap('我到了');
    await tap('核验证件');
    await tap('证件已核验');
    await page.getByRole('button', { name: '核验证件' }).waitFor();
    await sees('证件已核验');
    await newcomer.ask('进度', /证件已当面核验/);
  }, 90_000);

  it('is over for a technician whose order was given to another, and for a link that is old', async () => {
    await open();
    const old = page.url();
    await link({ id: '0519', name: '王磊', phone: '13900000519' });
    await tap('接单');
    await sees('这单已经转给别人了，不用再处理。');
    await shoot('field-reassigned');
    expect(await page.getByRole('button').count()).toBe(0);
    await page.goto(`${app.url}/field`);
    await sees(/链接不对或已过期/);
    ahead += 15 * 24 * HOUR;
    try {
      await page.goto(old);
      await sees(/链接不对或已过期/);
    } finally {
      ahead -= 15 * 24 * HOUR;
    }
  }, 90_000);

  it('hands on to a colleague, who gets a link of their own', async () => {
    await open();
    await tap('转派');
    await page.getByLabel('原因').selectOption('太远赶不到');
    await page.getByLabel('工号').fill('0520');
    await page.getByLabel('姓名').fill('赵云');
    expect(await page.getByRole('button', { name: '确定' }).isDisabled()).toBe(true);
    await page.getByLabel(/手机号/).fill('13900000520');
    await tap('确定');
    await sees('转出去了，这单您不用再处理。');
    await customer.hear(/改由赵云师傅（工号 0520）上门/);
    await page.reload();
    await sees('这单已经转给别人了，不用再处理。');
    const texts = await (await fetch(`${app.url}/simulator/operator/state`)).text();
    const url =
      new RegExp(`${app.url}/field#[\\w.-]+`).exec(texts.slice(texts.indexOf('13900000520')))?.[0] ?? '';
    await page.goto(url);
    await page.getByRole('button', { name: '接单', exact: true }).waitFor();
  }, 90_000);

  it('stands on a desk and in the dark as well, and in English', async () => {
    const url = await link();
    const desk = await browser.newContext({ ...DESKTOP, locale: 'en-GB', colorScheme: 'dark' });
    page = await desk.newPage();
    await page.goto(url);
    await page.getByRole('button', { name: 'Accept' }).waitFor();
    await shoot('field-dark-en');
    expect(await findViolations(page)).toEqual([]);
    // A customer's words are words here too.
    expect(await page.locator('main script').count()).toBe(0);
    await desk.close();
  }, 90_000);
});
