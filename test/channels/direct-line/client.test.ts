import { ConnectionStatus, DirectLine } from 'botframework-directlinejs';
import { WebSocket } from 'ws';
import type { TurnFunction } from '../../../src/turns/engine';
import { type DirectLineHost, startDirectLineHost, WEB_SECRET } from '../../support/direct-line';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { countingTurn, until } from '../../support/turns';

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
  let now = () => Date.now();
  let release: () => void = () => undefined;
  const clients: DirectLine[] = [];

  /** Waits with "slow" until it is let go: time to break something in the middle of an answer. */
  const turn: TurnFunction = {
    ...countingTurn,
    run: async (input) => {
      if (input.entry.activity.text === 'slow') {
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      }
      return countingTurn.run(input);
    },
  };

  beforeAll(async () => {
    redis = await startRedisServer();
    const start = () => startDirectLineHost(redis.url, () => now(), { turn });
    nodes = await Promise.all([start(), start()]);
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

  it('shows an answer once that came while its connections were broken', async () => {
    const { line, send, shown } = await connect(0);
    await until(() => line.connectionStatus$.getValue() === ConnectionStatus.Online);
    await send('slow');
    nodes[0]?.dropConnections();
    release();
    await until(() => shown.includes('re: slow'), 25_000);
    await send('after');
    await until(() => shown.includes('re: after'), 25_000);
    expect(shown.filter((text) => text !== 're: ')).toEqual(['re: slow', 're: after']);
  });

  it('goes on with a refreshed token after the first one has expired', async () => {
    const { line, send, shown } = await connect(0);
    await send('before');
    await until(() => shown.includes('re: before'));
    // Its own clock would refresh after 15 minutes; the methods by which it does are private to its type.
    const client = line as unknown as {
      token: string;
      refreshToken(): { subscribe(next: (token: string) => void): void };
    };
    const first = client.token;
    const post = (token: string, text: string) =>
      fetch(
        `${urlOf(0)}/conversations/${(line as unknown as { conversationId: string }).conversationId}/activities`,
        {
          method: 'POST',
          headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
          body: JSON.stringify({ type: 'message', text }),
        },
      );
    now = () => Date.now() + 20 * 60_000;
    client.token = await new Promise<string>((resolve) => client.refreshToken().subscribe(resolve));
    expect(client.token).not.toBe(first);
    now = () => Date.now() + 40 * 60_000;
    const late = await post(first, 'with the old one');
    expect([late.status, ((await late.json()) as { error: { code: string } }).error.code]).toEqual([
      403,
      'TokenExpired',
    ]);
    await send('after');
    await until(() => shown.includes('re: after'));
    expect(shown).not.toContain('re: with the old one');
    now = () => Date.now();
  });

  it('says that its token has expired when nobody refreshed it', async () => {
    const { line, send, shown } = await connect(0);
    await send('before');
    await until(() => shown.includes('re: before'));
    now = () => Date.now() + 31 * 60_000;
    await expect(send('late')).resolves.toBe('retry');
    await until(() => line.connectionStatus$.getValue() === ConnectionStatus.ExpiredToken);
    now = () => Date.now();
    expect(shown).not.toContain('re: late');
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
