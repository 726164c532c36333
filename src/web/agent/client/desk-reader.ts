import type { Me, Offer, PresenceChange } from '../../../contract/desk';
import type { Broadcast } from '../../../contract/supervision';
import { type Api, CallError, type CallOptions, type Method } from '../../shared/call';
import type { Store } from '../../staff/store';
import type { DeskEvent, DeskState } from '../state/desk-shape';
import type { Background, Conversation, MineRow, Note, QueueRow } from '../state/types';
import { gathered } from './gathered';
import { type LiveSocket, openLive } from './live';
import { newestOnly } from './newest';

/** Keeps the page true: the server is read, and hints of the socket only say when. */
export interface DeskReader {
  /** Null after a fault, which is said on the page. */
  call<T>(method: Method, path: string, options?: CallOptions): Promise<T | null>;
  /** Says what went wrong and answers its code; a sign-in that is over asks for a new one and keeps everything. */
  complain(error: unknown): string;
  readLists(): Promise<void>;
  readMe(): Promise<void>;
  /** What is new in a conversation, or (the first time) its newest page. */
  readConversation(id: string): Promise<boolean>;
  /** The open conversation, its notes and what was before. */
  refreshOpen(): Promise<void>;
  /** Opens the socket anew, as whoever is signed in. */
  goLive(): void;
  /** Hears of what is listed and open, and of nothing else. */
  watchAll(): void;
  /** What the agent says of themselves: said again when the server has lost it. */
  notePresence(change: PresenceChange): void;
  typing(conversationId: string): void;
  /** Closes the socket: nobody is signed in any more. */
  hangUp(): void;
}

/** Without a socket the lists are read this often; with one now and then, in case a hint was lost. */
const POLL_MS = 5000;
const SLOW_POLL_MS = 30_000;
const GATHER_MS = 150;
const TYPING_SHOWN_MS = 5000;
/** Lines before the newest that are read again: what became of them on their way may have changed. */
const REREAD = 20;
/** Lines of one answer of the server. */
export const PAGE = 200;

export const conversationPath = (id: string, rest = ''): string =>
  `/agent/conversations/${encodeURIComponent(id)}${rest}`;

