import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { callJson, openCustomer, signInFirstAdmin, startTestApp, type TestApp } from '../support/app';
import { launchBrowser } from '../support/browser';
import { AGENT_PASSWORD, addColleague } from '../support/desk';
import { type EditorPage, openEditorPage } from '../support/editor-page';
import { lesserContent } from '../support/lesser-content';
import { until } from '../support/turns';

const CONVERSATIONS = `
- name: praise is passed on
  lines:
    - say: 师傅很好给个赞
      intent: praise
`;

/** Somebody who does not code keeps prices by city and day, and sees what customers are told. */
describe('the tables of facts', () => {
  let app: TestApp;
  let content: string;
  let admin: string;
  let browser: Browser;
  let editor: EditorPage;

  beforeAll(async () => {
    content = lesserContent({ every: 4, conversations: CONVERSATIONS });
    [app, browser] = await Promise.all([startTestApp({ CONTENT_DIR: content }), launchBrowser()]);
    admin = await signInFirstAdmin(app);
    editor = await openEditorPage(browser, app);
  }, 120_000);
  afterEach(() => expect(editor.faults).toEqual([]));
  afterAll(async () => {
    await browser.close();
    await app.stop();
    rmSync(content, { recursive: true, force: true });
  });

  const cell = (column: string, row: number) =>
    editor.page.getByLabel(`${column}，第 ${row} 行`, { exact: true });
  const draft = async () =>
    (await callJson('GET', `${app.url}/admin/content/draft`, { cookie: admin })).body as {
      files: Record<string, string>;
    };
  const saved = (path: string, text: string) =>
    until(async () => (await draft()).files[path]?.includes(text) === true);

  it('are a sheet that is filtered by place and day, with problems in place and undo', async () => {
    const { page, button, sees, isClean, shoot, pick } = editor;
    await editor.signIn('admin@operator.example');
    await button('资料表').click();
    await sees('从左边选一张资料表。');
    await sees('30 天内没有到期的。');
    await isClean();
    await shoot('tables-overview');
    await button(/fees/).click();
    await cell('金额（元）', 2).waitFor();
    expect(await cell('金额（元）', 2).inputValue()).toBe('50');
    await isClean();
    await shoot('tables-sheet');
    await pick('地区', '南京市');
    await cell('金额（元）', 2).waitFor({ state: 'detached' });
    expect(await cell('金额（元）', 1).inputValue()).toBe('50');
    await page.getByLabel('哪天有效').fill('2031-01-01');
    await sees('没有符合的行。换个地区或日期，或添加一行。');
    await page.getByLabel('哪天有效').fill('');
    await cell('金额（元）', 1).fill('五十');
    await page.keyboard.press('Enter');
    await sees(/“五十”不是金额。只写数字/);
    expect(await cell('金额（元）', 1).getAttribute('aria-invalid')).toBe('true');
    await isClean();
    await shoot('tables-problem');
    await button('撤销').click();
    await page.getByText(/“五十”不是金额/).waitFor({ state: 'detached' });
    await cell('金额（元）', 1).fill('60');
    await page.keyboard.press('Escape');
    expect(await cell('金额（元）', 1).inputValue()).toBe('50');
  }, 60_000);

  it('take rows from a spreadsheet, and a row that goes on', async () => {
    const { page, button, sees, shoot, isClean } = editor;
    await button('从表格粘贴').click();
    await page
      .getByLabel('复制来的格子')
      .fill(
        '编号\t地区\t从\t金额（元）\t备注\ninstall\t南京市\t2026-01-01\t55\tx\nsocket\t\t2026-01-01\t20\ty\n',
      );
    await sees('新增 1 行，更新 1 行');
    await sees('这些列本表没有，不会放进来：备注');
    await isClean();
    await shoot('tables-paste');
    await button('放进来').click();
    await sees('放进了 2 行。');
    expect(await cell('金额（元）', 1).inputValue()).toBe('55');
    // What the paste does not have is kept.
    expect(await cell('到', 1).inputValue()).toBe('2030-12-31');
    await cell('到', 1).fill('2026-12-20');
    await page.keyboard.press('Enter');
    await button('接着写一行').click();
    expect(await cell('从', 2).inputValue()).toBe('2026-12-21');
    await cell('金额（元）', 2).fill('66');
    await page.keyboard.press('Enter');
    await sees(/草稿已保存 · 改了 1 个文件/);
    await saved('dialogs/tables/fees.csv', '南京市,2026-12-21,,66');
    await button('添加一行').click();
    expect(await cell('编号', 3).inputValue()).toBe('new-1');
    await button('删除第 3 行 new-1').click();
    await cell('编号', 3).waitFor({ state: 'detached' });
  }, 60_000);

  it('are named by answers, which are shown for a place and a day', async () => {
    const { page, button, sees, pick, isClean, shoot } = editor;
    await button('知识').click();
    await page.getByLabel('找问题或编号').fill('install-fee');
    await button(/install-fee/).click();
    const shown = page.locator('.side .bubble').first();
    await shown.getByText('安装调测费 100 元').waitFor();
    const side = page.locator('.side');
    await pick('地区', '南京市', side);
    await side.getByLabel('哪天有效').fill('2026-12-01');
    await shown.getByText('安装调测费 55 元').waitFor();
    await isClean();
    await shoot('tables-article');
    await side.getByLabel('哪天有效').fill('2025-12-01');
    await shown.getByText('没有现在有效的说法').waitFor();
    const answer = page.locator('.article-editor .views').getByLabel('中文', { exact: true }).nth(1);
    await answer.fill('插座费 ');
    await answer.press('End');
    await page.getByRole('combobox', { name: '插入资料' }).first().fill('socket');
    await page
      .locator('.ant-select-item-option')
      .getByText(/^socket · 金额/)
      .click();
    await side.getByLabel('哪天有效').fill('2026-12-01');
    await shown.getByText('插座费 20 元').waitFor();
    expect(await answer.inputValue()).toBe('插座费 {{ facts.fees.socket.price }}');
    await sees(/草稿已保存 · 改了 2 个文件/);
    await shoot('tables-inserted');
  }, 60_000);

  it('keep whoever publishes from naming a row that is gone, and show it on a phone in English and dark', async () => {
    const { page, button, sees, isClean, shoot } = editor;
    await button('资料表').click();
    await button(/fees/).click();
    await page.getByLabel('在表里找').fill('socket');
    await button('删除第 1 行 socket').click();
    await sees(/草稿已保存/);
    await button('知识').click();
    await page.getByLabel('找问题或编号').fill('install-fee');
    await button(/install-fee/).click();
    await sees(/资料表“fees”没有编号为“socket”的行/);
    await page.setViewportSize({ width: 390, height: 844 });
    await isClean();
    await shoot('tables-article-phone');
    await page.goto(`${app.url}/admin?theme=dark&lang=en#/tables/fees`);
    await page.reload();
    await page.getByLabel('Place, row 1').waitFor();
    await isClean();
    await shoot('tables-phone');
    await page.setViewportSize({ width: 1280, height: 800 });
    await isClean();
    await shoot('tables-dark');
    await page.goto(`${app.url}/admin?theme=light&lang=zh#/tables`);
    await page.setViewportSize({ width: 1440, height: 900 });
  }, 60_000);

  it('are named by what a dialog says, which is shown for a place as well', async () => {
    const { page, button, isClean, shoot } = editor;
    await button('对话').click();
    await page.getByLabel('找名称或编号').fill('praise');
    await button(/^表扬/).click();
    await page.locator('.react-flow__node[data-id="thanks"]').click();
    const side = page.locator('.side');
    const said = side.getByLabel('中文', { exact: true }).first();
    await said.fill('移机费');
    await side.getByRole('combobox', { name: '插入资料' }).first().fill('移机');
    await page
      .locator('.ant-select-item-option')
      .getByText(/移机费 · 金额/)
      .click();
    await side.locator('.shown .bubble').getByText('移机费 80 元').waitFor();
    await isClean();
    await shoot('tables-dialog');
  }, 60_000);

  it('are what customers are told, as long as nobody has published another', async () => {
    const customer = await openCustomer(app.url);
    expect((await customer.ask('营业厅营业时间', /周一到周五/)).join()).toContain('9:00–18:00');
  }, 60_000);

  it('are changed in their own places alone by whoever is limited to them', async () => {
    const id = await addColleague(app, admin, { login: 'nanjing', name: '小宁', role: 'admin' });
    const body = { places: ['南京市'] };
    const limited = await callJson('PATCH', `${app.url}/accounts/${id}`, { cookie: admin, body });
    expect(limited.status).toBe(200);
    const local = await openEditorPage(browser, app);
    const { page, button, sees, isClean, shoot } = local;
    const own = (column: string, row: number) => page.getByLabel(`${column}，第 ${row} 行`, { exact: true });
    await page.goto(`${app.url}/admin?theme=light&lang=zh#/tables/fees`);
    await page.getByLabel('邮箱或工号').fill('nanjing');
    await page.getByLabel('密码').fill(AGENT_PASSWORD);
    await page.keyboard.press('Enter');
    await sees(/您的账号只能改南京市的内容/);
    expect(await button('对话').count()).toBe(0);
    await own('金额（元）', 1).waitFor();
    expect(await own('金额（元）', 1).getAttribute('readonly')).not.toBeNull();
    expect(await button(/^删除第 1 行/).count()).toBe(0);
    await own('金额（元）', 2).fill('45');
    await page.keyboard.press('Enter');
    await sees(/草稿已保存 · 改了 1 个文件/);
    await isClean();
    await shoot('tables-limited');
    await own('地区', 2).fill('合肥市');
    await page.keyboard.press('Tab');
    await sees(/这会改到别的地区，没有改/);
    expect(await own('地区', 2).inputValue()).toBe('南京市');
    await button('添加一行').click();
    await own('编号', 6).waitFor();
    expect(
      await page
        .getByLabel(/^地区，第 \d+ 行$/)
        .last()
        .inputValue(),
    ).toBe('南京市');
    await button('知识').click();
    await page.getByLabel('找问题或编号').fill('install-fee');
    await button(/install-fee/).click();
    await sees(/^这条在别的地区也说，您只能看/);
    await isClean();
    await shoot('tables-limited-article');
    await page.goto(`${app.url}/admin?theme=dark&lang=en#/tables/fees`);
    await page.reload();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByLabel('Amount, row 1').or(page.getByLabel('Place, row 1')).first().waitFor();
    await isClean();
    await shoot('tables-limited-phone');
    expect(local.faults).toEqual([]);
  }, 60_000);
});
