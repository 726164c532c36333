import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import {
  APP_SECRET,
  type Customer,
  callJson,
  openCustomer,
  signInFirstAdmin,
  startTestApp,
  type TestApp,
} from '../support/app';
import { until, untilHolds } from '../support/turns';

const NUMBER = /[FIC]\d{6}[0-9A-Z]{9}/;
/** The bot's turn to be answered, or over: what it says on the way waits for nothing. */
const ASKED = /[？?]|[FIC]\d{6}[0-9A-Z]{9}/;
/** 24 November 2026, 10:00 in Shanghai. */
const TEN = Date.UTC(2026, 10, 24, 2);
const HOUR = 3600_000;

const policyOf = (id: string, match: string, hours: number) => `id: ${id}
name: { zh: ${id}, en: ${id} }
subject: work-order
clock: internal
match: { kinds: [fault], ${match} }
target: { hours: ${hours} }
calendar: round-the-clock
thresholds: [{ percent: 100, actions: [{ type: tell-supervisor }] }]
`;
const OWN: [id: string, match: string][] = [
  ['fault-gold', 'customerLevels: [gold]'],
  ['fault-in-area', 'areas: [nj-qh-01]'],
  ['fault-in-sichuan', 'provinces: [四川省]'],
  ['fault-late', 'acceptedFrom: "16:00"'],
  ['fault-high', 'priorities: [high]'],
];

/** A promise that owes something, in one service area. */
const OWING = `id: fault-owing
name: { zh: 晚修有补偿, en: late repairs are paid for }
subject: work-order
match: { kinds: [fault], areas: [nj-qh-03] }
target: { hours: 4 }
calendar: round-the-clock
compensation: { yuan: 10, per: day, atMost: 100 }
thresholds: [{ percent: 100, actions: [{ type: tell-supervisor }] }]
`;

/** What a customer answers to whatever the bot asks until there is an order. */
const ANSWERS: [RegExp, string][] = [
  [/联系电话用.*可以吗/, '可以'],
  [/哪个电话|哪个号码|联系您.*电话/, '13800138000'],
  [/哪个方便|哪个时间|什么时候方便/, '第一个'],
  [/小区|路名|地址/, ''],
  [/./, '还是不行，直接派师傅来吧'],
];

