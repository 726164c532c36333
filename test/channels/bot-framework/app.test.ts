import { conversationIdOf } from '../../../src/channels/bot-framework/references';
import { callJson, signInFirstAdmin, startTestApp, type TestApp } from '../../support/app';
import { until } from '../../support/turns';
import { type BotCustomer, type Cloud, createCustomer, startCloud } from './cloud';

/** One pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const NUMBER = /[FIC]\d{6}[0-9A-Z]{9}/;

let cloud: Cloud;
let app: TestApp;

/** Talks as a customer and waits for what is said, on the other side of the connector. */
function talk(customer: BotCustomer) {
  const texts = () => cloud.textsIn(customer.conversation).map(String);
  let heard = 0;
  async function hear(line: RegExp): Promise<string[]> {
    let fresh: string[] = [];
    await until(() => {
      fresh = texts().slice(heard);
      return fresh.some((text) => line.test(text));
    }, 15_000).catch((error) => {
      throw new Error(`nothing like ${line} came, but: ${JSON.stringify(fresh)}`, { cause: error });
    });
    heard += fresh.length;
    return fresh;
  }
  return {
    hear,
    async ask(text: string, answer: RegExp): Promise<string[]> {
      expect((await customer.say(text)).status).toBe(200);
      return hear(answer);
    },
  };
}

const open = (conversation: string, options: { channelId?: string } = {}) => {
  const customer = createCustomer(cloud, () => app.url, {
    conversation,
    user: `u-${conversation}`,
    ...options,
  });
  const { channelId = 'webchat' } = options;
  return { customer, id: conversationIdOf(channelId, conversation), ...talk(customer) };
};
type Opened = ReturnType<typeof open>;

async function reportFault({ customer, ask, hear }: Opened): Promise<string> {
  await customer.send({ type: 'conversationUpdate', membersAdded: [{ id: 'bot-1' }] });
  await customer.send({ type: 'conversationUpdate', membersAdded: [{ id: `u-${customer.conversation}` }] });
  await hear(/./);
  await ask('家里宽带断网了，光猫红灯一直闪', /小区|路名/);
  await ask('鼓楼区中山路18号3栋2单元501', /光纤/);
  const tested = await ask('没有', /哪个方便|哪个电话/);
  if (tested.some((line) => /哪个方便/.test(line))) await ask('第一个', /电话/);
  const done = await ask('13800138000', NUMBER);
  return NUMBER.exec(done.join(' '))?.[0] ?? '';
}

const ownerOf = async (cookie: string, id: string) => {
  const { body } = await callJson('GET', `${app.url}/agent/conversations/${id}`, { cookie });
  return body.ownership;
};

beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

describe('a customer of the Bot Framework and our agents', () => {
  let cookie = '';
  beforeAll(async () => {
    app = await startTestApp({ ...cloud.settings, OPERATOR_LINE_TEST_MS: '600' });
    cookie = await signInFirstAdmin(app);
  }, 60_000);
  afterAll(() => app.stop());
  const agent = (method: string, path: string, body?: unknown) =>
    callJson(method, `${app.url}/agent${path}`, { cookie, body });

  const sendPicture = (id: string) =>
    fetch(`${app.url}/agent/conversations/${id}/files`, {
      method: 'POST',
      headers: { Cookie: cookie, Origin: app.url, 'Content-Type': 'image/png' },
      body: new Uint8Array(PNG),
    });

  it('reports a fault, sees that it is being worked on, and hears of the order unasked', async () => {
    const opened = open('fault');
    const number = await reportFault(opened);
    const seen = cloud.seenIn('fault');
    // Buttons where there is a choice, never an empty row of them.
    const withChoices = seen.filter(({ activity }) => 'suggestedActions' in activity);
    expect(withChoices.length).toBeGreaterThan(0);
    for (const { activity } of withChoices) {
      expect((activity.suggestedActions as { actions: unknown[] }).actions.length).toBeGreaterThan(0);
    }
    // The line test took a while.
    expect(
      cloud.shown.some((each) => each.conversationId === 'fault' && each.activity.type === 'typing'),
    ).toBe(true);
    await until(() => cloud.seenIn('fault').some(({ activity }) => activity.type === 'endOfConversation'));
    expect(cloud.seenIn('fault').at(-1)?.activity).toMatchObject({
      type: 'endOfConversation',
      code: 'completedSuccessfully',
    });

    const order = await agent('GET', `/orders/${number}`);
    const { version } = (order.body.order as { order: { version: number } }).order;
    const moved = await agent('POST', `/orders/${number}/transition`, { to: 'assigned', version });
    expect(moved).toMatchObject({ status: 200 });
    await opened.hear(new RegExp(`${number}.*派给师傅`));
    const notice = cloud.seenIn('fault').at(-1);
    expect(notice?.replyTo).toBeNull();
  }, 60_000);

  it('is served by an agent, who sees the channel and what became of each reply', async () => {
    const opened = open('human');
    await opened.ask('转人工', /没有|不在/);
    await agent('POST', '/presence', { status: 'online' });
    await until(async () => {
      const { body } = await agent('GET', '/queue');
      return (body.items as { conversationId: string }[]).some(
        ({ conversationId }) => conversationId === opened.id,
      );
    });
    expect((await agent('POST', `/conversations/${opened.id}/claim`, {})).status).toBe(200);
    await opened.hear(/管理员/);
    cloud.state.faults = () => ({ status: 403 });
    await agent('POST', `/conversations/${opened.id}/messages`, { text: '这句送不到' });
    const lines = async () => {
      const { body } = await agent('GET', `/conversations/${opened.id}`);
      return { channel: body.channel, lines: body.transcript as { text?: string; delivery?: unknown }[] };
    };
    await until(async () =>
      (await lines()).lines.some(({ delivery }) => JSON.stringify(delivery)?.includes('http-403')),
    );
    cloud.state.faults = () => null;
    await agent('POST', `/conversations/${opened.id}/messages`, { text: '您好，我来看一下' });
    await opened.hear(/我来看一下/);
    const view = await lines();
    expect(view.channel).toBe('bot-framework');
    const deliveryOf = (text: string) => view.lines.find((line) => line.text === text)?.delivery;
    expect(deliveryOf('这句送不到')).toEqual({
      state: 'not-delivered',
      reason: 'http-403',
      mayBeDouble: false,
    });
    await until(async () =>
      (await lines()).lines.some(
        ({ text, delivery }) => text === '您好，我来看一下' && JSON.stringify(delivery).includes('"sent"'),
      ),
    );
    expect((await sendPicture(opened.id)).status).toBe(200);
    await until(() =>
      cloud.seenIn('human').some(({ activity }) => JSON.stringify(activity).includes('image/png')),
    );
    const picture = cloud.seenIn('human').findLast(({ activity }) => activity.attachments);
    expect(picture?.activity).toMatchObject({
      from: { name: expect.stringMatching(/./) },
      attachments: [{ contentType: 'image/png', contentUrl: expect.stringMatching(/^http/) }],
    });
  }, 60_000);

  it('gets no picture where the channel behind the connector shows words only, and the agent hears why', async () => {
    const opened = open('texts', { channelId: 'sms' });
    await opened.ask('转人工', /./);
    await until(async () => (await agent('POST', `/conversations/${opened.id}/claim`, {})).status === 200);
    const refused = await sendPicture(opened.id);
    expect(refused.status).toBe(415);
    expect(await refused.text()).toMatch(/carries no files/);
    expect(cloud.seenIn('texts').some(({ activity }) => activity.attachments)).toBe(false);
  }, 60_000);
});

