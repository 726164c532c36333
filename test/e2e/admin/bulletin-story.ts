import type { Page } from 'playwright-core';
import { openCustomer } from '../../support/app';
import type { EditorPage } from '../../support/editor-page';

/** An emergency bulletin, written, published and ended on a phone. */
export async function tellsAtOnce(
  { app, button, sees, isClean, shoot }: EditorPage,
  own: Page,
): Promise<void> {
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
  await shoot('bulletin-write', own);
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
  const told = await elsewhere.ask('我家在南京市秦淮区人民路，断网了', /电源灯|恢复/);
  expect(told.join()).not.toContain('紧急公告');
  await button(/菜单$/, own).click();
  await button('深色', own).click();
  await own.keyboard.press('Escape');
  await own.locator('.bulletins-page').evaluate((page) => page.scrollTo(0, 0));
  await isClean(own);
  await shoot('bulletin-dark', own);
  await button(/菜单$/, own).click();
  await button('English', own).click();
  await own.keyboard.press('Escape');
  await shoot('bulletin-en', own);
  await button('End it', own).click();
  await button('End it now', own).click();
  await sees('There is no emergency bulletin now.', own);
  await isClean(own);
  const later = await openCustomer(app.url);
  const said = await later.ask('我家在南京市鼓楼区南苑小区，断网了', /电源灯|恢复/);
  expect(said.join()).not.toContain('紧急公告');
}
