import { join } from 'node:path';
import { Pool } from 'pg';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { alertsOf, hearAlerts, lookAway } from '../support/alerts';
import { signInFirstAdmin, startTestApp, type TestApp } from '../support/app';
import { findViolations } from '../support/axe';
import { type ChatPage, launchBrowser, openChatPage } from '../support/browser';
import { AGENT_PASSWORD, addColleague } from '../support/desk';
import { reportFigure, size } from '../support/size';
import { until } from '../support/turns';

const SHOTS = process.env.SCREENSHOTS;
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const LAPTOP = { width: 1366, height: 768 };

describe('the agents’ desk', () => {
  let app: TestApp;
  let browser: Browser;
  let pool: Pool;
  let context: BrowserContext;
  let desk: Page;
  let customer: ChatPage;
  const refused: string[] = [];

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), launchBrowser()]);
    pool = new Pool({ connectionString: app.databaseUrl });
    const admin = await signInFirstAdmin(app);
    await addColleague(app, admin, { login: '0251', name: '李娜' });
    await addColleague(app, admin, { login: '0316', name: '陈班长', role: 'supervisor' });
    context = await browser.newContext({ viewport: LAPTOP, locale: 'zh-CN', colorScheme: 'light' });
    await hearAlerts(context);
    desk = await context.newPage();
    desk.setDefaultTimeout(20_000);
    desk.on('console', (message) => {
      if (message.type() === 'error') refused.push(message.text());
    });
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await pool.end();
    await app.stop();
  });

  const button = (name: string | RegExp) =>
    desk.getByRole('button', { name, exact: typeof name === 'string' });
  const dialog = () => desk.getByRole('dialog');
  const sees = (text: string | RegExp) => desk.getByText(text).first().waitFor();
  const field = () => desk.locator('#text');
  const shoot = async (name: string) => {
    if (!SHOTS) return;
    await desk.screenshot({ path: join(SHOTS, `desk-${name}-light.png`) });
    await desk.keyboard.press('Alt+d');
    await desk.screenshot({ path: join(SHOTS, `desk-${name}-dark.png`) });
    await desk.keyboard.press('Alt+d');
  };
  /** In both themes. */
  const isClean = async () => {
    for (const theme of ['light', 'dark']) {
      expect([theme, await findViolations(desk)]).toEqual([theme, []]);
      await desk.keyboard.press('Alt+d');
    }
  };

  it('lets an agent in, and shows an empty desk that says what to do', async () => {
    await desk.goto(`${app.url}/agent?theme=light`);
    await desk.getByLabel('邮箱或工号').fill('0251');
    await desk.getByLabel('密码').fill('wrong');
    await button('登录').click();
    await sees('账号或密码不对，请核对后再试。');
    await isClean();
    await desk.getByLabel('密码').fill(AGENT_PASSWORD);
    await desk.keyboard.press('Enter');
    await sees('没有客户在等。');
    await sees('实时');
    await isClean();
    await desk.keyboard.press('?');
    await sees('接下一位');
    await isClean();
    await shoot('help');
    await desk.keyboard.press('Escape');
    await button('打开提示音').click();
    await button('打开桌面通知').click();
    await button('关闭桌面通知').waitFor();
  }, 60_000);

  it('takes a customer by a key, and both write to each other', async () => {
    await desk.keyboard.press('Alt+g');
    await button(/^在线/).waitFor();
    const other = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
    customer = await openChatPage(other, app.url);
    await customer.type('家里宽带断网了，光猫红灯一直闪');
    await customer.hear(/小区|路名/);
    await customer.type('鼓楼区中山路18号3栋2单元501');
    await customer.hear(/光纤/);
    await lookAway(desk, true);
    await customer.type('我的电话13800138000，转人工');
    await sees('为您预留');
    // Called by two tones and a notification; no word of the customer stands in it.
    await until(async () => {
      const { tones, notes } = await alertsOf(desk);
      return tones > 0 && tones % 2 === 0 && notes.includes('客服工作台: 有会话为您预留');
    });
    const { notes } = await alertsOf(desk);
    expect(notes.join()).not.toMatch(/13800138000|转人工/);
    await lookAway(desk, false);
    await isClean();
    await shoot('offer');
    await desk.keyboard.press('Alt+n');
    await sees('机器人接待摘要');
    await sees(/中山路18号/);
    await customer.hear(/李娜/);
    await field().fill('您好，我是李娜，前面的记录我都看过了。');
    await desk.keyboard.press('Enter');
    await customer.hear(/前面的记录我都看过了/);
    await customer.page.locator('#text').pressSequentially('好');
    await sees('客户正在输入……');
    await customer.type('好的');
    await desk.locator('.message.user').filter({ hasText: '好的' }).waitFor();
    await isClean();
    await shoot('conversation');
  }, 90_000);

  it('puts in a saved reply, and notes what colleagues must know', async () => {
    await field().fill('');
    await field().pressSequentially('/look');
    await sees(/我现在去查/);
    await desk.keyboard.press('Enter');
    expect(await field().inputValue()).toBe('我现在去查，2 分钟内回您。');
    await desk.keyboard.press('Enter');
    await customer.hear(/2 分钟内回您/);
    await field().fill('查好了我会回电。');
    await field().press('Enter');
    // A promise without a task is looked at again.
    await sees('发出前请看一下');
    await isClean();
    await button('仍然发出').click();
    await customer.hear(/我会回电/);
    await desk.keyboard.press('Alt+i');
    await field().pressSequentially('@陈');
    // Whoever types on is faster than a computer that draws a frame late.
    await desk.evaluate(
      'window.drawn = requestAnimationFrame; requestAnimationFrame = (draw) => setTimeout(draw, 80)',
    );
    await desk.keyboard.press('Enter');
    await field().pressSequentially('客户很急，请留意。', { delay: 25 });
    await desk.evaluate('requestAnimationFrame = window.drawn');
    await desk.keyboard.press('Enter');
    await desk.locator('.note').filter({ hasText: '@陈班长 客户很急' }).waitFor();
    expect(await customer.bubbles()).not.toEqual(expect.arrayContaining([expect.stringContaining('很急')]));
    await desk.keyboard.press('Alt+i');
  }, 60_000);

  it('sends a picture, and takes it back', async () => {
    const picture = { name: '接线图.png', mimeType: 'image/png', buffer: PICTURE };
    await desk.locator('.composer input[type=file]').setInputFiles(picture);
    await customer.page.locator('.message.agent img').waitFor();
    const sent = desk.locator('.message.agent').filter({ has: desk.locator('img') });
    await isClean();
    await sent.getByRole('button', { name: '撤回' }).click();
    await customer.hear(/客服撤回了一条消息/);
    expect(await customer.page.locator('.message.agent img').count()).toBe(0);
    await desk.locator('.message.recalled').getByText('已撤回，客户看不到了').waitFor();
    await isClean();
  }, 60_000);

  it('says what cannot be read when passing on, and that more has come below', async () => {
    await desk.route(/\/agent\/(agents|groups)$/, (route) => route.abort());
    await desk.keyboard.press('Alt+t');
    await dialog().getByRole('alert').filter({ hasText: '同事和技能组没有读到' }).waitFor();
    await isClean();
    await desk.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await desk.keyboard.press('Alt+f');
    await dialog().getByRole('alert').filter({ hasText: '没有读到，不代表没有' }).waitFor();
    await desk.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await desk.unroute(/\/agent\/(agents|groups)$/);
    const scroller = desk.locator('.story');
    await scroller.evaluate((box) => box.scrollTo(0, 0));
    await customer.type('您看到我刚才的话了吗');
    await button('有新消息 ↓').click();
    await desk.locator('.message.user').filter({ hasText: '刚才的话' }).waitFor();
    await button('有新消息 ↓').waitFor({ state: 'detached' });
    expect(
      await scroller.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight),
    ).toBeLessThan(40);
  }, 60_000);

  it('shows numbers for a reason, which is written down', async () => {
    await sees('138****8000');
    expect(await desk.getByText('13800138000').count()).toBe(0);
    await button('显示号码').click();
    await dialog().getByText('核对工单').click();
    await isClean();
    await dialog().getByRole('button', { name: '显示号码' }).click();
    await sees('号码已显示，已记录原因');
    const { rows } = await pool.query("SELECT note FROM audit WHERE action = 'conversation.reveal'");
    expect(rows).toEqual([{ note: '核对工单' }]);
  }, 60_000);

  it('makes a work order, adds a word to it and moves it on', async () => {
    await desk.keyboard.press('Alt+o');
    await dialog().getByLabel('说明（客户会看到）').fill('光猫红灯，请上门');
    await dialog().getByLabel('地址').fill('鼓楼区中山路18号3栋2单元501');
    await isClean();
    await shoot('order');
    await dialog().getByRole('button', { name: '建单' }).click();
    const order = desk.locator('.order').filter({ hasText: '光猫红灯，请上门' });
    await order.waitFor();
    await order.getByRole('button').first().click();
    await order.getByPlaceholder('写给处理人，客户看不到').fill('先看分光器');
    await order.getByRole('button', { name: '加备注' }).click();
    await order.getByRole('button', { name: '经过' }).click();
    await order.getByText('先看分光器').waitFor();
    await order.getByRole('button', { name: '改为 处理中' }).click();
    await order.getByText('处理中').first().waitFor();
    await isClean();
  }, 60_000);

  it('suggests what helped others like this customer', async () => {
    const at = Date.now();
    await pool.query(
      `INSERT INTO facts (id, conversation_id, type, at, value) VALUES
        ('x1', 'other', 'session', $1, '{"event":"started","id":"s1","channel":"web"}'),
        ('x2', 'other', 'disposition', $2, '{"sessionId":"s1","code":"fault/solved-remotely","note":"重插光纤后恢复，电话13900139000","dialog":"fault"}')`,
      [at - 5000, at - 1000],
    );
    await pool.query(`INSERT INTO transcript (conversation_id, position, activity) VALUES ('other', 1, $1)`, [
      {
        type: 'message',
        text: '家里宽带断网了，光猫红灯一直闪',
        from: { id: 'u' },
        timestamp: new Date(at - 3000).toISOString(),
      },
    ]);
    await desk.keyboard.press('Alt+s');
    await dialog().getByText('重插光纤后恢复，电话139****9000').waitFor();
    await dialog().getByText('报障 · 远程解决').waitFor();
    await isClean();
    await shoot('suggestions');
    await desk.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  }, 60_000);

  it('keeps what is typed when the sign-in ends, and reads what was missed when it is back', async () => {
    await field().fill('还没发出去的话');
    await pool.query('DELETE FROM sign_ins WHERE account_id = (SELECT id FROM accounts WHERE login = $1)', [
      '0251',
    ]);
    await sees('登录已过期');
    await isClean();
    await customer.type('你还在吗');
    await dialog().getByLabel('密码').fill(AGENT_PASSWORD);
    await desk.keyboard.press('Enter');
    await desk.locator('.message.user').filter({ hasText: '你还在吗' }).waitFor();
    expect(await field().inputValue()).toBe('还没发出去的话');
    await context.setOffline(true);
    await sees(/网络断了/);
    await customer.type('喂');
    await context.setOffline(false);
    await desk.locator('.message.user').filter({ hasText: '喂' }).waitFor();
  }, 90_000);

  it('closes with what it was about, and wraps up', async () => {
    await desk.keyboard.press('Alt+w');
    await dialog().getByText('报障').click();
    await dialog().getByText('已派师傅').click();
    await dialog().getByLabel('小结（给同事看，选填）').fill('已建单上门');
    await isClean();
    await shoot('close');
    await dialog().getByRole('button', { name: '结束并整理' }).click();
    await sees('会话已结束，整理完请按“完成整理”。');
    await button('完成整理').click();
    await sees('您名下没有会话。有客户排队时按 Alt+N 接下一位。');
    await until(async () => {
      const { rows } = await pool.query(
        "SELECT value FROM facts WHERE type = 'disposition' AND conversation_id <> 'other'",
      );
      return rows[0]?.value.code === 'fault/order-made' && rows[0]?.value.note === '已建单上门';
    });
  }, 60_000);

  it('breaks nowhere at the width of a phone, and speaks English', async () => {
    await desk.setViewportSize({ width: 390, height: 844 });
    await desk.keyboard.press('Alt+l');
    await sees('Nobody is waiting.');
    await isClean();
    await shoot('phone');
    // A phone, a laptop, and the laptop at 200 %: what has no room in the bar is behind one button.
    for (const viewport of [{ width: 683, height: 384 }, LAPTOP, { width: 390, height: 844 }]) {
      await desk.setViewportSize(viewport);
      await desk.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
      const overflow = await desk.evaluate(
        "[document.documentElement, document.querySelector('.top')].map((each) => each.scrollWidth - each.clientWidth)",
      );
      expect([viewport.width, overflow]).toEqual([viewport.width, [0, 0]]);
    }
    await button('More').click();
    await button('Sign out').waitFor();
    await isClean();
    await shoot('phone-more');
    await desk.keyboard.press('Escape');
    await button('Sign out').waitFor({ state: 'hidden' });
    await button('More').click();
    await button('Saved replies').click();
    await dialog().waitFor();
    await desk.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await desk.setViewportSize({ width: 1920, height: 1080 });
    await desk.keyboard.press('Alt+y');
    await isClean();
    await shoot('wide');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
  }, 60_000);

  it('answers every key at once with two hundred conversations open', async () => {
    await desk.setViewportSize(LAPTOP);
    const rows = Array.from({ length: 200 }, (_, n) => ({
      conversationId: `c${n}`,
      channel: 'web',
      owner: 'human',
      since: 0,
      priority: n % 7 ? 'normal' : 'high',
      reason: null,
      dialog: null,
      lastText: `客户的话 ${n}`,
      position: 60,
      dueAt: Date.now() + n * 10_000,
      isWaiting: n % 3 === 0,
    }));
    const page = (id: string) => ({
      conversationId: id,
      channel: 'web',
      user: { name: null },
      customer: null,
      verified: null,
      linkedChannels: [],
      guests: [],
      bulletins: [],
      ownership: { owner: 'human', agentId: null, since: 0, reason: null, priority: 'normal' },
      locale: 'zh',
      bot: { dialogs: [], resumeSteps: [], misunderstood: 0, upsetAt: null },
      openCalls: [],
      orders: [],
      transcript: Array.from({ length: 60 }, (_, i) => ({
        position: i + 1,
        type: 'message',
        timestamp: new Date(1e12 + i * 60_000).toISOString(),
        from: { role: i % 2 ? 'agent' : 'user', name: '李娜' },
        text: `第 ${i} 句话，说得不长也不短。`,
      })),
      queuePosition: null,
      sendWindow: null,
      isRevealed: false,
    });
    await desk.route(/\/agent\/conversations(\?|$)/, (route) =>
      route.fulfill({ json: { conversations: rows, invited: [] } }),
    );
    await desk.route(/\/agent\/conversations\/c\d+(\?|$)/, (route) =>
      route.fulfill({ json: page(/c\d+/.exec(route.request().url())?.[0] ?? '') }),
    );
    await desk.route(/\/agent\/conversations\/c\d+\/notes/, (route) =>
      route.fulfill({ json: { notes: [] } }),
    );
    await desk.route(/\/agent\/conversations\/c\d+\/background/, (route) =>
      route.fulfill({ json: { sessions: [], incidents: [] } }),
    );
    const waits = { ...rows[0], conversationId: 'waits', lastText: '还在排队', reservedBy: null };
    await desk.route(/\/agent\/queue/, (route) =>
      route.fulfill({ json: { items: [waits], agentsOnline: 1 } }),
    );
    const reasons: unknown[] = [];
    await desk.route(/\/agent\/conversations\/waits\/claim/, (route) => {
      reasons.push(route.request().postDataJSON().reason);
      return route.fulfill({ status: 409, json: { error: { code: 'reason-needed' } } });
    });
    await desk.reload();
    await sees('客户的话 199');
    // One more than one's own number is asked about.
    await desk.locator('.queue .take').click();
    await dialog().getByLabel('Why one more').fill('客户认得我');
    await isClean();
    await dialog().getByRole('button', { name: 'Take' }).click();
    await dialog().waitFor({ state: 'detached' });
    expect(reasons).toEqual([undefined, '客户认得我']);
    // Event Timing: from the key to the next paint, https://www.w3.org/TR/event-timing/.
    await desk.evaluate(`globalThis.slowest = 0; new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.slowest = Math.max(globalThis.slowest, duration);
    }).observe({ type: 'event', durationThreshold: 16 })`);
    const keys = size({ test: 6, prove: 200 });
    for (let n = 0; n < keys; n += 1) {
      await desk.keyboard.press('Alt+ArrowDown');
      await desk.locator(`[data-id="c${n}"][aria-current]`).waitFor();
    }
    await desk.keyboard.press('Alt+m');
    await desk.keyboard.type('写一句不长不短的话给同事看');
    await until(async () => Number(await desk.evaluate('globalThis.slowest')) > 0);
    const slowest = Number(await desk.evaluate('globalThis.slowest'));
    reportFigure('slowest key of the desk with 200 conversations open, ms', slowest);
    // Other tests run on the same two cores; alone it is held to what was promised.
    if (process.env.PROVE) expect(slowest).toBeLessThan(100);
    await desk.unrouteAll();
  }, 120_000);

  it('was never refused a style or a script by its own policy', () => {
    expect(refused.filter((text) => /Content Security Policy/.test(text))).toEqual([]);
  });
});
