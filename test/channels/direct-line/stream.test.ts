import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import { type DirectLineHost, startDirectLineHost, WEB_SECRET } from '../../support/direct-line';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { messageEntry, until } from '../../support/turns';

interface Started {
  conversationId: string;
  token: string;
  streamUrl: string;
}

/** The handshake of a client that afterwards does as it likes. */
async function rawSocket(url: string): Promise<Socket> {
  const { port, pathname, search } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    `GET ${pathname}${search} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
  await once(socket, 'data');
  return socket;
}

describe('the stream of a conversation', () => {
  let redis: RedisServer;
  let host: DirectLineHost;
  let now = Date.now();

  beforeAll(async () => {
    redis = await startRedisServer();
    host = await startDirectLineHost(redis.url, () => now, { pingEveryMs: 300 });
  });
  beforeEach(() => {
    now = Date.now();
  });
  afterEach(() => until(() => host.openSockets() === 0));
  afterAll(async () => {
    await host.stop();
    await redis.stop();
  });

  async function start(): Promise<Started> {
    const response = await fetch(`${host.url}/v3/directline/conversations`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${WEB_SECRET}` },
    });
    return (await response.json()) as Started;
  }

  async function say({ conversationId, token }: Started, text: string): Promise<void> {
    const response = await fetch(`${host.url}/v3/directline/conversations/${conversationId}/activities`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ type: 'message', text }),
    });
    expect(response.status).toBe(200);
  }

  /** A socket and the texts that came over it. */
  function open(url: string): { socket: WebSocket; texts: string[]; code: Promise<number> } {
    const socket = new WebSocket(url);
    const texts: string[] = [];
    socket.on('message', (data) => {
      const { activities } = JSON.parse(String(data)) as { activities: { text: string }[] };
      texts.push(...activities.map(({ text }) => text));
    });
    socket.on('error', () => undefined);
    const code = new Promise<number>((resolve) => socket.once('close', resolve));
    return { socket, texts, code };
  }

  const refusal = (url: string, headers: Record<string, string> = {}): Promise<number> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url, { headers });
      socket.once('unexpected-response', (request, response) => {
        request.destroy();
        resolve(response.statusCode ?? 0);
      });
      socket.once('open', () => reject(new Error('it opened')));
      socket.on('error', () => undefined);
    });

  it('refuses a streamUrl after 60 seconds, and takes it before', async () => {
    const { streamUrl } = await start();
    now += 61_000;
    expect(await refusal(streamUrl)).toBe(403);
    now -= 2_000;
    const { socket } = open(streamUrl);
    await once(socket, 'open');
    socket.close();
  });

  it('refuses the token of another kind, of another conversation, and addresses of nothing', async () => {
    const [mine, other] = [await start(), await start()];
    expect(await refusal(mine.streamUrl.replace(/t=.*/, `t=${mine.token}`))).toBe(403);
    expect(await refusal(mine.streamUrl.replace(mine.conversationId, other.conversationId))).toBe(403);
    expect(await refusal(mine.streamUrl.replace(/\?.*/, ''))).toBe(403);
    expect(await refusal(`${mine.streamUrl}&watermark=999`)).toBe(400);
    expect(await refusal(mine.streamUrl.replace(mine.conversationId, '%E0%A4%A'))).toBe(400);
    expect(await refusal(mine.streamUrl.replace('/stream', '/river'))).toBe(404);
  });

  it('goes on from a watermark and misses nothing that was said before it opened', async () => {
    const started = await start();
    await say(started, 'one');
    await until(async () => (await host.node.store.lastPosition(started.conversationId)) === 3);
    const { socket, texts } = open(`${started.streamUrl}&watermark=1`);
    await until(() => texts.includes('re: one'));
    expect(texts).toEqual(['one', 're: one']);
    socket.close();
  });

  it('gives the conversation to the newest of many sockets, and each message to it once', async () => {
    const started = await start();
    const sockets = Array.from({ length: 30 }, () => open(started.streamUrl));
    await Promise.all(sockets.map(({ socket, code }) => Promise.race([once(socket, 'open'), code])));
    await until(() => sockets.filter(({ socket }) => socket.readyState === WebSocket.OPEN).length === 1);
    const last = sockets.find(({ socket }) => socket.readyState === WebSocket.OPEN);
    await say(started, 'hello');
    await until(() => last?.texts.includes('re: hello') ?? false);
    expect(last?.texts.filter((text) => text === 're: hello')).toHaveLength(1);
    expect(host.openSockets()).toBe(1);
    last?.socket.close();
  });

  it.each([
    ['a frame of a megabyte', Buffer.alloc(1_000_000, 'x'), 1009],
    ['text that is not UTF-8', Buffer.from([0xff, 0xfe]), 1007],
  ])('cuts a client that sends %s', async (_name, data, code) => {
    const { socket, code: closed } = open((await start()).streamUrl);
    await once(socket, 'open');
    socket.send(data, { binary: code !== 1007 });
    expect(await closed).toBe(code);
  });

  it('cuts a client that sends what is no frame', async () => {
    const socket = await rawSocket((await start()).streamUrl);
    const closed = once(socket, 'close');
    socket.write(Buffer.alloc(5000, 0xff));
    await closed;
  });

  it('does not mind frames that mean nothing', async () => {
    const started = await start();
    const { socket, texts } = open(started.streamUrl);
    await once(socket, 'open');
    for (const data of ['', '{}', '[', 'x'.repeat(1000)]) socket.send(data);
    await say(started, 'still here');
    await until(() => texts.includes('re: still here'));
    socket.close();
  });

  it('cuts a client that gives no sign of life, and keeps one that does', async () => {
    const silent = await rawSocket((await start()).streamUrl);
    const lively = open((await start()).streamUrl);
    await once(lively.socket, 'open');
    let pings = 0;
    lively.socket.on('ping', () => {
      pings += 1;
    });
    await once(silent, 'close');
    await until(() => pings >= 3);
    expect(lively.socket.readyState).toBe(WebSocket.OPEN);
    lively.socket.close();
  });
});

describe('a client that does not read', () => {
  let redis: RedisServer;
  let host: DirectLineHost;
  let socket: Socket;
  beforeAll(async () => {
    redis = await startRedisServer();
    host = await startDirectLineHost(redis.url);
  });
  afterAll(async () => {
    socket.destroy();
    await host.stop();
    await redis.stop();
  });

  it('is cut before its unread answers fill the memory, and nothing of them is lost', async () => {
    const response = await fetch(`${host.url}/v3/directline/conversations`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${WEB_SECRET}` },
    });
    const { conversationId, streamUrl } = (await response.json()) as Started;
    socket = await rawSocket(streamUrl);
    socket.pause();
    await until(() => host.openSockets() === 1);
    // The buffers of the system take some megabytes first.
    const text = '字'.repeat(30_000);
    let sent = 0;
    for (; host.openSockets() === 1 && sent < 600; sent += 1) {
      const entry = messageEntry(conversationId, `k${sent}`, text);
      await host.node.engine.accept(conversationId, entry, { isLogged: true });
    }
    await until(() => host.openSockets() === 0, 5000);
    await until(async () => (await host.node.store.lastPosition(conversationId)) === 2 * sent + 1);
  });
});
