import type { LearnableMessage } from '../../../src/contract/content-messages';
import { callJson, openCustomer } from '../../support/app';
import type { EditorPage } from '../../support/editor-page';
import { until } from '../../support/turns';

/** What was not understood becomes an example of an intent, or is dismissed. */
export async function learnsFromMessages(editor: EditorPage, admin: string): Promise<void> {
  const { app, page, button, sees, isClean, shoot } = editor;
  const read = async () =>
    (await callJson('GET', `${app.url}/admin/content/messages`, { cookie: admin })).body
      .messages as LearnableMessage[];
  for (const text of ['月球专列卖不卖票', '月球专列的票卖不卖了']) {
    const customer = await openCustomer(app.url);
    const said = await customer.ask(text, /\S/);
    // A guess at a concern, or at two questions, is turned down first.
    if (!/我能帮您/.test(said.join()))
      await customer.ask(/哪一个/.test(said.join()) ? '都不是' : '不是', /我能帮您/);
  }
  await until(async () => (await read()).filter(({ text }) => text.startsWith('月球')).length === 2);
  await button('没听懂的话').click();
  const cluster = page.locator('.cluster').filter({ hasText: '月球专列卖不卖票' });
  await cluster.getByText('全选这一组').waitFor();
  await isClean();
  await cluster.getByRole('checkbox', { name: '选“月球专列的票卖不卖了”' }).check();
  await editor.pick('指给哪个意图', 'praise');
  await shoot('messages');
  await button('加为例句（1 句）').click();
  await sees(/1 句已加进“表扬”的草稿/);
  await cluster.getByRole('checkbox', { name: '选“月球专列卖不卖票”' }).check();
  await button('忽略（1 句）').click();
  await cluster.waitFor({ state: 'detached' });
  expect((await read()).map(({ text }) => text)).not.toContain('月球专列卖不卖票');
  await sees(/^草稿已保存/);
  const draft = (await callJson('GET', `${app.url}/admin/content/draft`, { cookie: admin })).body as {
    files: Record<string, string>;
  };
  expect(draft.files['intents/praise.yaml']).toContain('- 月球专列的票卖不卖了\n');
  await page.setViewportSize({ width: 390, height: 844 });
  await isClean();
  await shoot('messages-phone');
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** Words that mean the same, in a table. */
export async function editsLexicon({ page, button, sees, isClean, shoot }: EditorPage): Promise<void> {
  await button('词表').click();
  const table = page.locator('.lexicon');
  await page.getByLabel('找一个词').fill('wlan');
  expect(await table.locator('tbody tr').count()).toBe(1);
  const words = page.getByLabel('“wifi”的说法');
  await words.fill(`${await words.inputValue()}，挖飞，宽戴`);
  await table.getByRole('alert').getByText(/宽戴/).waitFor();
  await page.getByLabel('找一个词').fill('');
  await page.getByLabel('新的词').fill('挂墙盒');
  await page.getByLabel('它的说法').fill('墙上的盒子，弱电箱');
  await button('添加').click();
  await page.getByLabel('“挂墙盒”的说法').waitFor();
  await isClean();
  await shoot('lexicon');
  await page.setViewportSize({ width: 390, height: 844 });
  await isClean();
  await shoot('lexicon-phone');
  await page.setViewportSize({ width: 1440, height: 900 });
  await button('撤销').click();
  await page.getByLabel('“挂墙盒”的说法').waitFor({ state: 'detached' });
  await button('撤销').click();
  await page.getByLabel('找一个词').fill('挖飞');
  await sees('没有符合的词。');
}
