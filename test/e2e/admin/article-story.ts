import { callJson, openCustomer } from '../../support/app';
import type { EditorPage } from '../../support/editor-page';
import { until } from '../../support/turns';

/** What nobody had an answer to is taken into an article, which is then changed, and seen to have run out. */
export async function keepsKnowledge(editor: EditorPage, admin: string): Promise<void> {
  const { app, page, button, sees, isClean, shoot } = editor;
  const customer = await openCustomer(app.url);
  const said = await customer.ask('你们有没有卖火星车票', /[？?]|我能帮您/);
  // A guess at a concern, or at two questions, is turned down first.
  if (!/我能帮您/.test(said.join()))
    await customer.ask(/哪一个/.test(said.join()) ? '都不是' : '不是', /我能帮您/);
  // Records are written in batches.
  await until(async () => {
    const { body } = await callJson('GET', `${app.url}/admin/unanswered`, { cookie: admin });
    return (body.questions as unknown[]).length > 0;
  });
  await button('知识').click();
  const open = page.getByRole('region', { name: '没有答案的问题' });
  await open.getByText('你们有没有卖火星车票').click();
  await isClean();
  await shoot('unanswered');
  await open.getByRole('combobox', { name: '选一条知识' }).fill('iptv-second');
  await page.locator('.ant-select-item-option').getByText('iptv-second').click();
  await button('加进去').click();
  await sees(/^已加进/);
  await open.getByText('你们有没有卖火星车票').waitFor({ state: 'detached' });
  await page.getByLabel('找问题或编号').fill('iptv-second');
  await button(/iptv-second/).click();
  const form = page.locator('.article-editor .views');
  expect(await form.getByLabel('中文', { exact: true }).nth(2).inputValue()).toContain('火星车票');
  await form
    .getByLabel('中文', { exact: true })
    .nth(1)
    .fill('加装第二台电视要另开一路，费用以营业厅公示为准。');
  const shown = page.locator('.side .bubble').first();
  await shown.getByText('加装第二台电视要另开一路').waitFor();
  await page.getByLabel('给一个渠道另写回答').click();
  await page.locator('.ant-select-item-option').getByText('微信').first().click();
  await form.getByText('回答 · 微信').waitFor();
  await page.getByLabel('到哪天止').fill('2020-01-01');
  await sees(/2020-01-01 之后客户已经听不到/);
  await page.getByRole('navigation', { name: '知识' }).getByText('已过期').waitFor();
  await isClean();
  await shoot('article');
  await page.getByLabel('从哪天起').fill('2020-02-01');
  await page
    .getByRole('region', { name: '问题' })
    .getByText(/结束|ends before/)
    .waitFor();
  await page.locator('.side .cm-content').getByText('from: "2020-02-01"').waitFor();
  await shoot('article-problem');
  await button('撤销').click();
  await button(/浅色|深色/).click();
  await isClean();
  await shoot('article-other-theme');
  await page.setViewportSize({ width: 390, height: 844 });
  await isClean();
  await shoot('article-phone');
  await page.setViewportSize({ width: 1440, height: 900 });
}
