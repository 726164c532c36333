import { APP_SECRET, type DirectLineHost, startDirectLineHost, WEB_SECRET } from '../../support/direct-line';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { until } from '../../support/turns';

interface Answer {
  status: number;
  body: Record<string, unknown> & { error?: { code: string; message: string } };
}

/** One red pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

describe('Direct Line 3.0 over HTTP', () => {
  let redis: RedisServer;
  let host: DirectLineHost;
  let now = Date.now();

  beforeAll(async () => {
    redis = await startRedisServer();
    host = await startDirectLineHost(redis.url, () => now);
  });

  afterAll(async () => {
    await host.stop();
    await redis.stop();
  });

  beforeEach(() => {
    now = Date.now();
  });

  async function call(
    method: string,
    path: string,
    token: string | null,
    body?: unknown,
    headers: Record<string, string> = { 'Content-Type': 'application/json' },
  ): Promise<Answer> {
    const raw = typeof body === 'string' || body instanceof FormData || body instanceof Uint8Array;
    const response = await fetch(`${host.url}/v3/directline${path}`, {
      method,
      headers: { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...headers },
      body: body === undefined ? undefined : raw ? body : JSON.stringify(body),
    });
    return { status: response.status, body: JSON.parse((await response.text()) || '{}') };
  }

  async function converse(
    secret = WEB_SECRET,
    request: unknown = {},
  ): Promise<{ id: string; token: string }> {
    const generated = await call('POST', '/tokens/generate', secret, request);
    const token = String(generated.body.token);
    const started = await call('POST', '/conversations', token);
    expect(started.status).toBe(201);
    return { id: String(started.body.conversationId), token };
  }

  const message = (text: string, clientActivityID?: string) => ({
    type: 'message',
    from: { id: 'anyone' },
    text,
    channelData: clientActivityID ? { clientActivityID } : undefined,
  });

  const texts = async (id: string, token: string, watermark = ''): Promise<string[]> => {
    const { body } = await call('GET', `/conversations/${id}/activities?watermark=${watermark}`, token);
    return (body.activities as { text: string }[]).map(({ text }) => text);
  };

  it('gives a token, starts its conversation once, and says what was said since a watermark', async () => {
    const { id, token } = await converse();
    expect((await call('POST', '/conversations', token)).status).toBe(200);
    const posted = await call('POST', `/conversations/${id}/activities`, token, message('hello'));
    expect(posted.status).toBe(200);
    const position = Number(String(posted.body.id).split('|')[1]);
    await until(async () => (await texts(id, token)).includes('re: hello'));
    expect(await texts(id, token, String(position))).toEqual(['re: hello']);
  });

  it('takes an activity with a client id once, and without one as often as it comes', async () => {
    const { id, token } = await converse();
    const path = `/conversations/${id}/activities`;
    const both = await Promise.all([
      call('POST', path, token, message('once', 'c-1')),
      call('POST', path, token, message('once', 'c-1')),
    ]);
    expect(both[0].body.id).toBe(both[1].body.id);
    await call('POST', path, token, message('again'));
    await call('POST', path, token, message('again'));
    await until(async () => (await texts(id, token)).filter((text) => text.startsWith('re: ')).length >= 4);
    const said = await texts(id, token);
    expect(said.filter((text) => text === 'once')).toHaveLength(1);
    expect(said.filter((text) => text === 'again')).toHaveLength(2);
  });

  it('speaks for the user of the token, whatever the activity says, and masks what must not be kept', async () => {
    const { id, token } = await converse(WEB_SECRET, { user: { id: 'dl_someone', name: 'Someone' } });
    await call('POST', `/conversations/${id}/activities`, token, message('my secret'));
    const { body } = await call('GET', `/conversations/${id}/activities`, token);
    const own = (body.activities as { from: { id: string }; text: string }[]).find(
      ({ text }) => text === 'my ***',
    );
    expect(own?.from.id).toBe('dl_someone');
  });

  it.each([
    ['no credentials', async () => call('POST', '/conversations', null), 401],
    ['a made-up token', async () => call('POST', '/conversations', 'a.b.c'), 403],
    [
      'a token where a secret is needed',
      async () => call('POST', '/tokens/generate', (await converse()).token),
      403,
    ],
    [
      'a web user id without dl_',
      async () => call('POST', '/tokens/generate', WEB_SECRET, { user: { id: 'me' } }),
      400,
    ],
    [
      'a web secret that vouches for a customer',
      async () => call('POST', '/tokens/generate', WEB_SECRET, { customer: { phone: '13800138000' } }),
      403,
    ],
    ['an unknown conversation', async () => call('GET', '/conversations/none/activities', WEB_SECRET), 404],
    [
      'the conversation of another user',
      async () => call('GET', `/conversations/${(await converse()).id}/activities`, (await converse()).token),
      403,
    ],
    [
      'the conversation of another channel',
      async () => call('GET', `/conversations/${(await converse()).id}/activities`, APP_SECRET),
      403,
    ],
  ])('refuses %s', async (_name, attempt, status) => {
    const { status: given, body } = await attempt();
    expect(given).toBe(status);
    expect(body.error).toMatchObject({ code: expect.any(String), message: expect.any(String) });
  });

  it.each([
    ['malformed JSON', '{"type": ', {}, 400],
    ['another content type', 'hello', { 'Content-Type': 'text/plain' }, 415],
    ['an oversized body', JSON.stringify({ type: 'message', text: 'x'.repeat(300_000) }), {}, 413],
    ['an oversized text', JSON.stringify({ type: 'message', text: 'x'.repeat(5000) }), {}, 400],
    ['an event of ours', JSON.stringify({ type: 'event', name: 'agent.claim' }), {}, 400],
    ['a type that does not exist', JSON.stringify({ type: 'shout' }), {}, 400],
  ])('refuses %s and keeps nothing', async (_name, body, headers, status) => {
    const { id, token } = await converse();
    const { status: given, body: said } = await call('POST', `/conversations/${id}/activities`, token, body, {
      'Content-Type': 'application/json',
      ...headers,
    });
    expect(given).toBe(status);
    expect(said.error?.code).toEqual(expect.any(String));
    expect(await host.node.store.lastPosition(id)).toBeLessThanOrEqual(1);
  });

  it.each(['999', 'x', '-1'])('refuses the watermark %s that it never gave', async (watermark) => {
    const { id, token } = await converse();
    const path = `/conversations/${id}/activities?watermark=${watermark}`;
    expect((await call('GET', path, token)).status).toBe(400);
    expect((await call('GET', `/conversations/${id}?watermark=${watermark}`, token)).status).toBe(400);
  });

  it('refreshes a token that lives and says TokenExpired of one that does not', async () => {
    const { id, token } = await converse();
    now += 20 * 60_000;
    const refreshed = await call('POST', '/tokens/refresh', token);
    expect(refreshed.status).toBe(200);
    now += 20 * 60_000;
    const old = await call('GET', `/conversations/${id}/activities`, token);
    expect([old.status, old.body.error?.code]).toEqual([403, 'TokenExpired']);
    const path = `/conversations/${id}/activities`;
    expect((await call('GET', path, String(refreshed.body.token))).status).toBe(200);
  });

  it('carries the customer that the app vouches for into the turn', async () => {
    const customer = { phone: '13800138000', accounts: ['B1'] };
    const { id, token } = await converse(APP_SECRET, { user: { id: 'u-1', name: '王芳' }, customer });
    await call('POST', `/conversations/${id}/activities`, token, message('hi'));
    await until(async () => (await texts(id, token)).includes('re: hi'));
    expect(await host.node.store.channelOf(id)).toBe('app');
  });

  it('brings a customer of the app back to one conversation when it is asked to, and nobody else', async () => {
    const generate = async (secret: string, request: unknown) =>
      (await call('POST', '/tokens/generate', secret, request)).body.conversationId;
    const first = await generate(APP_SECRET, { user: { id: 'u-7' }, resume: true });
    expect(await generate(APP_SECRET, { user: { id: 'u-7' }, resume: true })).toBe(first);
    expect(await generate(APP_SECRET, { user: { id: 'u-8' }, resume: true })).not.toBe(first);
    expect(await generate(APP_SECRET, { user: { id: 'u-7' } })).not.toBe(first);
    const refused = [
      await call('POST', '/tokens/generate', APP_SECRET, { resume: true }),
      await call('POST', '/tokens/generate', WEB_SECRET, { user: { id: 'dl_u-7' }, resume: true }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([400, 400]);
  });

  it('keeps an uploaded picture without its name for a path, and shows it by a signed address', async () => {
    const { id, token } = await converse();
    const form = new FormData();
    const activity = new Blob([JSON.stringify({ type: 'message', text: 'look' })], {
      type: 'application/vnd.microsoft.activity',
    });
    form.append('activity', activity);
    form.append('file', new Blob([PNG], { type: 'image/png' }), '../../ont.png');
    expect((await call('POST', `/conversations/${id}/upload?userId=x`, token, form, {})).status).toBe(200);
    const { body } = await call('GET', `/conversations/${id}/activities`, token);
    const shown = (body.activities as { text: string; attachments?: { contentUrl: string }[] }[]).find(
      ({ text }) => text === 'look',
    );
    const address = shown?.attachments?.[0]?.contentUrl ?? '';
    const file = await fetch(address);
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect((await fetch(address.replace(/s=./, 's=_'))).status).toBe(403);
    now += 11 * 60_000;
    expect((await fetch(address)).status).toBe(403);
  });

  it('judges an upload by its content', async () => {
    const { id, token } = await converse();
    const sent = await call(
      'POST',
      `/conversations/${id}/upload`,
      token,
      Buffer.from('<svg onload=alert(1)>'),
      {
        'Content-Type': 'image/png',
      },
    );
    expect([sent.status, sent.body.error?.code]).toEqual([415, 'UnsupportedMediaType']);
  });
});
