import { deflateSync } from 'node:zlib';
import { Transformer } from '@napi-rs/image';
import { buf as crc32 } from 'crc-32';
import fc from 'fast-check';
import { UPLOAD_LIMIT } from '../../../src/channels/direct-line/uploads';
import { cleanFile, PIXELS_LIMIT } from '../../../src/records/clean-file';
import { pixelsOf } from '../../../src/records/image-size';
import { type DirectLineHost, startDirectLineHost, WEB_SECRET } from '../../support/direct-line';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { SEED, size } from '../../support/size';

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeInt32BE(crc32(body), body.length + 4);
  return framed;
};

/** A black picture of one bit a pixel: 900 million pixels are some hundred kilobytes. */
function png(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(1, 8);
  const rows = Buffer.alloc(height * (1 + Math.ceil(width / 8)));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const BOUNDARY = 'edge';
const part = (headers: string, body: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(`--${BOUNDARY}\r\n${headers}\r\n\r\n`), Buffer.from(body), Buffer.from('\r\n')]);
const form = (...parts: Buffer[]): Buffer => Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]);
const file = (body: Buffer, name = 'a.png') =>
  part(`Content-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: image/png`, body);
const activity = (json: string) =>
  part(
    'Content-Disposition: form-data; name="activity"\r\nContent-Type: application/vnd.microsoft.activity',
    json,
  );
const field = (name: string, value: string) => part(`Content-Disposition: form-data; name="${name}"`, value);
const SMALL = png(2, 3);
const LOOK = activity('{"type":"message","text":"look"}');

