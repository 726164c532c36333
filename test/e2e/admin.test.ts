import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { callJson, openCustomer, signInFirstAdmin, startTestApp, type TestApp } from '../support/app';
import { findViolations } from '../support/axe';
import { launchBrowser, PHONE } from '../support/browser';
import { AGENT_PASSWORD, addColleague } from '../support/desk';

const SHOTS = process.env.SCREENSHOTS;

/** An admin changes what the bot says, from the flow to the published version. */
describe('the editor of content', () => {
  let app: TestApp;
  let admin: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), launchBrowser()]);
    admin = await signInFirstAdmin(app);
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (line) => {
      if (line.type() === 'error' && !/401/.test(line.text())) faults.push(line.text());
    });
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  const button = (name: string | RegExp, on: Page | Locator = page) =>
    on.getByRole('button', { name, exact: typeof name === 'string' });
  const sees = (text: string | RegExp, on = page) => on.getByText(text).first().waitFor();
  const isClean = async (on = page) => expect(await findViolations(on)).toEqual([]);
  const shoot = async (name: string, on = page) => {
    if (SHOTS) await on.screenshot({ path: join(SHOTS, `admin-${name}.png`) });
  };
  const yaml = () => page.locator('.yaml .cm-content');

  /** What a new customer is told. */
  const answerTo = async (text: string) => (await (await openCustomer(app.url)).ask(text, /谢谢/)).join('\n');

  /** What a colleague writes is read, and approved as it is. */
  async function readsColleague() {
    await addColleague(app, admin, { login: 'e201', name: '周宁', role: 'admin' });
    const credentials = { login: 'e201', password: AGENT_PASSWORD };
    const signedIn = await callJson('POST', `${app.url}/accounts/sign-in`, { body: credentials });
    const cookie = signedIn.cookie ?? '';
    const path = `${app.url}/admin/content/draft`;
    const { body } = await callJson('GET', path, { cookie });
    const files = body.files as Record<string, string>;
    const changes = { 'intents/praise.yaml': `${files['intents/praise.yaml']}    - well done zhou\n` };
    const saved = await callJson('PUT', path, { cookie, body: { revision: body.revision, changes } });
    expect(saved.status).toBe(200);
    await button('版本与发布').click();
    await sees('没有等着看的对话。');
    const draft = page.getByRole('region', { name: '同事的草稿' }).locator('li').first();
    await draft.getByText('周宁').waitFor();
    await button('看改动', draft).click();
    await button(/praise.yaml/, draft).click();
    await draft.locator('.diff').getByText('well done zhou').waitFor();
    await isClean();
    await shoot('colleague');
    await button('我看过了，同意发布', draft).click();
    await draft.getByText('管理员 已同意').waitFor();
  }

  it('changes a text and a step in the flow, and the YAML goes with it', async () => {
    await page.goto(`${app.url}/admin?theme=light&lang=zh`);
    await page.getByLabel('邮箱或工号').fill('admin@operator.example');
    await page.getByLabel('密码').fill('correct horse battery');
    await page.keyboard.press('Enter');
    await sees('从左边选一个对话。');
    await page.getByLabel('找名称或编号').fill('praise');
    await button(/^表扬/).click();
    await page.locator('.step-node').nth(1).waitFor();
    await page.locator('.react-flow__node[data-id="thanks"]').click();
    const said = page.locator('.side').getByLabel('中文', { exact: true }).first();
    await said.waitFor();
    await shoot('flow');
    await isClean();
    await said.fill('谢谢您的肯定，我会转告同事。');
    await page.locator('.shown .bubble').getByText('谢谢您的肯定，我会转告同事。').waitFor();
    await button('并排').click();
    await yaml().getByText('谢谢您的肯定，我会转告同事。').waitFor();
    await sees(/草稿已保存 · 改了 1 个文件/);
    await page.getByRole('combobox', { name: '在后面加一步' }).click();
    await page.locator('.ant-select-item-option').getByText('提问').click();
    await page.locator('.react-flow__node[data-id="ask"]').waitFor();
    await yaml().getByText('type: ask').waitFor();
    await sees(/没有信息项“answer”/);
    await shoot('both-problem');
    await page.locator('.yaml .cm-lint-marker-error').first().waitFor();
    await page.keyboard.press('Control+z');
    await page.locator('.react-flow__node[data-id="ask"]').waitFor({ state: 'detached' });
    await sees(/^草稿已保存/);
    await button('试一试').click();
    await page.getByLabel('扮客户说一句').fill('表扬一下，师傅服务真好');
    await button('发送').click();
    await page
      .locator('.talk .bubble')
      .getByText('谢谢您的肯定，我会转告同事。')
      .waitFor({ timeout: 60_000 });
    await page
      .locator('.insight')
      .getByText(/praise \d+%/)
      .waitFor();
    await page.getByLabel('扮客户说一句').fill('我家断网了');
    await button('发送').click();
    await page
      .locator('.insight')
      .getByText(/fault-report\//)
      .waitFor();
    await isClean();
    await shoot('try');
    await button('退一步').click();
    await page.locator('.talk .bubble.own').nth(1).waitFor({ state: 'detached' });
    await button('深色').click();
    await button('流程图').click();
    await page.getByLabel('找名称或编号').fill('complaint');
    await button(/^登记投诉/).click();
    await page.locator('.react-flow__node[data-id="classify"]').waitFor();
    await shoot('large-dark');
    await page.evaluate("location.hash += '/judge-continued'");
    await button('步骤').click();
    const sentence = page.locator('.condition').first();
    await sentence.getByText('不是', { exact: true }).waitFor();
    await isClean();
    await shoot('condition-dark');
    await sentence.getByRole('combobox', { name: '怎么样' }).click();
    await page.locator('.ant-select-item-option').getByText('是', { exact: true }).click();
    await sentence.getByRole('button', { name: '专家写法' }).click();
    expect(await page.locator('.side input.code').first().inputValue()).toBe(
      "slots.continued.status == 'continued'",
    );
    await page.locator('.react-flow__pane').click({ position: { x: 5, y: 5 } });
    await page.keyboard.press('Control+z');
    await sees(/^草稿已保存 · 改了 1 个文件/);
    await button('YAML').click();
    await yaml().waitFor();
    await isClean();
    await shoot('yaml-dark');
    await readsColleague();
    expect(faults).toEqual([]);
  }, 120_000);

  it('tries, publishes and goes back, and reads well on a phone', async () => {
    await button('版本与发布').click();
    await button(/dialogs\/praise.yaml/).click();
    const mine = page.locator('.my-changes .diff');
    await mine.locator('.cm-insertedLine, .cm-changedLine').first().waitFor();
    await sees('客户正在用');
    const waiting = await openCustomer(app.url);
    await waiting.ask('我家断网了', /地址|小区|哪/);
    await button('开始试跑').click();
    await page.getByText(/段脚本对话全部通过/).waitFor({ timeout: 90_000 });
    await page.getByLabel(/^改了什么/).fill('表扬的回答短一些');
    await page.getByText('换到新版本接着办').click();
    await page.locator('.places').getByText('fault-report/').first().waitFor();
    await isClean();
    await shoot('versions');
    await button('现在发布').click();
    await page.getByText('已发布，所有节点都在用新版本。').waitFor({ timeout: 60_000 });
    const version = (n: number) => page.locator('.history-list > ol > li').filter({ hasText: `第 ${n} 版` });
    await version(2).getByText('客户正在用').waitFor();
    expect(await answerTo('表扬一下，师傅服务真好')).toContain('谢谢您的肯定，我会转告同事。');
    await version(1).getByRole('button', { name: '换回这一版' }).click();
    await page.locator('.ant-popconfirm .ant-btn-primary').click();
    await version(1).getByText('客户正在用').waitFor({ timeout: 60_000 });
    expect(await answerTo('表扬一下，师傅服务真好')).toContain('我们继续做好。');
    await shoot('rolled-back');
    const phone = await browser.newContext({
      ...PHONE,
      locale: 'zh-CN',
      storageState: await context.storageState(),
    });
    const own = await phone.newPage();
    await own.goto(`${app.url}/admin?theme=light&lang=zh`);
    await button(/^表扬/, own).waitFor();
    await isClean(own);
    await shoot('phone-list', own);
    await button(/^表扬/, own).click();
    await own.locator('.step-node').first().waitFor();
    await isClean(own);
    await shoot('phone-flow', own);
    await tellsAtOnce(own);
    await phone.close();
    expect(faults).toEqual([]);
  }, 180_000);

  /** An emergency bulletin, written, published and ended on a phone. */
  async function tellsAtOnce(own: Page) {
    await own.goto(`${app.url}/admin?theme=light&lang=zh#/bulletins`);
    await own.reload();
    await sees('现在没有紧急公告。', own);
    await isClean(own);
    await own.getByLabel(/^中文/).fill('鼓楼区光缆中断，正在抢修，预计 18:00 前恢复。');
    await own.getByLabel(/^英文/).fill('A cable is cut in Gulou. It should be back by 18:00.');
    await button('选地区', own).click();
    await sees('还没有选地区。', own);
    await button('展开 江苏省', own).click();
    await button('展开 南京市', own).click();
    await own.getByRole('checkbox', { name: '鼓楼区', exact: true }).check();
    await button('2 小时', own).click();
    await own.locator('.bulletin-preview .bubble').getByText('【紧急公告】鼓楼区光缆中断').waitFor();
    await isClean(own);
    if (SHOTS) await own.screenshot({ path: join(SHOTS, 'bulletin-write.png'), fullPage: true });
    await button('发布', own).click();
    await sees(/马上告诉 江苏省南京市鼓楼区 的客户/, own);
    await shoot('bulletin-sure', own);
    await isClean(own);
    await button('确认发布', own).click();
    await own.locator('section').filter({ hasText: '正在通知' }).locator('.bulletin').waitFor();
    await isClean(own);
    const [here, elsewhere] = await Promise.all([openCustomer(app.url), openCustomer(app.url)]);
    const heard = await here.ask('我家在南京市鼓楼区南苑小区，断网了', /\S/);
    expect(heard[0]).toContain('【紧急公告】鼓楼区光缆中断');
    expect((await elsewhere.ask('我家在南京市秦淮区人民路，断网了', /\S/)).join()).not.toContain('紧急公告');
    await button('深色', own).click();
    await own.locator('.bulletins-page').evaluate((page) => page.scrollTo(0, 0));
    await isClean(own);
    await shoot('bulletin-dark', own);
    await button('English', own).click();
    await shoot('bulletin-en', own);
    await button('End it', own).click();
    await button('End it now', own).click();
    await sees('There is no emergency bulletin now.', own);
    await isClean(own);
    const later = await openCustomer(app.url);
    const said = await later.ask('我家在南京市鼓楼区南苑小区，断网了', /\S/);
    expect(said.join()).not.toContain('紧急公告');
  }

  it('teaches an intent, shows what is like it, and what all of them are worth', async () => {
    await button('意图').click();
    await button('开始评估').click();
    await button(/^表扬/).click();
    await page.getByLabel('例句', { exact: true }).locator('li').nth(5).waitFor();
    const added = page.getByLabel('写一句客户会说的话');
    await added.fill('第三次断网了');
    await page
      .locator('.example-hints')
      .getByText(/读起来一样/)
      .waitFor();
    await added.fill('小哥修得又快又好要给五星');
    await page.keyboard.press('Enter');
    await sees(/^草稿已保存 · 改了/);
    await page.getByLabel('在例句里找').fill('又快又好要给五星');
    await sees(/句中的 1 句/);
    await page.getByLabel('第 1 句', { exact: true }).fill('小哥修得又快又好要给十星');
    await page.keyboard.press('Enter');
    await page.getByLabel('在例句里找').fill('要给十星');
    await sees(/句中的 1 句/);
    await page.getByLabel('在例句里找').fill('');
    await button('从表格粘贴').click();
    await page
      .getByLabel('表格内容')
      .fill('说法\t意图\n师傅太给力啦必须夸\t表扬\n二楼没信号呀\tfault-mobile-signal\n什么\t没有的');
    await sees('可以添加 2 句');
    await shoot('intent-paste');
    await button('添加 2 句').click();
    await sees('添加了 2 句。');
    await page
      .locator('.measures')
      .getByText(/判断正确 \d/)
      .waitFor({ timeout: 90_000 });
    await page.locator('.confusion td button').first().click();
    await isClean();
    await shoot('intents');
    await button('用在哪里').click();
    await page.locator('.usages').getByText('praise.yaml').first().waitFor();
    await button('撤销').click();
    await sees(/草稿已保存/);
    await button(/浅色|深色/).click();
    await isClean();
    await shoot('intents-other-theme');
    await page.setViewportSize({ width: 390, height: 844 });
    await isClean();
    await shoot('intents-phone');
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(faults).toEqual([]);
  }, 180_000);
});
