import { callJson, openCustomer, signInFirstAdmin, startTestApp, type TestApp } from '../support/app';
import { until } from '../support/turns';

/** Questions to the whole server: answered with their source, within a dialog too, and those without an answer kept. */
describe('questions', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  }, 90_000);
  afterAll(() => app.stop());

  it('are answered with their source, and an answer leads into a report', async () => {
    const customer = await openCustomer(app.url);
    const said = await customer.ask('请问 LOS 灯闪红是啥意思', /要帮您报障吗/);
    expect(said[0]).toMatch(/光信号[\s\S]*来源：光猫指示灯说明/);
    await customer.ask('好的', /小区|路名/);
  });

  it('are answered in English, and in the middle of a report, whose question is put again', async () => {
    const customer = await openCustomer(app.url, { locale: 'en' });
    await customer.ask('my internet is down', /Where|address|place/i);
    const said = await customer.ask('what does the LOS light on the modem mean', /Where|address|place/i);
    expect(said[0]).toMatch(/optical signal[\s\S]*Source: /);
  });

  it('are kept without the person where there is no answer, for the admin to read', async () => {
    const customer = await openCustomer(app.url);
    const said = await customer.ask('13900139000能不能打到火星上去呀', /[？?]|我能帮您/);
    // A guess at a concern, or at two questions, is turned down first.
    if (!/我能帮您/.test(said.join()))
      await customer.ask(/哪一个/.test(said.join()) ? '都不是' : '不是', /我能帮您/);
    const cookie = await signInFirstAdmin(app);
    const read = () => callJson('GET', `${app.url}/admin/unanswered`, { cookie });
    await until(async () => JSON.stringify((await read()).body).includes('火星'), 10_000);
    expect((await read()).body.questions).toMatchObject([
      { text: '[电话]能不能打到火星上去呀', locale: 'zh', channels: ['web'], count: 1 },
    ]);
    expect((await callJson('GET', `${app.url}/admin/unanswered`)).status).toBe(401);
  });
});
