import type { EditorPage } from '../../support/editor-page';

/** A promise is looked at, changed in a form, and worked out before anybody is promised it. */
export async function changesPromise({
  page,
  button,
  sees,
  isClean,
  shoot,
  pick,
}: EditorPage): Promise<void> {
  await button('时限').click();
  await page.getByLabel('月份').fill('2026-10');
  const month = page.locator('.month');
  await month.getByText('调休上班').first().waitFor();
  await month.locator('.day-holiday').first().waitFor();
  await pick('按哪个日历', '办公时间');
  await button('12, 2026-10-12 怎么算').click();
  const own = page.locator('.own-day');
  await own.getByText('自定时段').click();
  await own.getByRole('textbox', { name: '时段' }).fill('12:00-09:00');
  await own.getByText(/先后不要重叠/).waitFor();
  expect(await button('放进草稿', own).isDisabled()).toBe(true);
  await own.getByRole('textbox', { name: '时段' }).fill('9:00-12:00');
  await isClean();
  await shoot('own-day');
  await button('放进草稿', own).click();
  await month.locator('.day-own').getByText('09:00-12:00').waitFor();
  const card = page.getByRole('region', { name: '时限会是什么时候' });
  await pick('管什么', '投诉答复', card);
  await pick('工单种类', '投诉', card);
  await card.getByLabel('什么时候受理').fill('2026-11-24T10:00');
  await card.getByLabel('严重程度').fill('high');
  await button('计算', card).click();
  await card.getByText('complaint-promise-severe').waitFor();
  await card.getByText('对客户的承诺 · 最晚 2026-11-24 22:00').waitFor();
  await isClean();
  await shoot('promises');
  await page.getByLabel('找名称或编号').fill('fault-promise');
  await button(/^故障修复承诺/).click();
  const form = page.locator('.article-editor .views');
  await form.getByLabel('数量或时刻').fill('0');
  await form.getByText('写大于 0 的数').waitFor();
  await form.getByLabel('数量或时刻').fill('3');
  await sees(/^草稿已保存/);
  await card.getByLabel('什么时候受理').fill('2026-11-24T10:00');
  await button('计算', card).click();
  await card.getByText('对客户的承诺 · 最晚 2026-11-24 13:00').waitFor();
  await pick('按哪个日历', 'office-hours', form);
  await button('计算', card).click();
  await card.getByText('对客户的承诺 · 最晚 2026-11-24 14:30').waitFor();
  await card.getByText(/其余不在日历时段内/).waitFor();
  await isClean();
  await shoot('promise');
  await button('YAML').click();
  await page.locator('.side .cm-content').getByText('calendar: office-hours').waitFor();
  await button(/浅色|深色/).click();
  await isClean();
  await shoot('promise-other-theme');
  await page.setViewportSize({ width: 390, height: 844 });
  await isClean();
  await shoot('promise-phone');
  await page.evaluate("location.hash = '#/promises'");
  await month.locator('td').first().waitFor();
  await isClean();
  await shoot('promises-phone');
  await page.setViewportSize({ width: 1440, height: 900 });
}