export function createDeskReader(api: Api, { dispatch, read }: Store<DeskState, DeskEvent>): DeskReader {
  const newest = newestOnly();
  let live: LiveSocket | null = null;
  let polledAt = 0;
  /** What the agent has said of themselves on this page. */
  let said: PresenceChange | null = null;

  function complain(error: unknown): string {
    if (!(error instanceof CallError)) throw error;
    if (error.status === 401) dispatch({ type: read().account ? 'expired' : 'signed-out' });
    const code = error.status === 0 ? 'unreachable' : error.status >= 500 ? 'failed' : error.code;
    if (error.status !== 401) dispatch({ type: 'notice', text: code, isBad: true });
    return code;
  }

  async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T | null> {
    try {
      return await api.call<T>(method, path, options);
    } catch (error) {
      // What only reads is read again once the network is back; the line at the top says that it is away.
      if (method === 'GET' && error instanceof CallError && error.status === 0)
        dispatch({ type: 'link', link: 'offline' });
      else complain(error);
      return null;
    }
  }

  function watchAll(): void {
    const { mine, invited, openId } = read();
    const ids = new Set([...mine, ...invited].map(({ conversationId }) => conversationId));
    if (openId) ids.add(openId);
    live?.watch([...ids]);
  }

  async function readLists(): Promise<void> {
    if (read().phase !== 'ready') return;
    polledAt = Date.now();
    try {
      const lists = await newest('lists', () =>
        Promise.all([
          api.call<{ items: QueueRow[]; agentsOnline: number }>('GET', '/agent/queue'),
          api.call<{ conversations: MineRow[]; invited: MineRow[] }>('GET', '/agent/conversations'),
          api.call<{ offers: Offer[] }>('GET', '/agent/offers'),
        ]),
      );
      if (!lists) return;
      const [queue, mine, { offers }] = lists;
      // Taken a moment ago: what is mine already is nothing to be taken.
      const ids = new Set(mine.conversations.map(({ conversationId }) => conversationId));
      dispatch({ type: 'offers', offers: offers.filter(({ conversationId }) => !ids.has(conversationId)) });
      dispatch({ type: 'queue', queue: queue.items, agentsOnline: queue.agentsOnline });
      dispatch({ type: 'mine', mine: mine.conversations, invited: mine.invited });
      // One reading that failed meanwhile has said that the line is down.
      if (live?.isUp()) dispatch({ type: 'link', link: 'online' });
      watchAll();
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      // The line at the top says so already.
      if (error.status === 0) dispatch({ type: 'link', link: 'offline' });
      else complain(error);
    }
  }

  /** What was passed on or finished is shown no more: the page leaves it without a word. */
  function leaveOrComplain(id: string, error: unknown): void {
    const isGone = error instanceof CallError && (error.status === 403 || error.status === 404);
    if (isGone && read().openId === id) dispatch({ type: 'opened', id: null });
    else if (error instanceof CallError && error.status === 0) dispatch({ type: 'link', link: 'offline' });
    else if (!isGone) complain(error);
  }

  async function readConversation(id: string): Promise<boolean> {
    const last = read().loaded[id]?.lines.at(-1)?.position ?? 0;
    const query = last > 0 ? `?after=${Math.max(0, last - REREAD)}` : '?latest=1';
    const path = conversationPath(id);
    const found = await newest(path, () =>
      api.call<Conversation>('GET', path + query).then(
        (view) => ({ view, error: null }),
        (error: unknown) => ({ view: null, error }),
      ),
    );
    if (!found) return true;
    const { view, error } = found;
    if (!view) {
      leaveOrComplain(id, error);
      return false;
    }
    const isPageFull = view.transcript.length >= PAGE;
    const page = last > 0 ? 'after' : 'latest';
    dispatch({ type: 'conversation', view, page, isFirst: page === 'latest' && !isPageFull });
    return page === 'after' && isPageFull ? readConversation(id) : true;
  }

  const readNotes = async (id: string): Promise<void> => {
    const path = conversationPath(id, '/notes');
    const found = await newest(path, () => call<{ notes: Note[] }>('GET', path));
    if (found) dispatch({ type: 'notes', id, notes: found.notes });
  };

  async function readMe(): Promise<void> {
    const me = await newest('me', () => call<Me>('GET', '/agent/me'));
    if (me?.hasSaid === false && said) return sayAgain(said);
    if (me) dispatch({ type: 'me', me });
  }

  /** The server has lost what it was told, as when its store was emptied: whoever sits here is there all the same. */
  async function sayAgain(change: PresenceChange): Promise<void> {
    const me = await call<Me>('POST', '/agent/presence', { body: change });
    if (me) dispatch({ type: 'me', me });
  }

  async function readBroadcasts(): Promise<void> {
    const found = await newest('broadcasts', () =>
      call<{ broadcasts: Broadcast[] }>('GET', '/agent/broadcasts'),
    );
    if (found) dispatch({ type: 'broadcasts', broadcasts: found.broadcasts });
  }

  async function readMentions(): Promise<void> {
    const found = await newest('mentions', () => call<{ notes: Note[] }>('GET', '/agent/mentions'));
    if (found) dispatch({ type: 'mentions', mentions: found.notes });
  }

  async function refreshOpen(): Promise<void> {
    const { openId: id, phase } = read();
    if (id === null || phase !== 'ready' || !(await readConversation(id))) return;
    const background = call<Background>('GET', conversationPath(id, '/background'));
    await readNotes(id);
    const found = await background;
    if (found) dispatch({ type: 'background', id, background: found });
  }

  const askLists = gathered(readLists, GATHER_MS);
  const askMe = gathered(readMe, GATHER_MS);
  const askOpen = gathered(async () => {
    const { openId, phase } = read();
    if (openId && phase === 'ready') await readConversation(openId);
  }, 30);

  setInterval(() => {
    const { phase, link } = read();
    const everyMs = link === 'online' ? SLOW_POLL_MS : POLL_MS;
    if (phase !== 'ready' || Date.now() - polledAt < everyMs) return;
    askLists();
    askMe();
    if (link === 'online') return;
    // What else the socket's hints would have told.
    askOpen();
    void readBroadcasts();
  }, 1000);

  function goLive(): void {
    live?.close();
    live = openLive({
      onUp() {
        dispatch({ type: 'link', link: 'online' });
        askLists();
        askMe();
        void refreshOpen();
        void readMentions();
        void readBroadcasts();
      },
      onDown: () => dispatch({ type: 'link', link: 'offline' }),
      onCut: askMe,
      conversation({ conversationId }) {
        if (conversationId === read().openId) askOpen();
        askLists();
      },
      'customer-typing': ({ conversationId: id }) =>
        dispatch({ type: 'customer-typing', id, until: Date.now() + TYPING_SHOWN_MS }),
      notes({ conversationId }) {
        if (read().loaded[conversationId]) void readNotes(conversationId);
      },
      mention({ by }) {
        dispatch({ type: 'notice', text: 'mentioned', detail: by, isBad: false });
        void readMentions();
      },
      queue() {
        askLists();
        askMe();
      },
      offer: askLists,
      presence: askMe,
      broadcast() {
        void readBroadcasts();
        // An emergency bulletin stands beside the conversation that it concerns.
        const { openId } = read();
        if (openId) void readConversation(openId);
      },
    });
    watchAll();
  }

  return {
    call,
    complain,
    readLists,
    readMe,
    readConversation,
    refreshOpen,
    goLive,
    watchAll,
    notePresence(change) {
      said = change;
    },
    typing: (id) => live?.typing(id),
    hangUp() {
      said = null;
      live?.close();
    },
  };
}
