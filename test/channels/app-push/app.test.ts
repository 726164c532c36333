import { APP_SECRET, callJson, signInFirstAdmin, startTestApp, type TestApp } from '../../support/app';
import { until } from '../../support/turns';
import { type Receiver, SECRET, startReceiver } from './receiver';

describe('the server with APP_PUSH_URL', () => {
  let receiver: Receiver;
  let app: TestApp;

  beforeAll(async () => {
    receiver = await startReceiver();
    app = await startTestApp({
      APP_PUSH_URL: receiver.url,
      APP_PUSH_SECRET: SECRET,
      APP_PUSH_WAIT_MS: '200',
      APP_PUSH_QUIET_HOURS: 'off',
    });
  }, 60_000);
  afterAll(async () => {
    await app.stop();
    await receiver.stop();
  });

  /** A customer of the app, whose server is asked for a token as docs/chat.md says. */
  async function openApp(user: string) {
    const api = `${app.url}/v3/directline`;
    const body = { user: { id: user }, customer: { phone: '13800138000', name: '王芳' }, resume: true };
    const made = await callJson('POST', `${api}/tokens/generate`, { token: APP_SECRET, body });
    const token = String(made.body.token);
    const started = await callJson('POST', `${api}/conversations`, { token });
    const id = String(started.body.conversationId);
    const activities = `${api}/conversations/${id}/activities`;
    return {
      id,
      send: (text: string) => callJson('POST', activities, { token, body: { type: 'message', text } }),
      read: (watermark = '') => callJson('GET', `${activities}?watermark=${watermark}`, { token }),
    };
  }

  it('pushes an answer that nobody reads, shows agents so, and takes it back when it is read', async () => {
    const customer = await openApp('customer-1');
    await customer.send('我家宽带断网了');
    await until(() => receiver.takenIn(customer.id).length > 0);
    const [push] = receiver.takenIn(customer.id);
    expect(push).toMatchObject({
      event: 'message',
      userId: 'customer-1',
      title: '在线客服',
      link: { conversationId: customer.id, orderNumber: null },
    });
    expect(JSON.stringify(push)).not.toMatch(/王芳|13800138000/);
    const cookie = await signInFirstAdmin(app);
    const deliveries = async () => {
      const view = await callJson('GET', `${app.url}/agent/conversations/${customer.id}`, { cookie });
      const lines = view.body.transcript as { from: { role: string }; delivery?: { reason: string } }[];
      return lines.filter(({ from }) => from.role === 'bot').flatMap(({ delivery }) => delivery ?? []);
    };
    await until(async () => (await deliveries()).some(({ reason }) => reason === 'pushed'));
    await customer.read();
    await until(() => receiver.takenIn(customer.id).some(({ event }) => event === 'withdraw'));
    expect((await deliveries()).every(({ reason }) => reason === 'read')).toBe(true);
  });

  it('pushes nothing to who has only opened the chat, and nothing to a customer of the web', async () => {
    const silent = await openApp('customer-2');
    const web = await callJson('POST', `${app.url}/chat/token`, { body: {} });
    const id = String(web.body.conversationId);
    const token = String(web.body.token);
    await callJson('POST', `${app.url}/v3/directline/conversations`, { token });
    await callJson('POST', `${app.url}/v3/directline/conversations/${id}/activities`, {
      token,
      body: { type: 'message', text: '我家宽带断网了' },
    });
    const other = await openApp('customer-3');
    await other.send('我家宽带断网了');
    await until(() => receiver.takenIn(other.id).length > 0);
    expect(receiver.arrivedIn(silent.id)).toEqual([]);
    expect(receiver.arrivedIn(id)).toEqual([]);
  });
});
