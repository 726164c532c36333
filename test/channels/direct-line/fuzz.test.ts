import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { APP_SECRET, type DirectLineHost, startDirectLineHost, WEB_SECRET } from '../../support/direct-line';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { SEED, size } from '../../support/size';
import { until } from '../../support/turns';

const RUNS = { numRuns: size({ test: 150, prove: 3000 }), seed: SEED };
/** What a bad call may be answered with; never that something broke here. */
const SENSIBLE = [200, 201, 204, 400, 401, 403, 404, 405, 409, 413, 415, 429, 431];

describe('Direct Line under arbitrary input', () => {
  let redis: RedisServer;
  let host: DirectLineHost;
  let token: string;
  let conversation: string;

  beforeAll(async () => {
    redis = await startRedisServer();
    host = await startDirectLineHost(redis.url);
    const headers = { Authorization: `Bearer ${WEB_SECRET}`, 'Content-Type': 'application/json' };
    const made = await fetch(`${host.url}/v3/directline/tokens/generate`, { method: 'POST', headers });
    ({ token } = (await made.json()) as { token: string });
    const started = await fetch(`${host.url}/v3/directline/conversations`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
    });
    ({ conversationId: conversation } = (await started.json()) as { conversationId: string });
  });
  afterAll(async () => {
    await host.stop();
    await redis.stop();
  });

  async function check(method: string, path: string, init: RequestInit): Promise<void> {
    const response = await fetch(`${host.url}${path}`, {
      method,
      signal: AbortSignal.timeout(5000),
      ...init,
    });
    const text = await response.text();
    expect(SENSIBLE).toContain(response.status);
    if (response.status < 400) return;
    expect(JSON.parse(text)).toEqual({
      error: { code: expect.any(String), message: expect.stringMatching(/\S/) },
    });
  }
  const authorised = () => ({ Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' });
  const activities = () => `/v3/directline/conversations/${conversation}/activities`;

  it('answers every JSON body in its own shape', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom('activities', 'generate', 'start', 'refresh'),
        fc.oneof(fc.json({ maxDepth: 6 }), fc.string(), fc.constant('')),
        async (call, body) => {
          const path = {
            activities: activities(),
            generate: '/v3/directline/tokens/generate',
            start: '/v3/directline/conversations',
            refresh: '/v3/directline/tokens/refresh',
          }[call];
          const secret = { ...authorised(), Authorization: `Bearer ${APP_SECRET}` };
          await check('POST', path, { headers: call === 'generate' ? secret : authorised(), body });
        },
      ),
      RUNS,
    ));

  it('answers every activity whose fields have any value', () => {
    const value = fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.string({ unit: 'binary' }));
    const field = fc.option(value, { nil: undefined });
    const activity = fc.record({
      type: fc.oneof(fc.constantFrom('message', 'event', 'typing', 'invoke', 'endOfConversation'), value),
      ...{ text: field, from: field, name: field, value: field, channelData: field, locale: field },
      ...{ attachments: field, suggestedActions: field, textFormat: field, id: field, timestamp: field },
    });
    return fc.assert(
      fc.asyncProperty(activity, (body) =>
        check('POST', activities(), { headers: authorised(), body: JSON.stringify(body) }),
      ),
      RUNS,
    );
  });

  it('answers every id and every watermark', () =>
    fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
        fc.oneof(fc.string({ unit: 'binary' }), fc.bigInt().map(String)),
        fc.boolean(),
        async (id, watermark, isSecret) => {
          const mark = new URLSearchParams({ watermark }).toString();
          const headers = isSecret ? { Authorization: `Bearer ${WEB_SECRET}` } : authorised();
          await check('GET', `/v3/directline/conversations/${encodeURIComponent(id)}?${mark}`, { headers });
          await check('GET', `${activities()}?${mark}`, { headers });
        },
      ),
      RUNS,
    ));

  it('answers every credential and content type', () => {
    const header = fc.string({ unit: 'grapheme-ascii', maxLength: 200 });
    return fc.assert(
      fc.asyncProperty(header, header, header, async (authorization, type, origin) => {
        const body = '{"type":"message","text":"x"}';
        await check('POST', activities(), {
          headers: { Authorization: authorization, 'Content-Type': 'application/json', Origin: origin },
          body,
        });
        await check('POST', activities(), { headers: { ...authorised(), 'Content-Type': type }, body });
        const upload = activities().replace('activities', 'upload');
        await check('POST', upload, { headers: { ...authorised(), 'Content-Type': type }, body });
      }),
      RUNS,
    );
  });

  it.each([
    '/v3/directline/conversations/%E0%A4%A/activities',
    '/v3/directline/conversations/%00',
    '/v3/directline/conversations//activities',
    '/v3/directline/conversations/__proto__',
    '/v3/directline/',
    '/v3/directline/conversations/x/activities?watermark=%E0%A4%A&watermark=1',
  ])('answers the address %s', (path) => check('GET', path, { headers: authorised() }));

  it.each([
    ['arrays', '['.repeat(5000) + ']'.repeat(5000)],
    ['objects', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
    ['channelData', `{"type":"message","text":"x","channelData":${'['.repeat(40)}${']'.repeat(40)}}`],
  ])('refuses %s nested too deep, and keeps nothing', async (_name, body) => {
    const before = await host.node.store.lastPosition(conversation);
    const response = await fetch(`${host.url}${activities()}`, {
      method: 'POST',
      headers: authorised(),
      body,
    });
    expect([response.status, await response.text()]).toEqual([400, expect.stringMatching(/32 levels/)]);
    expect(await host.node.store.lastPosition(conversation)).toBe(before);
  });

  it.each(['channelData', 'value'])('refuses more than 8 KB of %s, and keeps nothing', async (field) => {
    const before = await host.node.store.lastPosition(conversation);
    const body = JSON.stringify({ type: 'message', text: 'x', [field]: { much: '字'.repeat(3000) } });
    const response = await fetch(`${host.url}${activities()}`, {
      method: 'POST',
      headers: authorised(),
      body,
    });
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringMatching(new RegExp(`${field}: at most 8192 bytes`)),
    ]);
    expect(await host.node.store.lastPosition(conversation)).toBe(before);
  });

  it('masks what must not be kept in all that it stores, and echoes the client id as it was', async () => {
    const clientActivityID = 'secret-1795551716000';
    const body = JSON.stringify({
      type: 'event',
      name: 'form',
      value: { fields: ['my secret', 7] },
      channelData: { clientActivityID, note: 'secret' },
    });
    await fetch(`${host.url}${activities()}`, { method: 'POST', headers: authorised(), body });
    const log = await host.node.store.readLog(conversation, 0, 1000);
    const kept = log.find(({ activity }) => activity.name === 'form')?.activity;
    expect(kept?.value).toEqual({ fields: ['my ***', 7] });
    expect(kept?.channelData).toEqual({ clientActivityID, note: '***' });
  });

  it('answers 413 to a body without a length that goes on and on, on the same connection', async () => {
    const { port } = new URL(host.url);
    const socket = connect(Number(port), '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    socket.write(
      `POST ${activities()} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n` +
        'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    for (let sent = 0; sent < 300; sent += 1) socket.write(`400\r\n${'x'.repeat(1024)}\r\n`);
    await once(socket, 'data');
    expect(answer).toMatch(/^HTTP\/1\.1 413 [\s\S]*"MessageSizeTooBig"/);
    socket.write('0\r\n\r\nGET /nothing HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(() => /HTTP\/1\.1 404 /.test(answer), 3000);
    socket.destroy();
  });

  it('refuses a compressed body', () =>
    check('POST', activities(), {
      headers: { ...authorised(), 'Content-Encoding': 'gzip' },
      body: new Uint8Array([0x1f, 0x8b, 8]),
    }));
});
