import { registerSamplePushes } from '../../../src/channels/app-push/routes-sample';
import { signedHeaders } from '../../../src/channels/app-push/wire/signature';
import type { AppPush } from '../../../src/contract/app-push';
import { createHttpServer, listen } from '../../../src/http/server';
import { silent } from '../../support/turns';

describe("the sample of the operator's server", () => {
  const server = createHttpServer();
  let url = '';
  beforeAll(async () => {
    registerSamplePushes(server, { secret: 'secret', clock: Date.now, log: silent });
    url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}/samples/app/push`;
  });
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

  const common = {
    conversationId: 'c',
    userId: 'u',
    collapseKey: 'chat-c',
    createdAt: new Date().toISOString(),
  };
  const message = (sequence: number, text: string): AppPush => ({
    event: 'message',
    ...common,
    key: `k${sequence}`,
    sequence,
    count: 1,
    title: 't',
    text,
    locale: 'en',
    link: { conversationId: 'c', orderNumber: null },
  });
  const post = async (push: unknown, secret = 'secret') => {
    const body = JSON.stringify(push);
    const headers = { 'Content-Type': 'application/json', ...signedHeaders(body, [secret], Date.now()) };
    return (await fetch(url, { method: 'POST', headers, body })).status;
  };
  const shown = async () => {
    const answer = await fetch(`${url}?user=u`);
    const { notifications } = (await answer.json()) as { notifications: { text: string }[] };
    return notifications.map(({ text }) => text);
  };

  it('shows the newest push of a conversation, in whatever order they come, until it is withdrawn', async () => {
    expect(await post(message(1, 'one'))).toBe(200);
    expect(await post(message(3, 'three'))).toBe(200);
    expect(await post(message(2, 'two'))).toBe(200);
    expect(await post(message(3, 'three'))).toBe(200);
    expect(await shown()).toEqual(['three']);
    expect(await post({ event: 'withdraw', ...common, key: 'k4', sequence: 4, count: 0 })).toBe(200);
    expect(await post(message(3, 'three'))).toBe(200);
    expect(await shown()).toEqual([]);
  });

  it('takes nothing that is not signed, or no push', async () => {
    expect(await post(message(9, 'nine'), 'other')).toBe(401);
    expect(await post({ event: 'message' })).toBe(400);
    expect(await shown()).toEqual([]);
  });
});
