import { ConnectionStatus, DirectLine } from 'botframework-directlinejs';
import { WebSocket } from 'ws';
import { type DirectLineHost, startDirectLineHost, WEB_SECRET } from '../../support/direct-line';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { until } from '../../support/turns';

/** The browser objects that the client library expects. */
Object.assign(globalThis, { WebSocket, XMLHttpRequest: require('xhr2') });

interface Client {
  line: DirectLine;
  shown: string[];
  send(text: string): Promise<string>;
}

describe.each([
  ['WebSocket', true],
  ['polling', false],
])('botframework-directlinejs over %s', (_name, webSocket) => {
  let redis: RedisServer;
  let nodes: DirectLineHost[];
  const clients: DirectLine[] = [];

  beforeAll(async () => {
    redis = await startRedisServer();
    nodes = await Promise.all([startDirectLineHost(redis.url), startDirectLineHost(redis.url)]);
  });

  afterAll(async () => {
    for (const line of clients) line.end();
    await Promise.all(nodes.map((node) => node.stop()));
    await redis.stop();
  });

  const urlOf = (node: number) => `${nodes[node]?.url}/v3/directline`;

  async function connect(node: number): Promise<Client> {
    const response = await fetch(`${urlOf(node)}/tokens/generate`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${WEB_SECRET}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ user: { id: 'dl_client' } }),
    });
    const { token } = (await response.json()) as { token: string };
    const line = new DirectLine({ domain: urlOf(node), token, webSocket, pollingInterval: 200 });
    clients.push(line);
    const shown: string[] = [];
    line.activity$.subscribe({
      next: (activity) => {
        if (activity.type === 'message' && activity.from.id === 'bot') shown.push(activity.text ?? '');
      },
      // The client ends its stream with an error when it is told to end.
      error: () => undefined,
    });
    const send = (text: string) =>
      new Promise<string>((resolve, reject) => {
        line
          .postActivity({ type: 'message', from: { id: 'dl_client' }, text })
          .subscribe({ next: resolve, error: reject });
      });
    return { line, shown, send };
  }

  it('sends and is answered, each answer once and in order', async () => {
    const { send, shown } = await connect(0);
    for (const text of ['one', 'two', 'three']) await send(text);
    await until(() => shown.includes('re: three'));
    expect(shown.filter((text) => text !== 're: ')).toEqual(['re: one', 're: two', 're: three']);
  });

  it('goes on after its connections broke in the middle of an answer', async () => {
    const { line, send, shown } = await connect(0);
    await send('before');
    await until(() => shown.includes('re: before'));
    const sending = send('during');
    nodes[0]?.dropConnections();
    await sending;
    await until(() => shown.includes('re: during'), 25_000);
    await until(() => line.connectionStatus$.getValue() === ConnectionStatus.Online, 25_000);
    await send('after');
    await until(() => shown.includes('re: after'), 25_000);
    expect(shown.filter((text) => text !== 're: ')).toEqual(['re: before', 're: during', 're: after']);
  });

  it('shows what another node committed', async () => {
    const { line, shown } = await connect(0);
    await until(() => line.connectionStatus$.getValue() === ConnectionStatus.Online);
    // What the client knows of itself, private to its type.
    const { conversationId, token } = line as unknown as { conversationId: string; token: string };
    const posted = await fetch(`${urlOf(1)}/conversations/${conversationId}/activities`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ type: 'message', text: 'from afar' }),
    });
    expect(posted.status).toBe(200);
    await until(() => shown.includes('re: from afar'));
  });
});
