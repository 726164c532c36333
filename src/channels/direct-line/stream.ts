import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Activity } from '../../contract/activity';
import type { ActivitySet } from '../../contract/direct-line';
import { AppError, messageOf } from '../../errors';
import type { Probe } from '../../turns/probe';
import type { LogEntry, TurnStore } from '../../turns/turn-store';
import { type DirectLine, PAGE } from './conversations';
import { DirectLineError, toDirectLineError } from './errors';
import { type ReaderWatch, watchReader } from './reader-watch';
import type { Principal, Tokens } from './tokens';

/** Sockets of this node. One a conversation: a newer one replaces the older. */
export interface Streams {
  /** Something was committed in a conversation, here or elsewhere, up to a position of its log. */
  notice(conversationId: string, position: number): void;
  /** Lines that a turn of this node has just added: shown at once when nothing is missing before them. */
  push(conversationId: string, lines: LogEntry[]): void;
  /** Shows that somebody is writing; never logged, lost without harm. */
  showTyping(conversationId: string, from: Activity['from']): void;
  /** Sockets open now. */
  count(): number;
  /** Cuts every socket; clients come back with their watermark. */
  drop(): void;
  close(): void;
}

export interface StreamDependencies {
  directLine: DirectLine;
  store: Pick<TurnStore, 'lastPositions'>;
  tokens: Tokens;
  isAllowedOrigin: (origin: string, principal: Principal) => boolean;
  log: Logger;
  probe: Probe;
  /** Told of who reads in the app's conversations; null when nobody needs to know. */
  readers?: ReaderWatch | null;
  /** Where sockets of others begin; they are left to them. */
  others?: string[];
  /** How often a silent socket is asked for a sign of life; default 30 s. One that gave none since is cut. */
  pingEveryMs?: number;
}

interface Stream {
  socket: WebSocket;
  watermark: number;
  /** Nothing is read for it any more: another has taken its place, or it is gone. */
  isOver: boolean;
  /** Reading of the log: one at a time, again when something came in meanwhile. */
  isReading: boolean;
  isStale: boolean;
  /** Told of what was sent. */
  reader: { sent(watermark: number): void } | null;
}

/** What a client may open. */
interface Opening {
  conversationId: string;
  watermark: number;
  channel: Principal['channel'];
}

const PATH = /^\/v3\/directline\/conversations\/([^/]+)\/stream$/;
/** Without a hint sockets look for themselves this often. */
const LOOK_EVERY_MS = 1000;
/** Bytes that may wait for a slow client before it is dropped; it comes back with its watermark. */
const BUFFER_LIMIT = 1_000_000;
const PING_EVERY_MS = 30_000;
/** What clients get to answer the goodbye of a server that ends. */
const LEAVE_MS = 500;

/** Tells a client that another socket has its conversation; reading for it ends at once, whether it listens or not. */
function replace(stream: Stream | undefined): void {
  if (!stream) return;
  stream.isOver = true;
  stream.socket.close(1000, 'replaced by a newer socket');
}

/** Pings a socket now and then and cuts it when nothing came back: a phone that lost its network says no goodbye. */
function askForLife(socket: WebSocket, everyMs: number): () => void {
  let isAlive = true;
  const alive = () => {
    isAlive = true;
  };
  // Clients ping with empty frames, nothing else is expected from them.
  socket.on('message', alive);
  socket.on('pong', alive);
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, everyMs);
  return () => clearInterval(timer);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    throw new AppError('bad-request', 'The address is not valid.', { cause: error });
  }
}

