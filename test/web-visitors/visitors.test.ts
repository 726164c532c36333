import { createTokens } from '../../src/channels/direct-line/tokens';
import { createHttpServer, listen } from '../../src/http/server';
import { connectRedis, type RedisClient } from '../../src/turns/redis';
import { registerVisitors } from '../../src/web-visitors/routes';
import { createVisitors } from '../../src/web-visitors/visitors';
import { type RedisServer, startRedisServer } from '../support/redis-server';
import { silent } from '../support/turns';

describe('visitors of the web chat', () => {
  let server: RedisServer;
  let redis: RedisClient;
  let url: string;
  let close: () => Promise<void>;
  let address = '10.0.0.1';
  const tokens = createTokens('token-key-of-tests-00000000000000', Date.now);

  beforeAll(async () => {
    server = await startRedisServer();
    redis = connectRedis(server.url);
    const http = createHttpServer();
    registerVisitors(http, {
      visitors: createVisitors(redis),
      tokens,
      redis,
      isAllowedOrigin: (origin) => origin === 'https://ours.example',
      addressOf: () => address,
      perMinute: 30,
      log: silent,
    });
    url = `http://127.0.0.1:${await listen(http, '127.0.0.1', 0)}/chat/token`;
    close = () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.server.closeAllConnections();
      });
  });
  afterAll(async () => {
    await close();
    redis.disconnect();
    await server.stop();
  });

  interface Answer {
    userId: string;
    conversationId: string;
    token: string;
    resumeToken: string;
    isResumed: boolean;
    error: { message: string };
  }

  async function ask(body: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return {
      status: response.status,
      retryAfter: response.headers.get('Retry-After'),
      // What the route answers; each test looks at the part that it is about.
      body: (await response.json()) as Answer,
    };
  }

  it('get a token of their own conversation, and never the secret of the channel', async () => {
    const { status, body } = await ask({ locale: 'en' });
    expect(status).toBe(200);
    expect(body.userId).toMatch(/^dl_/);
    await expect(tokens.verify(body.token)).resolves.toMatchObject({
      channel: 'web',
      conversationId: body.conversationId,
      userId: body.userId,
      customer: null,
      locale: 'en',
    });
  });

  it('come back to the same conversation by a token that changes each time', async () => {
    const first = await ask({});
    const second = await ask({ resume: first.body.resumeToken });
    expect(second.body).toMatchObject({
      isResumed: true,
      userId: first.body.userId,
      conversationId: first.body.conversationId,
    });
    expect(second.body.resumeToken).not.toBe(first.body.resumeToken);
    // The answer may have been lost on the way: the former token works for a while.
    expect((await ask({ resume: first.body.resumeToken })).body.userId).toBe(first.body.userId);
    const ttls = await Promise.all((await redis.keys('visitor:resume:*')).map((key) => redis.pttl(key)));
    expect(Math.min(...ttls)).toBeLessThanOrEqual(10 * 60_000);
  });

  it('begin anew with a token that is none of ours; nothing of it is stored in the clear', async () => {
    const { body } = await ask({ resume: 'made-up' });
    expect(body.isResumed).toBe(false);
    const keys = (await redis.keys('*')).join(' ');
    expect(keys).not.toContain(body.resumeToken);
  });

  it('are refused from pages that nobody named', async () => {
    expect((await ask({}, { Origin: 'https://ours.example' })).status).toBe(200);
    const refused = await ask({}, { Origin: 'https://evil.example' });
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toMatch(/WEB_ORIGINS/);
  });

  it('are limited by address, and told when to come again', async () => {
    address = '10.0.0.2';
    const answers = [];
    for (let i = 0; i < 31; i += 1) answers.push(await ask({}));
    expect(answers.slice(0, 30).every(({ status }) => status === 200)).toBe(true);
    expect(answers[30]).toMatchObject({ status: 429, retryAfter: expect.stringMatching(/^\d+$/) });
    address = '10.0.0.3';
    expect((await ask({})).status).toBe(200);
  });

  it.each([[{ locale: 'xx' }], [{ resume: 7 }], ['text']])('refuse %j', async (body) => {
    expect((await ask(body)).status).toBe(400);
  });
});