describe('uploads', () => {
  let redis: RedisServer;
  let host: DirectLineHost;
  let address: string;
  let conversation: string;
  let headers: Record<string, string>;

  beforeAll(async () => {
    redis = await startRedisServer();
    host = await startDirectLineHost(redis.url);
    const api = `${host.url}/v3/directline`;
    const secret = { Authorization: `Bearer ${WEB_SECRET}` };
    const made = await fetch(`${api}/conversations`, { method: 'POST', headers: secret });
    const started = (await made.json()) as { conversationId: string; token: string };
    conversation = started.conversationId;
    headers = { Authorization: `Bearer ${started.token}` };
    address = `${api}/conversations/${conversation}/upload`;
  });
  afterAll(async () => {
    await host.stop();
    await redis.stop();
  });

  async function upload(body: Buffer, type = `multipart/form-data; boundary=${BOUNDARY}`) {
    const response = await fetch(address, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': type },
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(10_000),
    });
    return { status: response.status, text: await response.text() };
  }

  it('takes an activity with five files', async () => {
    const files = Array.from({ length: 5 }, () => file(SMALL));
    await expect(upload(form(LOOK, ...files))).resolves.toMatchObject({ status: 200 });
  });

  it.each([
    ['no boundary', form(file(SMALL)), 'multipart/form-data', 400],
    ['an empty boundary', form(file(SMALL)), 'multipart/form-data; boundary=', 400],
    ['another boundary', form(file(SMALL)), 'multipart/form-data; boundary=other', 400],
    ['an empty body', Buffer.alloc(0), undefined, 400],
    ['an end in the middle of a file', form(LOOK, file(SMALL)).subarray(0, -40), undefined, 400],
    ['an end in the middle of the activity', LOOK.subarray(0, -12), undefined, 400],
    ['an end in the middle of a header', LOOK.subarray(0, 30), undefined, 400],
    ['no file', form(LOOK), undefined, 400],
    ['two activities', form(LOOK, LOOK, file(SMALL)), undefined, 400],
    ['an activity that is no JSON', form(activity('{"type'), file(SMALL)), undefined, 400],
    ['an activity that is an array', form(activity('[]'), file(SMALL)), undefined, 400],
    ['an activity that does not fit', form(activity('{"type":"shout"}'), file(SMALL)), undefined, 400],
    [
      'an activity nested too deep',
      form(activity(`{"type":"message","value":${'['.repeat(9000)}${']'.repeat(9000)}}`), file(SMALL)),
      undefined,
      400,
    ],
    [
      'an activity of a megabyte',
      form(activity(`{"text":"${'x'.repeat(300_000)}"}`), file(SMALL)),
      undefined,
      413,
    ],
    ['six files', form(...Array.from({ length: 6 }, () => file(SMALL))), undefined, 400],
    [
      'thousands of fields',
      form(...Array.from({ length: 5000 }, (_, i) => field(`f${i}`, 'x')), file(SMALL)),
      undefined,
      400,
    ],
    ['a name without end', form(field('n'.repeat(200_000), 'x'), file(SMALL)), undefined, 200],
    [
      'thousands of headers in one part',
      form(part(Array.from({ length: 5000 }, (_, i) => `X-${i}: y`).join('\r\n'), 'z'), file(SMALL)),
      undefined,
      200,
    ],
    [
      'a form in a form',
      form(
        part(
          'Content-Disposition: form-data; name="file"\r\nContent-Type: multipart/mixed',
          Buffer.from(form(file(SMALL)).toString('latin1').replaceAll(BOUNDARY, 'inner'), 'latin1'),
        ),
      ),
      undefined,
      400,
    ],
    ['a file of one byte too many', form(file(Buffer.alloc(UPLOAD_LIMIT + 1))), undefined, 413],
    ['one body of one byte too many', Buffer.alloc(UPLOAD_LIMIT + 1), 'image/png', 413],
    ['a picture of 900 million pixels', png(30_000, 30_000), 'image/png', 413],
    ['a picture that ends in its header', SMALL.subarray(0, 20), 'image/png', 415],
    ['a picture that ends in its rows', SMALL.subarray(0, -20), 'image/png', 415],
    ['something else by the name of a picture', Buffer.from('<svg/>'), 'image/png', 415],
  ])('answers %s as it should', async (_name, body, type, status) => {
    const before = await host.node.store.lastPosition(conversation);
    const answer = await upload(body, type);
    expect([answer.status, answer.text]).toEqual([status, expect.any(String)]);
    if (status === 200) return;
    expect(JSON.parse(answer.text)).toEqual({
      error: { code: expect.any(String), message: expect.any(String) },
    });
    const log = await host.node.store.readLog(conversation, before, 10);
    expect(log.filter(({ activity: { from } }) => from.id !== 'bot')).toEqual([]);
  });

  it('answers whatever stands between the boundaries', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\r\n', `--${BOUNDARY}`, '--', '\r\n\r\n')),
          {
            maxLength: 30,
          },
        ),
        async (pieces) => {
          const { status } = await upload(Buffer.from(`--${BOUNDARY}\r\n${pieces.join('')}`));
          expect([200, 400, 413, 415]).toContain(status);
        },
      ),
      { numRuns: size({ test: 100, prove: 2000 }), seed: SEED },
    ));
});

describe('the size of a picture', () => {
  it.each(['png', 'jpg', 'webp'] as const)('is read from the header of a %s', async (extension) => {
    const image = new Transformer(png(40, 25));
    const bytes = { png: () => image.png(), jpg: () => image.jpeg(80), webp: () => image.webp(80) };
    expect(pixelsOf(await bytes[extension](), extension)).toBe(1000);
  });

  it('is read from a lossless WebP and refused before anything is decoded', async () => {
    expect(pixelsOf(await new Transformer(png(40, 25)).webpLossless(), 'webp')).toBe(1000);
    const before = process.memoryUsage().rss;
    await expect(cleanFile(png(30_000, 30_000))).rejects.toThrow(`${PIXELS_LIMIT / 1e6} million pixels`);
    expect(process.memoryUsage().rss - before).toBeLessThan(400e6);
  });

  it('never throws, whatever the bytes', () =>
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 100 }),
        fc.constantFrom('png', 'jpg', 'webp'),
        (bytes, extension) => {
          // One of the three.
          pixelsOf(Buffer.from(bytes), extension as 'png' | 'jpg' | 'webp');
        },
      ),
    ));
});
