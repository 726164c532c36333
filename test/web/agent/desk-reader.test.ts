import { createDeskReader } from '../../../src/web/agent/client/desk-reader';
import { emptyDesk } from '../../../src/web/agent/state/desk-shape';
import { reduceDesk } from '../../../src/web/agent/state/desk-state';
import { CallError } from '../../../src/web/shared/call';
import { createStore } from '../../../src/web/staff/store';

const ACCOUNT = { id: 'a', login: 'g101', name: '李安', role: 'agent' as const, permissions: [] };
const OFFER = { conversationId: 'c1' };

/** A server whose answers come in the order that the test says. */
function slowServer() {
  const waiting: { path: string; answer: (body: unknown) => void; fail: (error: CallError) => void }[] = [];
  return {
    api: {
      clockOffset: () => 0,
      call: <T>(_method: string, path: string) =>
        new Promise<T>((resolve, reject) => {
          waiting.push({ path, answer: (body) => resolve(body as T), fail: reject });
        }),
    },
    /** The requests since the last time, in order. */
    taken: () => waiting.splice(0),
  };
}

/** What the three lists answer while these conversations are offered. */
function answerLists(
  requests: ReturnType<ReturnType<typeof slowServer>['taken']>,
  offers: unknown[],
  conversations: unknown[] = [],
): void {
  for (const { path, answer } of requests) {
    if (path === '/agent/queue') answer({ items: [], agentsOnline: 1 });
    else if (path === '/agent/conversations') answer({ conversations });
    else answer({ offers });
  }
}

describe('desk reader', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function open() {
    const store = createStore(emptyDesk, reduceDesk);
    store.dispatch({ type: 'signed-in', account: ACCOUNT as never });
    const server = slowServer();
    return { store, server, reader: createDeskReader(server.api, store) };
  }

  it('says again whether the agent is there when the server has lost it, and only what was said here', async () => {
    const { store, server, reader } = open();
    const me = (status: string, hasSaid: boolean) => ({
      presence: { status, reason: null, capacity: 4 },
      hasSaid,
    });
    const ask = async (hasSaid: boolean) => {
      const reading = reader.readMe();
      server.taken()[0]?.answer(me('away', hasSaid));
      await jest.advanceTimersByTimeAsync(0);
      const more = server.taken();
      more[0]?.answer(me('online', true));
      await reading;
      return more.map(({ path }) => path);
    };
    expect(await ask(false)).toEqual([]);
    reader.notePresence({ status: 'online', reason: null });
    expect(await ask(true)).toEqual([]);
    expect(store.read().me?.presence.status).toBe('away');
    expect(await ask(false)).toEqual(['/agent/presence']);
    expect(store.read().me?.presence.status).toBe('online');
  });

  it('does not offer again what a slower read from before still calls offered', async () => {
    const { store, server, reader } = open();
    const before = reader.readLists();
    const older = server.taken();
    const after = reader.readLists();
    answerLists(server.taken(), []);
    await after;
    answerLists(older, [OFFER]);
    await before;
    expect(store.read().offers).toEqual([]);
  });

  it('offers nothing that it has already', async () => {
    const { store, server, reader } = open();
    const read = reader.readLists();
    answerLists(server.taken(), [OFFER, { conversationId: 'c2' }], [{ ...OFFER, lastPosition: 1 }]);
    await read;
    expect(store.read().offers).toEqual([{ conversationId: 'c2' }]);
  });

  it('stays in a conversation that only a read from before was refused', async () => {
    const { store, server, reader } = open();
    store.dispatch({ type: 'opened', id: 'c1' });
    const before = reader.readConversation('c1');
    const [older] = server.taken();
    const after = reader.readConversation('c1');
    const [newer] = server.taken();
    newer?.answer({ transcript: [], ownership: { state: 'human', epoch: 2 } });
    expect(await after).toBe(true);
    older?.fail(new CallError(403, 'not-yours', 0));
    expect(await before).toBe(true);
    expect(store.read().openId).toBe('c1');
  });

  it('reads by itself what a socket that is down cannot tell', async () => {
    const { store, server } = open();
    store.dispatch({ type: 'link', link: 'offline' });
    await jest.advanceTimersByTimeAsync(6000);
    const paths = server.taken().map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['/agent/offers', '/agent/me', '/agent/broadcasts']));
    store.dispatch({ type: 'link', link: 'online' });
    await jest.advanceTimersByTimeAsync(20_000);
    expect(server.taken()).toEqual([]);
  });

  it('leaves a conversation that is not its own any more', async () => {
    const { store, server, reader } = open();
    store.dispatch({ type: 'opened', id: 'c1' });
    const read = reader.readConversation('c1');
    server.taken()[0]?.fail(new CallError(403, 'not-yours', 0));
    expect(await read).toBe(false);
    expect(store.read().openId).toBeNull();
  });
});