describe('a customer of the Bot Framework and the desk of the channel', () => {
  let cookie = '';
  beforeAll(async () => {
    app = await startTestApp({ ...cloud.settings, BOT_HANDOFF: 'channel' });
    cookie = await signInFirstAdmin(app);
  }, 60_000);
  afterAll(() => app.stop());

  const initiated = (conversation: string) =>
    cloud.seenIn(conversation).filter(({ activity }) => activity.name === 'handoff.initiate');
  const tell = ({ customer }: Opened, state: string) =>
    customer.send({ type: 'event', name: 'handoff.status', value: { state } });
  const queued = async (id: string) => {
    const { body } = await callJson('GET', `${app.url}/agent/queue`, { cookie });
    return (body.items as { conversationId: string }[]).some(({ conversationId }) => conversationId === id);
  };

  it('is handed over with what is known, served there, and given back', async () => {
    const opened = open('handed');
    await opened.ask('家里宽带断网了，光猫红灯一直闪', /小区|路名/);
    await opened.ask('转人工', /人工|同事/);
    await until(() => initiated('handed').length === 1);
    const [event] = initiated('handed');
    expect(event?.activity).toMatchObject({
      type: 'event',
      value: { reason: 'customer-asked', dialogs: [{ dialog: 'fault-report', slots: expect.any(Object) }] },
      attachments: [{ contentType: 'application/json', name: 'Transcript' }],
    });
    expect(JSON.stringify(event?.activity.attachments)).toContain('光猫红灯一直闪');
    // What the turn said comes before it.
    const order = cloud.seenIn('handed').map(({ activity }) => activity.type);
    expect(order.lastIndexOf('event')).toBe(order.length - 1);
    expect(await queued(opened.id)).toBe(false);

    await tell(opened, 'accepted');
    await until(async () => ((await ownerOf(cookie, opened.id)) as { owner: string }).owner === 'human');
    const before = cloud.textsIn('handed').length;
    await opened.customer.say('我在等您');
    await tell(opened, 'completed');
    await opened.hear(/接着为您服务/);
    // While the desk had it, the bot said nothing but that somebody came.
    expect(
      cloud
        .textsIn('handed')
        .slice(before)
        .filter((text) => /不明白|没听懂/.test(String(text))),
    ).toEqual([]);
    expect(await ownerOf(cookie, opened.id)).toMatchObject({ owner: 'bot' });
  }, 60_000);

  it('waits for our agents when the desk has nobody', async () => {
    const opened = open('declined');
    await opened.ask('转人工', /人工|同事/);
    await until(() => initiated('declined').length === 1);
    await tell(opened, 'failed');
    await until(() => queued(opened.id));
    await opened.hear(/没有人工同事值班|登记/);
    expect(await ownerOf(cookie, opened.id)).toMatchObject({ owner: 'queued', reason: 'handoff-declined' });
    expect(initiated('declined')).toHaveLength(1);
  }, 60_000);

  it('is not moved by a status that nobody asked for, or that says nothing known', async () => {
    const opened = open('unasked');
    await opened.ask('你好', /./);
    for (const state of ['accepted', 'completed', 'failed', 'of-tomorrow']) {
      expect((await tell(opened, state)).status).toBe(200);
    }
    await opened.ask('家里宽带断网了', /小区|路名/);
    expect(await ownerOf(cookie, opened.id)).toMatchObject({ owner: 'bot' });
  }, 60_000);
});

describe('the whole server without the channel', () => {
  beforeAll(async () => {
    app = await startTestApp();
  }, 60_000);
  afterAll(() => app.stop());

  it('has nothing at its address', async () => {
    const { status } = await callJson('POST', `${app.url}/api/messages`, { body: {} });
    expect(status).toBe(404);
  });
});
