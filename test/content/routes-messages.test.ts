import { once } from 'node:events';
import { registerMessages } from '../../src/content/routes-messages';
import { createHttpServer, listen } from '../../src/http/server';
import { callJson } from '../support/app';
import { guardByCookie } from '../support/sign-in-as';
import { silent } from '../support/turns';

const NOW = Date.UTC(2026, 10, 24, 2);
const cookie = 'bot_sign_in=admin.1';
const message = {
  key: 'a',
  text: 'a',
  locale: 'zh',
  count: 1,
  lastAt: NOW,
  chosen: null,
  understood: null,
  filed: null,
};

describe('messages to learn from over HTTP', () => {
  const server = createHttpServer();
  const asked: unknown[] = [];
  let url = '';
  beforeAll(async () => {
    registerMessages(server, {
      readMessages: async (range) => {
        asked.push(range);
        return [message];
      },
      dismissMessages: async (dismissed) => {
        asked.push(dismissed);
      },
      requirePermission: guardByCookie(() => url),
      clock: () => NOW,
      log: silent,
    });
    url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}/admin/content/messages`;
  });
  afterAll(async () => {
    server.close();
    await once(server.server, 'close');
  });

  it('are read for some days, and dismissed once each', async () => {
    expect((await callJson('GET', `${url}?days=2`, { cookie })).body).toEqual({ messages: [message] });
    const body = { keys: ['a', 'a', 'b'] };
    expect((await callJson('POST', `${url}/dismiss`, { cookie, body })).status).toBe(200);
    expect(asked).toEqual([
      { since: NOW - 2 * 24 * 3600_000, limit: 500 },
      { keys: ['a', 'b'], accountId: expect.any(String), at: NOW },
    ]);
  });

  it('are refused for what cannot be', async () => {
    expect((await callJson('GET', `${url}?days=0`, { cookie })).status).toBe(400);
    for (const body of [{ keys: [] }, { keys: ['x'.repeat(401)] }, { keys: ['a'], all: true }])
      expect((await callJson('POST', `${url}/dismiss`, { cookie, body })).status).toBe(400);
    const agent = 'bot_sign_in=agent.2';
    expect((await callJson('GET', url, { cookie: agent })).status).toBe(403);
    const refused = await callJson('POST', `${url}/dismiss`, { cookie: agent, body: { keys: ['a'] } });
    expect(refused.status).toBe(403);
  });
});