/** Each fact that policies ask for, from where it really comes from. */
describe('the policy of an order', () => {
  let app: TestApp;
  let cookie: string;
  let ahead = TEN - Date.now();
  const contentDir = mkdtempSync(join(tmpdir(), 'policy-facts-'));
  beforeAll(async () => {
    for (const folder of ['dialogs', 'intents'])
      cpSync(join(__dirname, '../..', folder), join(contentDir, folder), { recursive: true });
    for (const [id, match] of OWN)
      writeFileSync(join(contentDir, 'dialogs/policies', `${id}.yaml`), policyOf(id, match, 3));
    writeFileSync(join(contentDir, 'dialogs/policies/fault-owing.yaml'), OWING);
    app = await startTestApp({ CONTENT_DIR: contentDir }, () => Date.now() + ahead);
    cookie = await signInFirstAdmin(app);
  }, 90_000);
  afterAll(async () => {
    await app.stop();
    rmSync(contentDir, { recursive: true, force: true });
  });

  const appCustomer = (phone: string) =>
    openCustomer(app.url, {
      secret: APP_SECRET,
      user: { id: `u-${phone}` },
      customer: { phone, accounts: [] },
    });

  /** Numbers that were told: news of an older order may come among what is said of the next. */
  const told = new Set<string>();
  const newIn = (said: string): string | undefined =>
    said.match(new RegExp(NUMBER, 'g'))?.find((number) => !told.has(number));

  /** Talks until an order is registered; answers its number. */
  async function report(customer: Customer, words: string, address: string): Promise<string> {
    let said = (await customer.ask(words, ASKED)).join('\n');
    for (let i = 0; i < 12 && newIn(said) === undefined; i += 1) {
      const [, answer] = ANSWERS.find(([asked]) => asked.test(said.split('\n').at(-1) ?? '')) ?? ['', '好'];
      said = (await customer.ask(answer === '' ? address : answer, ASKED)).join('\n');
    }
    const number = newIn(said) ?? '';
    told.add(number);
    return number;
  }
  const orderSchema = z.object({ number: z.string(), version: z.number() });
  /** Signing in lasts twelve hours, of which a moved clock makes little. */
  async function signInAgain(): Promise<void> {
    const body = { login: 'admin@operator.example', password: 'correct horse battery' };
    cookie = (await callJson('POST', `${app.url}/accounts/sign-in`, { body })).cookie ?? '';
  }
  /** What its clock does meanwhile raises its version: then it is read again. */
  async function resolve(number: string): Promise<void> {
    const path = `${app.url}/agent/orders/${number}`;
    for (const to of ['in-progress', 'resolved'])
      await until(async () => {
        const { body } = await callJson('GET', path, { cookie });
        const { version } = z.object({ order: orderSchema }).parse(body.order).order;
        const act = { version, to, note: '换了跳线' };
        return (await callJson('POST', `${path}/transition`, { cookie, body: act })).status === 200;
      });
  }
  const clocksSchema = z.array(z.object({ clock: z.string(), policy: z.string() }));
  async function policiesOf(number: string): Promise<string[]> {
    const { body } = await callJson('GET', `${app.url}/agent/orders/${number}/deadline`, { cookie });
    return clocksSchema.parse(body.clocks).map(({ policy }) => policy);
  }

  it.each([
    ['the customer level of the account', '13800138010', '鼓楼区湖南路12号2栋1单元601', 'fault-gold'],
    ['the product of the account', '13800138011', '建邺区江东中路88号1栋1801', 'fault-internal-business'],
    ['the settlement of the service area', '13800138000', '江宁区云岭村12号', 'fault-legal-rural'],
    ['the service area', '13800138004', '秦淮区建设路8号2栋1单元101', 'fault-in-area'],
    ['the province of the address', '13800138006', '青羊区光华街6号2栋1单元301', 'fault-in-sichuan'],
  ])('follows %s', async (_fact, phone, address, policy) => {
    const number = await report(await appCustomer(phone), `我家断网了，地址是${address}`, address);
    expect(await policiesOf(number)).toContain(policy);
  });

  it('follows the province of the account where a complaint has no address', async () => {
    const customer = await appCustomer('13800138008');
    await customer.ask('转人工', /登记一个回电/);
    await customer.ask('登记', /8008 可以吗/);
    const done = await customer.ask('可以', NUMBER);
    expect(await policiesOf(NUMBER.exec(done.join())?.[0] ?? '')).toContain('complaint-legal-henan');
  });

  it('answers a severe complaint in half the time, and hands it to those who lead', async () => {
    const NEXT = new RegExp(`没有就回|${ASKED.source}`);
    const customer = await appCustomer('13800138000');
    let said = (await customer.ask('我要投诉你们的师傅，态度很差，再不处理我就去工信部申诉', NEXT)).join(
      '\n',
    );
    const wishes: [RegExp, string][] = [
      [/没有就回/, '没有'],
      [/可以吗|哪个电话/, '可以'],
      [/怎么处理|希望/, '赔礼道歉'],
      [/./, '上周五师傅骂人'],
    ];
    for (let i = 0; i < 10 && !NUMBER.test(said); i += 1) {
      const [, answer] = wishes.find(([asked]) => asked.test(said.split('\n').at(-1) ?? '')) ?? ['', '好'];
      said = (await customer.ask(answer, NEXT)).join('\n');
    }
    const number = NUMBER.exec(said)?.[0] ?? '';
    expect(await policiesOf(number)).toContain('complaint-promise-severe');
    const { body } = await callJson('GET', `${app.url}/agent/orders/${number}/deadline`, { cookie });
    const promise = z
      .array(z.object({ clock: z.string(), dueAt: z.number().nullable() }))
      .parse(body.clocks)
      .find(({ clock }) => clock === 'promise');
    expect((promise?.dueAt ?? 0) - (Date.now() + ahead)).toBeLessThanOrEqual(12 * HOUR);
    await until(async () => {
      const found = await callJson('GET', `${app.url}/agent/conversations/${customer.conversationId}`, {
        cookie,
      });
      const { reason, line } = z
        .object({ reason: z.string().nullable(), line: z.object({ group: z.string() }).nullish() })
        .parse(found.body.ownership);
      return reason === 'appeal-threatened' && line?.group === 'supervisors';
    });
  });

  it('follows the account and the priority of an order that an agent makes, and is reported by its area', async () => {
    const make = async (phone: string, priority: string, address: string) => {
      const { conversationId, ask } = await appCustomer(phone);
      await ask('你好', /./);
      const body = { clientId: phone, kind: 'fault', summary: '断网', address, priority };
      const path = `${app.url}/agent/conversations/${conversationId}/orders`;
      const made = await callJson('POST', path, { cookie, body });
      return orderSchema.parse(made.body.order);
    };
    const gold = await make('13800138010', 'normal', '湖南路12号2栋1单元601');
    expect(await policiesOf(gold.number)).toContain('fault-gold');
    const high = await make('13800138000', 'high', '中山路18号3栋2单元501');
    expect(await policiesOf(high.number)).toContain('fault-high');

    await resolve(gold.number);
    const kept = { policy: 'fault-gold', area: 'nj-gl-01', week: '2026-W48', due: 1, kept: 1 };
    await untilHolds(async () => {
      const path = `${app.url}/admin/reports/sla?from=2026-11-24&to=2026-11-24`;
      const { body } = await callJson('GET', path, { cookie });
      expect(body.rows).toContainEqual(expect.objectContaining(kept));
    });
  });

  it('follows the hour at which it came in, and pays for a late repair where it owes that', async () => {
    ahead += 7 * HOUR;
    const address = '秦淮区和平路8号2栋1单元101';
    const customer = await appCustomer('13800138000');
    const number = await report(customer, `我家断网了，地址是${address}`, address);
    expect(await policiesOf(number)).toEqual(expect.arrayContaining(['fault-late', 'fault-owing']));

    // Over a day later than the end of any visit that could have been offered.
    ahead += 5 * 24 * HOUR;
    await signInAgain();
    await resolve(number);
    // The customer's own token is over by now.
    const talk = `${app.url}/agent/conversations/${customer.conversationId}?latest=1`;
    await until(async () =>
      /减免 [1-5]0 元/.test(JSON.stringify((await callJson('GET', talk, { cookie })).body.transcript)),
    );
    const alarmSchema = z.array(z.object({ number: z.string().nullable(), reason: z.string() }));
    await until(async () => {
      const { body } = await callJson('GET', `${app.url}/agent/alarms`, { cookie });
      return alarmSchema
        .parse(body.alarms)
        .some((alarm) => alarm.number === number && alarm.reason === 'compensation-owed');
    });
  });
});
