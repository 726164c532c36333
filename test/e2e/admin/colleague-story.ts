import type { Browser } from 'playwright-core';
import { callJson } from '../../support/app';
import { AGENT_PASSWORD, addColleague } from '../../support/desk';
import { type EditorPage, openEditorPage } from '../../support/editor-page';

const PRAISE = 'dialogs/praise.yaml';
export const COLLEAGUE = 'e201';

/** What a colleague writes is read, and approved as it is. */
export async function readsColleague(editor: EditorPage, admin: string): Promise<void> {
  const { app, page, button, sees, isClean, shoot } = editor;
  await addColleague(app, admin, { login: COLLEAGUE, name: '周宁', role: 'admin' });
  const credentials = { login: COLLEAGUE, password: AGENT_PASSWORD };
  const signedIn = await callJson('POST', `${app.url}/accounts/sign-in`, { body: credentials });
  const cookie = signedIn.cookie ?? '';
  const path = `${app.url}/admin/content/draft`;
  const { body } = await callJson('GET', path, { cookie });
  const files = body.files as Record<string, string>;
  const changes = {
    'intents/praise.yaml': `${files['intents/praise.yaml']}    - well done zhou\n`,
    [PRAISE]: (files[PRAISE] ?? '').replace('我会转告同事，我们继续做好', '周宁的写法'),
  };
  const saved = await callJson('PUT', path, { cookie, body: { revision: body.revision, changes } });
  expect(saved.status).toBe(200);
  await button('版本与发布').click();
  await sees('没有等着看的对话。');
  const draft = page.getByRole('region', { name: '同事的草稿' }).locator('li').first();
  await draft.getByText('周宁').waitFor();
  await button('看改动', draft).click();
  await button(/intents\/praise.yaml/, draft).click();
  await draft.locator('.diff').getByText('well done zhou').waitFor();
  await isClean();
  await shoot('colleague');
  await button('我看过了，同意发布', draft).click();
  await draft.getByText('管理员 已同意').waitFor();
}

/** What both changed in the same place is shown three times, and the colleague decides. */
export async function mergesWithColleague({ app }: EditorPage, browser: Browser): Promise<void> {
  const other = await openEditorPage(browser, app);
  const { page, button, sees } = other;
  await other.signIn(COLLEAGUE);
  await button('版本与发布').click();
  await button('合并最新版本').click();
  const conflict = page.getByRole('region', { name: PRAISE });
  await conflict.getByText('谢谢您的肯定，我会转告同事。').first().waitFor();
  await conflict.getByText('周宁的写法').first().waitFor();
  await sees('还有没处理的 <<<<<<< 标记。');
  expect(await button('完成合并').isDisabled()).toBe(true);
  await other.isClean();
  await other.shoot('merge');
  await button('用这份', conflict.locator('.three > div').filter({ hasText: '您的改动' })).click();
  await button('完成合并').click();
  await sees('已合并到最新版本。');
  await sees(/改了 2 个文件/);
  await button(/dialogs\/praise.yaml/).click();
  const diff = page.locator('.my-changes .diff');
  await diff.getByText('周宁的写法').first().waitFor();
  await diff.getByText('谢谢您的肯定，我会转告同事。').first().waitFor();
  expect(other.faults).toEqual([]);
  await other.context.close();
}
