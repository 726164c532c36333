import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { connectDatabase, type Database } from '../../src/records/database';
import { callJson, signInFirstAdmin, startTestApp, type TestApp } from '../support/app';
import { findViolations } from '../support/axe';
import { launchBrowser, openChatPage } from '../support/browser';
import { AGENT_PASSWORD, addColleague } from '../support/desk';
import { until } from '../support/turns';

const HOUR = 3600_000;
const SHOTS = process.env.SCREENSHOTS;
/** A full sheet of the policy that ships. */
const FULL = { wording: 10, empathy: 15, privacy: 15, accuracy: 25, solution: 25, closing: 10 };

/** What surrounds the conversations: how good they were, who is on shift, how one learns. */
describe('the desk beside the conversations', () => {
  let app: TestApp;
  let db: Database;
  let browser: Browser;
  let desk: Page;
  let admin: string;
  const ids: Record<string, string> = {};

  async function signInAt(context: BrowserContext, login: string): Promise<Page> {
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(`${app.url}/agent?theme=light&lang=zh`);
    await page.getByLabel('邮箱或工号').fill(login);
    await page.getByLabel('密码').fill(AGENT_PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText('没有客户在等。').first().waitFor();
    return page;
  }
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), launchBrowser()]);
    db = connectDatabase(app.databaseUrl, () => undefined);
    admin = await signInFirstAdmin(app);
    ids.lead = await addColleague(app, admin, { login: '0316', name: '陈静', role: 'supervisor' });
    ids.agent = await addColleague(app, admin, { login: '0421', name: '李雷' });
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
    desk = await signInAt(context, '0316');
  }, 120_000);
  afterAll(async () => {
    await db.destroy();
    await browser.close();
    await app.stop();
  });

  const button = (name: string | RegExp, page = desk) =>
    page.getByRole('button', { name, exact: typeof name === 'string' });
  const sees = (text: string | RegExp, page = desk) => page.getByText(text).first().waitFor();
  const isClean = async (page = desk) => expect(await findViolations(page)).toEqual([]);
  /** Takes what waits, however often an offer of it lapses meanwhile. */
  const takeNext = (page: Page) =>
    until(async () => {
      await page.keyboard.press('Alt+n');
      return (await page.locator('.mine .row').count()) > 0;
    }, 30_000);
  const shoot = async (name: string, page = desk) => {
    if (SHOTS) await page.screenshot({ path: join(SHOTS, `beside-${name}.png`) });
  };

  /** A stretch of the agent's as the sweep leaves it, with its words. */
  async function addStretch(id: string, said: [role: string, text: string][], given: object = {}) {
    const ended = Date.now() - 3600_000;
    const conversation = `of-${id}`;
    for (const [i, [role, text]] of said.entries()) {
      const timestamp = new Date(ended - 120_000 + i * 30_000).toISOString();
      const activity = JSON.stringify({ type: 'message', timestamp, from: { id: 'x', role }, text });
      await db
        .insertInto('transcript')
        .values({ conversation_id: conversation, position: i + 1, activity })
        .execute();
    }
    const measures = { firstReplyMs: 30_000, longestSilenceMs: 30_000, customerLines: 2, ownLines: 2 };
    const findings = [{ kind: 'forbidden', position: 4, from: 2, to: 6, seconds: null }];
    await db
      .insertInto('quality_items')
      .values({
        id,
        kind: 'human',
        conversation_id: conversation,
        session_id: null,
        agent_id: ids.agent ?? null,
        channel: 'web',
        dialog: 'fault-report',
        began_at: String(ended - 120_000),
        ended_at: String(ended),
        disposition: 'fault/order-made',
        rating: 2,
        measures: JSON.stringify(measures),
        findings: JSON.stringify(findings),
        sampled_because: ['low-rating', 'finding'],
        wanted: 1,
        judged_at: String(ended),
        ...given,
      })
      .execute();
  }

  it('a supervisor judges what was drawn, without a mouse', async () => {
    const said: [string, string][] = [
      ['user', '我家断网了，电话 13800138000'],
      ['agent', '您好，我是李雷。'],
      ['user', '什么时候修好'],
      ['agent', '这个不归我管，师傅会联系您'],
    ];
    await addStretch('q1', said);
    await addStretch('q2', said, { rating: null, sampled_because: ['random'] });
    await desk.keyboard.press('Alt+x');
    await desk.locator('.stretches button').nth(1).waitFor();
    await isClean();
    await shoot('quality-list');
    // The worst comes first, and has the focus.
    await desk.locator('.stretches button').first().focus();
    await desk.keyboard.press('Enter');
    await sees('▲ 禁用语');
    await sees('138****8000');
    await isClean();
    await shoot('quality-sheet');
    await desk.getByLabel(/^用语规范/).fill('4');
    await desk.keyboard.press('Enter');
    await desk.keyboard.press('ArrowDown');
    await sees('合计 93');
    await desk.getByLabel('评语（坐席看得到）').fill('先说能做什么');
    await desk.keyboard.press('Control+Enter');
    await sees(/已有的评分 · 结果 93/);
    await desk.keyboard.press('Escape');
    await desk.locator('.stretches button').first().waitFor();
    await button('结果').click();
    await desk.getByRole('cell', { name: '93.0' }).waitFor();
    await isClean();
    await shoot('quality-results');
    await desk.keyboard.press('Escape');
  }, 60_000);

  it('an agent reads the result on a phone, objects, and somebody else decides', async () => {
    const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
    const own = await signInAt(phone, '0421');
    await own.keyboard.press('Alt+x');
    await own.locator('.stretches button').first().click();
    await sees('先说能做什么', own);
    await isClean(own);
    await shoot('quality-own-phone', own);
    await own.getByLabel('不同意哪一项，为什么').fill('后面已经派单了');
    await button('提交申诉', own).click();
    await sees(/等第二人复核/, own);
    const path = `${app.url}/quality/items/q1`;
    const { body } = await callJson('GET', path, { cookie: admin });
    const { version } = body.item as { version: number };
    const decided = await callJson('POST', `${path}/reviews`, {
      cookie: admin,
      body: { version, scores: FULL, comment: '同意' },
    });
    expect(decided.body.item).toMatchObject({ result: 100, appeal: 'decided' });
    await phone.close();
  }, 60_000);

  it('a supervisor imports a roster, after seeing what it changes', async () => {
    await desk.keyboard.press('Alt+v');
    const input = desk.getByLabel(/^选排班文件/);
    const roster = (rows: string[]) => ({
      name: '排班.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(['工号,日期,上班,下班', ...rows].join('\n')),
    });
    const inShanghai = (at: number) => new Date(at + 8 * HOUR).toISOString();
    const [from, to] = [inShanghai(Date.now() - HOUR), inShanghai(Date.now() + 2 * HOUR)];
    const shift = `${from.slice(0, 10)},${from.slice(11, 16)},${to.slice(11, 16)}`;
    await input.setInputFiles(roster([`9999,${shift}`]));
    await sees(/第 2 行 没有这个工号/);
    await isClean();
    await input.setInputFiles(roster([`0421,${shift}`]));
    await sees(/取消 0 班，不变 0 班/);
    await shoot('roster');
    await button('导入').click();
    await sees(/排班已导入/);
    await desk.locator('.rosters').getByText('李雷').first().waitFor();
    await desk.keyboard.press('Escape');
  }, 60_000);

  it('an agent hands over what is open, and the colleague finds the words', async () => {
    const [one, other] = [
      await browser.newContext({ viewport: { width: 1366, height: 768 } }),
      await browser.newContext(),
    ];
    const own = await signInAt(one, '0421');
    const customer = await openChatPage(other, app.url, '?lang=zh');
    await own.keyboard.press('Alt+g');
    await own.locator('.duty.online').waitFor();
    await customer.type('转人工');
    await takeNext(own);
    await customer.hear(/李雷/);
    await desk.keyboard.press('Alt+g');
    await desk.locator('.duty.online').waitFor();
    await own.keyboard.press('Alt+h');
    const to = own.getByLabel('交给');
    await to.waitFor();
    await own.getByLabel('已做').fill('查过线路，正常');
    await isClean(own);
    await shoot('hand-over', own);
    await to.selectOption({ label: '陈静（还能接 4 个）' });
    await button('交出 1 个会话', own).click();
    await sees('已交出 1', own);
    await sees('您没有进行中的会话，不用交班。', own);
    await customer.hear(/换一位同事/);
    await takeNext(desk);
    await customer.hear(/陈静/);
    await desk.locator('.note').getByText('查过线路，正常').waitFor();
    await own.keyboard.press('Alt+d');
    await shoot('hand-over-dark', own);
    await one.close();
    await other.close();
  }, 60_000);

  it('a trainee practises with a simulated customer, and sees how it went', async () => {
    await desk.keyboard.press('Alt+c');
    await button(/^开始：光猫亮红灯/).click();
    await sees('家里断网一上午了，光猫红灯一直闪');
    await desk.getByLabel('写给客户').fill('您好，什么时候开始的？');
    await desk.keyboard.press('Enter');
    await sees('今早八点多开始的');
    await isClean();
    await shoot('practice');
    await desk.getByLabel('结束并归类').selectOption('fault/order-made');
    await button('结束练习').click();
    await sees(/^得分 \d+/);
    await sees('归类 15 / 15');
    await isClean();
    await shoot('practice-result');
    await desk.keyboard.press('Escape');
    await sees('大家的练习');
    await desk.keyboard.press('Escape');
  }, 60_000);
});
