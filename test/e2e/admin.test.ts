import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { openCustomer, signInFirstAdmin, startTestApp, type TestApp } from '../support/app';
import { launchBrowser, PHONE } from '../support/browser';
import { type EditorPage, openEditorPage } from '../support/editor-page';
import { lesserContent } from '../support/lesser-content';
import { keepsKnowledge } from './admin/article-story';
import { tellsAtOnce } from './admin/bulletin-story';
import { mergesWithColleague, readsColleague } from './admin/colleague-story';
import { editsLexicon, learnsFromMessages } from './admin/message-story';
import { changesPromise } from './admin/promise-story';
import { createPublishing } from './admin/publish-story';

/** By words that are examples: the classifier is not what is proved here. */
const CONVERSATIONS = `
- name: praise is passed on
  lines:
    - say: 师傅很好给个赞
      intent: praise
- name: a fault is asked about
  lines:
    - say: 家里宽带断网了
      intent: fault-no-internet
      step: fault-report/ask-address
`;

/** An admin changes what the bot says, from the flow to the published version. */
describe('the editor of content', () => {
  let app: TestApp;
  let content: string;
  let admin: string;
  let browser: Browser;
  let editor: EditorPage;
  let publishing: ReturnType<typeof createPublishing>;

  beforeAll(async () => {
    content = lesserContent({ every: 4, conversations: CONVERSATIONS });
    [app, browser] = await Promise.all([startTestApp({ CONTENT_DIR: content }), launchBrowser()]);
    admin = await signInFirstAdmin(app);
    editor = await openEditorPage(browser, app);
    publishing = createPublishing(editor, admin);
  }, 120_000);
  afterEach(() => expect(editor.faults).toEqual([]));
  afterAll(async () => {
    await browser.close();
    await app.stop();
    rmSync(content, { recursive: true, force: true });
  });

  /** What a new customer is told. */
  const answerTo = async (text: string) => (await (await openCustomer(app.url)).ask(text, /谢谢/)).join('\n');

  it('changes a text and a step in the flow, and the YAML goes with it', async () => {
    const { page, button, sees, isClean, shoot, yaml } = editor;
    await editor.signIn('admin@operator.example');
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
    await readsColleague(editor, admin);
  }, 120_000);

  it('adds an intent and a dialog, tries them, and publishes them while customers talk', async () => {
    const { page, button, shoot } = editor;
    await publishing.addsDialog();
    expect(await answerTo('表扬一下，师傅服务真好')).toContain('谢谢您的肯定，我会转告同事。');
    await page.locator('.history-list').getByText('第 2 版').waitFor();
    await shoot('versions');
    await button('English').click();
    await shoot('versions-en');
    await page.getByRole('button', { name: '中文' }).click();
  }, 240_000);

  it('blocks a publish by a test that fails, and leads who is talking to the step that has a new name', async () => {
    await publishing.renamesStep();
  }, 120_000);

  it('begins anew, politely, with who is in the middle of what was changed', async () => {
    await publishing.restartsPolitely();
  }, 120_000);

  it('joins what two admins changed, goes back in one click, and takes the same from files', async () => {
    await mergesWithColleague(editor, browser);
    await publishing.goesBackAndImports();
    expect(await answerTo('表扬一下，师傅服务真好')).toContain('我们继续做好。');
    await editor.shoot('rolled-back');
  }, 120_000);

  it('takes a question without an answer into an article, and marks what has run out', async () => {
    await keepsKnowledge(editor, admin);
  }, 120_000);

  it('gives what was not understood to an intent, and dismisses what teaches nothing', async () => {
    await learnsFromMessages(editor, admin);
    await editsLexicon(editor);
  }, 60_000);

  it('changes a promise in a form, and works out what would be due', async () => {
    await changesPromise(editor);
  }, 120_000);

  it('teaches an intent, shows what is like it, and what all of them are worth', async () => {
    const { page, button, sees, isClean, shoot } = editor;
    await button('意图').click();
    await button('开始评估').click();
    await button(/^表扬/).click();
    await page.getByLabel('例句', { exact: true }).locator('li').nth(5).waitFor();
    const added = page.getByLabel('写一句客户会说的话');
    await added.fill('家里宽带断网了');
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
    await button('补说法').click();
    await button('给我一些说法').click();
    const variant = page.locator('.variants li').first();
    await variant.waitFor();
    const adding = (await variant.getByRole('button').first().getAttribute('aria-label')) ?? '';
    const words = /^添加“(.+)”$/.exec(adding)?.[1] ?? '';
    await isClean();
    await shoot('variants');
    await button(adding).click();
    await button(adding).waitFor({ state: 'detached' });
    await page.getByLabel('在例句里找').fill(words);
    await sees(/句中的 \d+ 句/);
    await page.getByLabel('在例句里找').fill('');
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
  }, 180_000);

  it('reads well on a phone, from which an emergency bulletin is published', async () => {
    const storageState = await editor.context.storageState();
    const phone = await browser.newContext({ ...PHONE, locale: 'zh-CN', storageState });
    const own = await phone.newPage();
    const { button, isClean, shoot } = editor;
    await own.goto(`${app.url}/admin?theme=light&lang=zh`);
    await button(/^表扬/, own).waitFor();
    await isClean(own);
    await shoot('phone-list', own);
    await button(/^表扬/, own).click();
    await own.locator('.step-node').first().waitFor();
    await isClean(own);
    await shoot('phone-flow', own);
    await own.goto(
      `${app.url}/admin?theme=light&lang=zh#/files/${encodeURIComponent('dialogs/praise.yaml')}`,
    );
    await own.reload();
    await own.locator('.file-editor .cm-content').waitFor();
    await isClean(own);
    await shoot('phone-file', own);
    const menu = button(/菜单$/, own);
    await menu.click();
    const pages = own.getByRole('navigation', { name: '页面' });
    await pages.getByRole('link', { name: '文件' }).and(own.locator('[aria-current]')).waitFor();
    await isClean(own);
    await shoot('phone-menu', own);
    await own.keyboard.press('Escape');
    await pages.waitFor({ state: 'detached' });
    expect(await menu.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    await menu.click();
    await pages.getByRole('link', { name: '版本与发布' }).click();
    await own.locator('.history-list').getByText('第 1 版').waitFor();
    await pages.waitFor({ state: 'detached' });
    await tellsAtOnce(editor, own);
    await phone.close();
  }, 120_000);
});