export function createStreams(server: Server, deps: StreamDependencies): Streams {
  const streams = new Map<string, Stream>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 });

  /** Answers false when the socket is gone: its client comes back with its watermark. */
  function send(stream: Stream, set: ActivitySet): boolean {
    deps.probe('delivering');
    if (stream.isOver || stream.socket.readyState !== stream.socket.OPEN) return false;
    stream.socket.send(JSON.stringify(set));
    stream.watermark = Number(set.watermark);
    stream.reader?.sent(stream.watermark);
    if (stream.socket.bufferedAmount > BUFFER_LIMIT) stream.socket.terminate();
    return true;
  }

  async function catchUp(conversationId: string, stream: Stream): Promise<void> {
    if (stream.isOver) return;
    if (stream.isReading) {
      stream.isStale = true;
      return;
    }
    stream.isReading = true;
    try {
      do {
        stream.isStale = false;
        const set = await deps.directLine.readSet(conversationId, stream.watermark);
        if (set.activities.length === 0) continue;
        if (!send(stream, set)) return;
        // A full page may not be the last one.
        if (set.activities.length >= PAGE) stream.isStale = true;
      } while (stream.isStale);
    } catch (error) {
      deps.log.warn({ reason: messageOf(error) }, 'log not readable; the socket looks again');
    } finally {
      stream.isReading = false;
    }
  }

  /** A hint may be lost: one question for all sockets finds those that are behind. */
  async function look(): Promise<void> {
    const open = [...streams];
    const positions = await deps.store.lastPositions(open.map(([conversationId]) => conversationId));
    for (const [i, [conversationId, stream]] of open.entries()) {
      if ((positions[i] ?? 0) > stream.watermark) void catchUp(conversationId, stream);
    }
  }
  let isLooking = false;
  const looking = setInterval(() => {
    if (isLooking || streams.size === 0) return;
    isLooking = true;
    look()
      .catch((error) => deps.log.warn({ reason: messageOf(error) }, 'sockets could not look for news'))
      .finally(() => {
        isLooking = false;
      });
  }, LOOK_EVERY_MS);

  function open(socket: WebSocket, { conversationId, watermark, channel }: Opening): void {
    replace(streams.get(conversationId));
    const watch = channel === 'app' ? deps.readers : null;
    const reader = watch ? watchReader(watch, { socket, conversationId, watermark }) : null;
    const stream: Stream = { socket, watermark, isReading: false, isStale: false, isOver: false, reader };
    streams.set(conversationId, stream);
    const stopAsking = askForLife(socket, deps.pingEveryMs ?? PING_EVERY_MS);
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      stream.isOver = true;
      stopAsking();
      if (streams.get(conversationId) === stream) streams.delete(conversationId);
    });
    void catchUp(conversationId, stream);
  }

  async function authorise(request: IncomingMessage): Promise<Opening | null> {
    const address = `http://unused${request.url ?? '/'}`;
    if (!URL.canParse(address)) return null;
    const url = new URL(address);
    const match = PATH.exec(url.pathname);
    if (!match?.[1]) return null;
    const conversationId = decode(match[1]);
    const principal = await deps.tokens.verifyStream(url.searchParams.get('t') ?? '');
    const { origin } = request.headers;
    if (origin !== undefined && !deps.isAllowedOrigin(origin, principal)) {
      throw new DirectLineError(403, 'BadArgument', 'This page may not open a socket here.');
    }
    await deps.directLine.enter(principal, conversationId);
    const watermark = url.searchParams.get('watermark') ?? undefined;
    return {
      conversationId,
      watermark: await deps.directLine.checkWatermark(conversationId, watermark),
      channel: principal.channel,
    };
  }

  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (deps.others?.some((path) => request.url?.startsWith(path))) return;
    socket.on('error', () => socket.destroy());
    try {
      const found = await authorise(request);
      if (!found) throw new DirectLineError(404, 'BadArgument', 'There is nothing at this address.');
      sockets.handleUpgrade(request, socket, head, (opened) => open(opened, found));
    } catch (error) {
      const { status, code, message } = toDirectLineError(error);
      const body = JSON.stringify({ error: { code, message } });
      socket.end(
        `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nConnection: close\r\n` +
          `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    }
  };
  server.on('upgrade', upgrade);

  return {
    notice(conversationId, position) {
      const stream = streams.get(conversationId);
      if (stream && position > stream.watermark) void catchUp(conversationId, stream);
    },
    push(conversationId, lines) {
      const stream = streams.get(conversationId);
      const fresh =
        stream && !stream.isReading ? lines.filter(({ position }) => position > stream.watermark) : [];
      if (!stream || fresh.length === 0) return;
      const isGapless = fresh.every(({ position }, i) => position === stream.watermark + 1 + i);
      if (isGapless) send(stream, deps.directLine.present(conversationId, fresh, stream.watermark));
    },
    showTyping(conversationId, from) {
      const socket = streams.get(conversationId)?.socket;
      if (socket?.readyState !== socket?.OPEN) return;
      socket?.send(
        JSON.stringify({ activities: [{ type: 'typing', from, conversation: { id: conversationId } }] }),
      );
    },
    count: () => streams.size,
    drop() {
      for (const { socket } of streams.values()) socket.terminate();
    },
    close() {
      clearInterval(looking);
      server.off('upgrade', upgrade);
      for (const socket of sockets.clients) socket.close(1001, 'the server is going down; reconnect');
      sockets.close();
      // Who does not take leave must not keep the server from ending.
      setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, LEAVE_MS).unref();
    },
  };
}
