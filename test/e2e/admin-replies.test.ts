import type { Browser } from 'playwright-core';
import type { CannedReply } from '../../src/contract/canned-replies';
import { callJson, signInFirstAdmin, startTestApp, type TestApp } from '../support/app';
import { launchBrowser, PHONE } from '../support/browser';
import { type EditorPage, openEditorPage } from '../support/editor-page';

/** An admin keeps what every agent says often; the desk has it at once. */
describe('saved replies of the team', () => {
  let app: TestApp;
  let browser: Browser;
  let editor: EditorPage;
  let admin = '';

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), launchBrowser()]);
    admin = await signInFirstAdmin(app);
    editor = await openEditorPage(browser, app);
  }, 120_000);
  afterEach(() => expect(editor.faults).toEqual([]));
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  const atDesk = async () => {
    const { body } = await callJson('GET', `${app.url}/agent/canned-replies`, { cookie: admin });
    const { replies } = body as unknown as { replies: CannedReply[] };
    // Those that every database begins with have names of letters.
    const own = replies.filter(({ shortcut }) => !/^[a-z]+$/.test(shortcut));
    return own.map(({ shortcut, isTeam, text }) => [shortcut, isTeam, text.zh]);
  };
  const fresh = () => editor.page.locator('.reply-row.fresh');

  it('are written, and refused with what is to be mended', async () => {
    const { page, button, sees, isClean, shoot } = editor;
    await editor.signIn('admin@operator.example');
    await button('常用语').click();
    await sees('共 5 条');
    await fresh().getByLabel('快捷词').fill('请 稍等');
    await fresh().getByLabel('中文').fill('{{customer}}您好，请稍等，{{单号}} 正在查。');
    await fresh().getByLabel('英文').fill('One moment please.');
    await sees('没有这样的变量：单号。');
    await button('添加', fresh()).click();
    await sees('快捷词只用文字、数字和连字符');
    await isClean();
    await shoot('replies-faults');
    expect(await atDesk()).toEqual([]);
    await fresh().getByLabel('快捷词').fill('稍等');
    await fresh().getByLabel('中文').fill('{{customer}}您好，请稍等，{{order}} 正在查。');
    await button('添加', fresh()).click();
    await page.getByLabel('稍等 · 中文').waitFor();
    expect(await fresh().getByLabel('中文').inputValue()).toBe('');
    expect(await atDesk()).toEqual([['稍等', true, '{{customer}}您好，请稍等，{{order}} 正在查。']]);
  });

  it('come from a spreadsheet: new ones, changed ones, and those that are none', async () => {
    const { page, button, sees, isClean, shoot } = editor;
    await button('从表格粘贴').click();
    const rows = [
      '快捷词\t中文\t英文',
      '稍等\t请稍等。\tOne moment.',
      '再见\t再见。\tBye.',
      '坏 的\t一\tone',
    ];
    await page.getByLabel('三列：快捷词、中文、英文。').fill(rows.join('\n'));
    await sees('新增 1 条 · 修改 1 条');
    await sees('1 行放不进去：');
    await isClean();
    await shoot('replies-paste');
    await button('放进 2 条').click();
    await page.getByLabel('再见 · 中文').waitFor();
    expect((await atDesk()).map(([shortcut, , zh]) => [shortcut, zh])).toEqual([
      ['再见', '再见。'],
      ['稍等', '请稍等。'],
    ]);
  });

  it('are changed where they stand, found, and removed', async () => {
    const { page, button } = editor;
    const goodbye = () => page.locator('.reply-row').filter({ has: page.getByLabel('再见 · 中文') });
    await page.getByLabel('再见 · 中文').fill('再见，祝您顺利。');
    await page.getByLabel('再见 · 快捷词').fill('稍等');
    await button('保存', goodbye()).click();
    await goodbye().getByText('这个快捷词已经有了').waitFor();
    // The browser notes the refusal that the page has told.
    expect(editor.faults.splice(0)).toEqual([expect.stringContaining('409')]);
    expect(await page.getByLabel('再见 · 中文').inputValue()).toBe('再见，祝您顺利。');
    await page.getByLabel('再见 · 快捷词').fill('再见');
    await button('保存', goodbye()).click();
    await button('保存', goodbye()).waitFor({ state: 'detached' });
    expect((await atDesk())[0]).toEqual(['再见', true, '再见，祝您顺利。']);
    await page.getByLabel('找快捷词或文字').fill('moment');
    await goodbye().waitFor({ state: 'detached' });
    await page.getByLabel('找快捷词或文字').fill('');
    await button('删除 再见').click();
    await page.locator('.ant-popconfirm .ant-btn-primary').click();
    await goodbye().waitFor({ state: 'detached' });
    expect((await atDesk()).map(([shortcut]) => shortcut)).toEqual(['稍等']);
  });

  it('read well on a phone, in English and in the dark', async () => {
    const { context, isClean, shoot } = editor;
    const phone = await context.newPage();
    await phone.setViewportSize(PHONE.viewport);
    await phone.goto(`${app.url}/admin?theme=dark&lang=en#/replies`);
    await phone.getByLabel('稍等 · Chinese').waitFor();
    await isClean(phone);
    await shoot('replies-phone-dark', phone);
    await phone.close();
  });
});
