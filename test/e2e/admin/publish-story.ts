import { readFileSync } from 'node:fs';
import type { ContentVersion, LiveSessions } from '../../../src/contract/content-editing';
import { type Customer, callJson, openCustomer } from '../../support/app';
import type { EditorPage } from '../../support/editor-page';
import { until } from '../../support/turns';

/** What an admin does to put a draft before customers, and what customers notice of it. */
export function createPublishing(editor: EditorPage, admin: string) {
  const { app, page, button, sees, isClean } = editor;
  const call = (method: string, path: string, body?: unknown) =>
    callJson(method, `${app.url}/admin/content/${path}`, { cookie: admin, body });

  const borrowPowerBank = async (): Promise<Customer> => {
    const customer = await openCustomer(app.url);
    await customer.ask('我想借一个充电宝', /要借哪种/);
    return customer;
  };
  /** How many stand where, on which version. */
  const standing = async (step: string): Promise<{ version: number | null; count: number }[]> => {
    const { sessions } = (await call('GET', 'sessions')).body as unknown as { sessions: LiveSessions[] };
    return sessions
      .filter((row) => `${row.dialog}/${row.step}` === step)
      .map(({ number, count }) => ({ version: number, count }));
  };

  /** Waits until a trial has ended. */
  async function tryDraft(outcome: RegExp): Promise<void> {
    const begin = button(/^(?:开始试跑|重新试跑)$/);
    await begin.click();
    await button(/正在试跑/).waitFor();
    await begin.waitFor({ timeout: 120_000 });
    expect(await page.getByRole('region', { name: '第一步：试跑' }).textContent()).toMatch(outcome);
  }
  async function publish(message: string, choice: string): Promise<void> {
    await page.getByLabel(/^改了什么/).fill(message);
    await page.getByText(choice, { exact: true }).click();
    await button('现在发布').click();
    await page.getByText('已发布，所有节点都在用新版本。').waitFor({ timeout: 60_000 });
    await page.getByText('已发布，所有节点都在用新版本。').waitFor({ state: 'detached', timeout: 30_000 });
  }

  /** An intent, and in the canvas the dialog that it opens; tried, kept as a test, published while somebody talks. */
  async function addsDialog(): Promise<void> {
    await button('意图').click();
    await button('新建意图').click();
    const form = page.getByRole('dialog');
    await form.getByLabel('编号').fill('power-bank');
    await form.getByLabel('中文名称').fill('借充电宝');
    await form.getByLabel('英文名称').fill('Borrowing a power bank');
    await form.getByLabel('第一句中文例句').fill('我想借一个充电宝');
    await form.getByLabel('第一句英文例句').fill('can i borrow a power bank');
    await button('添加', form).click();
    await button('从表格粘贴').click();
    await page.getByLabel('表格内容').fill('充电宝能不能借\n充电宝怎么借\n有没有充电宝可以借\n借一台充电宝');
    await button('添加 4 句').click();
    await button('对话').click();
    await button('新建对话').click();
    await form.getByLabel('编号').fill('power-bank');
    await form.getByLabel('中文名称').fill('借充电宝');
    await form.getByLabel('英文名称').fill('Borrowing a power bank');
    await button('添加', form).click();
    const side = page.locator('.side');
    await editor.pick('意图', 'power-bank', side);
    await page.keyboard.press('Escape');
    await button('信息项').click();
    await side.getByLabel('变量名').fill('model');
    await button('添加信息项').click();
    await side.getByText('model · model').click();
    await editor.pick('自动识别', 'text', side);
    await page.locator('.react-flow__node[data-id="begin"]').click();
    await editor.pick('在后面加一步', '提问');
    await page.locator('.react-flow__node[data-id="ask"]').waitFor();
    await side.getByLabel('中文', { exact: true }).first().fill('请问要借哪种充电宝？');
    await side.getByLabel('英文', { exact: true }).first().fill('Which power bank would you like?');
    await isClean();
    await editor.shoot('new-dialog');
    await button('试一试').click();
    await page.getByLabel('扮客户说一句').fill('我想借一个充电宝');
    await button('发送').click();
    await page.locator('.talk .bubble').getByText('请问要借哪种充电宝？').waitFor({ timeout: 60_000 });
    await page.getByLabel(/^这段对话叫什么/).fill('借充电宝');
    await button('存成测试').click();
    await sees(/已存进/);
    await isClean();
    const talking = await openCustomer(app.url);
    await talking.ask('我要投诉你们服务态度', /\S/);
    const { dialog, step } = await placeOf('complaint');
    await button('版本与发布').click();
    await tryDraft(/段脚本对话全部通过/);
    await publish('可以借充电宝', '按原来的版本办完');
    await borrowPowerBank();
    await talking.ask('昨天师傅说话很难听，还挂我电话', /\S/);
    const later = await placeOf('complaint');
    expect(later.version).toBe(1);
    expect(`${later.dialog}/${later.step}`).not.toBe(`${dialog}/${step}`);
  }
  /** Where the only conversation in a dialog stands. */
  async function placeOf(dialog: string): Promise<{ dialog: string; step: string; version: number | null }> {
    let found: LiveSessions[] = [];
    await until(async () => {
      const { sessions } = (await call('GET', 'sessions')).body as unknown as { sessions: LiveSessions[] };
      found = sessions.filter((row) => row.dialog === dialog);
      return found.length === 1;
    });
    const [row] = found;
    return { dialog, step: row?.step ?? '', version: row?.number ?? null };
  }

  /** A step gets another name: its test fails and blocks, is mended, and who stands there goes on by the map. */
  async function renamesStep(): Promise<void> {
    const moving = await borrowPowerBank();
    await button('对话').click();
    await page.getByLabel('找名称或编号').fill('power-bank');
    await button(/^借充电宝/).click();
    await page.locator('.react-flow__node[data-id="ask"]').click();
    await page.getByLabel('改编号').fill('which');
    await page.keyboard.press('Enter');
    await page.locator('.react-flow__node[data-id="which"]').waitFor();
    await button('版本与发布').click();
    await tryDraft(/1 段没有通过/);
    await sees('还不能发布');
    await page.getByText('借充电宝 from-trying.yaml').click();
    await sees(/步骤应该是“power-bank\/ask”，实际是“power-bank\/which”/);
    expect(await button('现在发布').isDisabled()).toBe(true);
    await isClean();
    await editor.shoot('trial-blocks');
    await page.getByRole('link', { name: '打开这段脚本' }).click();
    const script = page.locator('.file-editor .cm-content');
    await script.getByText('step: power-bank/ask').click();
    for (const key of ['End', 'Backspace', 'Backspace', 'Backspace']) await page.keyboard.press(key);
    await page.keyboard.type('which');
    await script.getByText('step: power-bank/which').waitFor();
    await sees(/^草稿已保存/);
    await isClean();
    await editor.shoot('file');
    await button('版本与发布').click();
    await tryDraft(/段脚本对话全部通过/);
    // What past customers would meet is looked at, and accepted.
    await button('接受').click();
    await page.getByText('已接受').waitFor();
    await page.getByText('换到新版本接着办').click();
    await page.locator('.places').getByText('power-bank/ask').first().waitFor();
    await editor.pick(/power-bank\/ask 换到/, 'power-bank/which');
    await editor.shoot('map');
    await publish('步骤改名', '换到新版本接着办');
    const said = await moving.ask('容量大的', /\S/);
    // At the step that the map names, what was asked counts as answered: neither anew nor asked again.
    expect(said.join('')).not.toMatch(/刚更新|要借哪种/);
    expect(await standing('power-bank/ask')).toEqual([{ version: 2, count: 1 }]);
  }

  /** Words are changed, and who is in the middle of it politely begins anew. */
  async function restartsPolitely(): Promise<void> {
    const waiting = await borrowPowerBank();
    await button('对话').click();
    await button(/^借充电宝/).click();
    await page.locator('.react-flow__node[data-id="begin"]').click();
    await page.locator('.side').getByLabel('英文', { exact: true }).first().fill('Gladly.');
    await sees(/^草稿已保存 · 改了 1 个文件/);
    await button('版本与发布').click();
    await tryDraft(/段脚本对话全部通过/);
    await publish('英文短一些', '礼貌地重新开始');
    const said = await waiting.ask('容量大的', /要借哪种/);
    expect(said.join('')).toContain('刚更新');
  }

  const list = async () => (await call('GET', 'versions')).body.versions as ContentVersion[];
  /** One click leads back; the same files from disk are the same draft, byte by byte. */
  async function goesBackAndImports(): Promise<void> {
    const version = (n: number) => page.locator('.history-list > ol > li').filter({ hasText: `第 ${n} 版` });
    await version(1).getByRole('button', { name: '换回这一版' }).click();
    await page.locator('.ant-popconfirm .ant-btn-primary').click();
    await version(1).getByText('客户正在用').waitFor({ timeout: 60_000 });
    const [newest, ...older] = await list();
    const first = older.at(-1);
    const { files } = (await call('GET', `versions/${newest?.id}?diff=${first?.id}`)).body as unknown as {
      files: { path: string; after: string }[];
    };
    expect(files.map(({ path }) => path)).toContain('dialogs/power-bank.yaml');
    await button('文件').click();
    await button('导入').click();
    const nowhere = { name: 'notes.yaml', mimeType: 'text/yaml', buffer: Buffer.from('a: 1\n') };
    const chosen = files.map(({ path, after }) => ({
      name: path.slice(path.lastIndexOf('/') + 1),
      mimeType: 'text/yaml',
      buffer: Buffer.from(after),
    }));
    await page.getByLabel('选文件').setInputFiles([nowhere, ...chosen]);
    await sees(/看不出它是对话/);
    await isClean();
    await editor.shoot('import');
    await button(`放进草稿（${files.length} 个文件）`).click();
    await sees(`草稿已保存 · 改了 ${files.length} 个文件`);
    const draft = (await call('GET', 'draft')).body as { files: Record<string, string> };
    for (const { path, after } of files) expect([path, draft.files[path]]).toEqual([path, after]);
    await exports('dialogs/power-bank.yaml', draft.files);
    await exports('dialogs/conversations/from-trying.yaml', draft.files);
    await exports('intents/entities/lexicon.yaml', draft.files);
  }

  /** The button leaves a file on disk that equals the draft's byte by byte. */
  async function exports(path: string, files: Record<string, string>): Promise<void> {
    await page.evaluate(`location.hash = '#/files/${encodeURIComponent(path)}'`);
    await page.locator('.file-editor').getByText(path).first().waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), button('导出').click()]);
    expect(download.suggestedFilename()).toBe(path.slice(path.lastIndexOf('/') + 1));
    const kept = readFileSync(await download.path());
    expect(kept.equals(Buffer.from(files[path] ?? '', 'utf8'))).toBe(true);
    expect(kept.length).toBeGreaterThan(0);
  }

  return { addsDialog, renamesStep, restartsPolitely, goesBackAndImports };
}
