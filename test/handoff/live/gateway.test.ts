import { io, type Socket } from 'socket.io-client';
import type { ConversationState } from '../../../src/contract/conversation';
import { type Live, startLive } from '../../../src/handoff/live/gateway';
import type { FromDesk, ToDesk } from '../../../src/handoff/live/words';
import { createReadFor } from '../../../src/handoff/may-read';
import { createHttpServer, listen } from '../../../src/http/server';
import { connectRedis, type RedisClient } from '../../../src/turns/redis';
import { shippedPermissions } from '../../support/permissions';
import { type RedisServer, startRedisServer } from '../../support/redis-server';
import { silent, until } from '../../support/turns';

type Desk = Socket<ToDesk, FromDesk>;
const anna = { id: 'anna', login: 'anna', name: '安娜', role: 'agent' as const, disabledAt: null };
const nowhere = { site: null, team: null };
const account = {
  ...anna,
  ...nowhere,
  places: [],
  hasPassword: true,
  hasSecondFactor: false,
  permissions: shippedPermissions.agent,
};

/** Two nodes on one Redis: what desks hear does not depend on where they are connected. */
describe('the desks’ sockets', () => {
  let redis: RedisServer;
  const signedIn = new Set(['good']);
  const lives: number[] = [];
  const typed: string[] = [];
  const sent: string[] = [];
  const open: Desk[] = [];
  let nodes: { url: string; live: Live; client: RedisClient; stop(): Promise<void> }[];

  /** What is read decides on whom it is shown to; the rest of the state is not looked at. */
  const read = async (id: string) =>
    ({
      conversationId: id,
      channel: 'wechat',
      ownership: { owner: 'human', agentId: id.split('-')[0] },
    }) as ConversationState;

  async function startNode() {
    const server = createHttpServer();
    const client = connectRedis(redis.url);
    let url = '';
    const live = startLive(server.server, {
      redis: client,
      workerOf: async (token) => (signedIn.has(token) ? account : null),
      ownOrigins: () => [url],
      desk: { read, readFor: createReadFor(read, async () => false) },
      noteLife: async ({ id }) => void lives.push(id.length),
      news: { subscribe: () => () => undefined },
      showAgentTyping: (conversationId, name) => void typed.push(`${conversationId} ${name}`),
      sendAgentTyping: ({ conversationId, channel }) => void sent.push(`${conversationId} ${channel}`),
      log: silent,
      checkEveryMs: 3600_000,
    });
    url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`;
    const stop = async () => {
      await live.close();
      server.server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      client.disconnect();
    };
    return { url, live, client, stop };
  }

  beforeAll(async () => {
    redis = await startRedisServer();
    nodes = [await startNode(), await startNode()];
  });
  afterAll(async () => {
    for (const desk of open) desk.close();
    await Promise.all(nodes.map(({ stop }) => stop()));
    await redis.stop();
  });

  function connect(n: 0 | 1, headers: Record<string, string> = { Cookie: 'bot_sign_in=good' }): Desk {
    const desk: Desk = io(nodes[n]?.url ?? '', {
      path: '/agent/live',
      transports: ['websocket'],
      extraHeaders: headers,
      reconnection: false,
      forceNew: true,
    });
    open.push(desk);
    return desk;
  }
  const hears = <N extends keyof ToDesk>(desk: Desk, name: N) =>
    new Promise<unknown>((resolve) =>
      desk.once(name as 'queue', ((value: unknown) => resolve(value)) as () => void),
    );
  const connected = (desk: Desk) => new Promise<void>((resolve) => desk.once('connect', resolve));
  const refused = (desk: Desk) =>
    new Promise<string>((resolve) => desk.once('connect_error', () => resolve('refused')));

  it('are opened for who is signed in and comes from our own page, and for nobody else', async () => {
    expect(await refused(connect(0, {}))).toBe('refused');
    expect(await refused(connect(0, { Cookie: 'bot_sign_in=stolen' }))).toBe('refused');
    const foreign = { Cookie: 'bot_sign_in=good', Origin: 'https://evil.example' };
    expect(await refused(connect(0, foreign))).toBe('refused');
    await connected(connect(0));
    expect(lives.length).toBeGreaterThan(0);
  });

  it('hear of the conversations that they may read, and of no others', async () => {
    const desk = connect(0);
    await connected(desk);
    await desk.emitWithAck('watch', ['anna-1', 'ben-1']);
    const heard: unknown[] = [];
    desk.on('conversation', (news) => heard.push(news));
    nodes[0]?.live.notice('ben-1', 3);
    const own = hears(desk, 'conversation');
    nodes[0]?.live.notice('anna-1', 4);
    expect(await own).toEqual({ conversationId: 'anna-1', position: 4 });
    expect(heard).toEqual([{ conversationId: 'anna-1', position: 4 }]);
  });

  it('hear on one node what only another knows, and show typing on both', async () => {
    const desk = connect(1);
    await connected(desk);
    await desk.emitWithAck('watch', ['anna-1']);
    const typing = hears(desk, 'customer-typing');
    nodes[0]?.live.showCustomerTyping('anna-1');
    expect(await typing).toEqual({ conversationId: 'anna-1' });
    const mention = hears(desk, 'mention');
    nodes[0]?.live.tell({ accountId: 'anna' }, 'mention', { conversationId: 'x', by: '陈' });
    expect(await mention).toEqual({ conversationId: 'x', by: '陈' });
    const notes = hears(desk, 'notes');
    desk.emit('typing', 'anna-1');
    nodes[1]?.live.tellWatchers('anna-1', 'notes', { conversationId: 'anna-1' });
    await notes;
    await until(async () => typed.filter((each) => each === 'anna-1 安娜').length === nodes.length);
    // A channel that is called is called by one of them.
    expect(sent).toEqual(['anna-1 wechat']);
    const other = connect(1);
    await connected(other);
    other.emit('typing', 'ben-1');
    await other.emitWithAck('watch', []);
    expect(typed.filter((each) => each.startsWith('ben'))).toEqual([]);
  });

  it('are cut when the sign-in is over', async () => {
    const desk = connect(0);
    await connected(desk);
    const gone = new Promise<string>((resolve) => desk.once('disconnect', resolve));
    signedIn.delete('good');
    await nodes[0]?.live.checkSignIns();
    signedIn.add('good');
    expect(await gone).toBe('io server disconnect');
  });

  it('take no harm from what is no message of ours', async () => {
    const desk = connect(0);
    await connected(desk);
    for (const junk of [null, 7, [1], ['x'.repeat(300)], { a: 1 }]) desk.emit('watch', junk as never);
    desk.emit('typing', { hostile: true } as never);
    expect(await desk.emitWithAck('watch', ['anna-2'])).toBeUndefined();
  });
});
