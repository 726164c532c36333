import type { Activity } from '../../contract/activity';
import type { ActivitySet, StartedConversation } from '../../contract/direct-line';
import { CallError } from './call';
import type { Session } from './session';

export type Status = 'connecting' | 'online' | 'offline' | 'ended';

export interface ConnectionOptions {
  session: Session;
  onActivities: (activities: Activity[]) => void;
  onStatus: (status: Status) => void;
  openSocket?: (url: string) => WebSocket;
  /** Whether somebody is at this page: it then takes the conversation's one socket, others read now and then. */
  isWatched?: () => boolean;
}

const API = '/v3/directline';
const REFRESH_EVERY_MS = 15 * 60_000;
const PING_EVERY_MS = 20_000;
const LONGEST_PAUSE_MS = 15_000;
/** How often a page reads whose socket another page has taken. */
const READ_EVERY_MS = 3000;

const pathOf = (conversationId: string, watermark: string, more = '') =>
  `${API}/conversations/${conversationId}${more}${watermark ? `?watermark=${encodeURIComponent(watermark)}` : ''}`;

/** Stays with one conversation, from its first line on, whatever the network does, until it is closed. */
export function openConnection(options: ConnectionOptions) {
  const { session, onStatus, openSocket = (url) => new WebSocket(url), isWatched = () => true } = options;
  let conversationId: string | null = null;
  let watermark = '';
  let failures = 0;
  let isClosed = false;
  let socket: WebSocket | null = null;
  /** Ends whatever pause is running. */
  let hurry: () => void = () => undefined;

  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** Frames may be empty. */
  function take({ activities = [], watermark: next }: Partial<ActivitySet>): void {
    if (activities.length > 0) options.onActivities(activities);
    if (next) watermark = next;
  }

  async function begin(): Promise<StartedConversation> {
    const opened = await session.call<StartedConversation>('POST', `${API}/conversations`);
    if (conversationId !== null && opened.conversationId !== conversationId) {
      // Away for more than 30 days: this page cannot go on with the old conversation.
      // What was written meanwhile is not put into the new one unseen: it is kept for the next load.
      isClosed = true;
      onStatus('ended');
      return opened;
    }
    conversationId = opened.conversationId;
    session.renew(opened.token, conversationId);
    if (!watermark) return opened;
    return session.call<StartedConversation>('GET', pathOf(conversationId, watermark));
  }

  /** Until the socket closes; answers whether another page has taken its place. */
  function listen(streamUrl: string): Promise<boolean> {
    return new Promise((resolve) => {
      const opened = openSocket(streamUrl);
      socket = opened;
      const ping = setInterval(() => {
        // A network can vanish without a word: then what was written last time has still not left.
        if (opened.bufferedAmount > 0) opened.close();
        else if (opened.readyState === WebSocket.OPEN) opened.send(' ');
      }, PING_EVERY_MS);
      opened.onopen = () => {
        failures = 0;
        onStatus('online');
      };
      opened.onmessage = ({ data }) => {
        if (typeof data === 'string' && data !== '') take(JSON.parse(data));
      };
      opened.onclose = ({ code, reason }) => {
        clearInterval(ping);
        socket = null;
        resolve(code === 1000 && reason.startsWith('replaced'));
      };
    });
  }

  /** While another page has the socket; ends when somebody turns to this one. */
  async function readNowAndThen(): Promise<void> {
    while (!isClosed && conversationId !== null) {
      const wasWatched = isWatched();
      await rest(READ_EVERY_MS);
      if (isClosed || (isWatched() && !wasWatched)) return;
      take(await session.call<ActivitySet>('GET', pathOf(conversationId, watermark, '/activities')));
    }
  }

  async function stay(): Promise<void> {
    onStatus('connecting');
    while (!isClosed) {
      try {
        const { streamUrl } = await begin();
        if (isClosed) return;
        if (await listen(streamUrl)) {
          await readNowAndThen();
          continue;
        }
      } catch (error) {
        if (error instanceof CallError && error.status === 404) session.drop();
      }
      if (isClosed) return;
      onStatus('offline');
      failures += 1;
      await rest(Math.min(500 * 2 ** failures, LONGEST_PAUSE_MS) * (0.7 + Math.random() * 0.6));
    }
  }

  const refreshing = setInterval(() => void session.refresh(), REFRESH_EVERY_MS);
  void stay();

  return {
    conversationId: () => conversationId,
    /** The network is back, or somebody looks again: try now. */
    wake: () => hurry(),
    close(): void {
      isClosed = true;
      clearInterval(refreshing);
      socket?.close();
      hurry();
    },
  };
}
