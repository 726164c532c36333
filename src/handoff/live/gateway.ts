import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { Logger } from 'pino';
import { Server, type Socket } from 'socket.io';
import { readCookie } from '../../accounts/guard';
import { isOwnRequest } from '../../accounts/origin';
import type { Worker } from '../../accounts/permissions';
import type { ConversationState } from '../../contract/conversation';
import { AppError, messageOf } from '../../errors';
import type { RedisClient } from '../../turns/redis';
import type { Desk } from '../desk';
import type { DeskNews } from '../desk-news';
import { connectAdapter } from './adapter-connection';
import { type FromDesk, fromDesk, type ToDesk } from './words';

/**
 * The agents' desk in real time: one WebSocket a page, on the server's own port, as whoever is signed in. What is sent
 * are hints: that something changed, and where. The desk reads the truth over HTTP, so a hint that is lost or comes
 * twice does no harm. Nodes pass each other what only one of them knows through a stream of Redis.
 */
export interface Live {
  /** Something was committed in a conversation, on whichever node: every node is told, and tells its own desks. */
  notice(conversationId: string, position: number): void;
  /** The customer of a conversation is writing. */
  showCustomerTyping(conversationId: string): void;
  /** Tells every desk, or those of one account. */
  tell<N extends keyof ToDesk>(
    to: { accountId: string } | 'everybody',
    name: N,
    ...value: Parameters<ToDesk[N]>
  ): void;
  /** Those who have a conversation open. */
  tellWatchers<N extends keyof ToDesk>(
    conversationId: string,
    name: N,
    ...value: Parameters<ToDesk[N]>
  ): void;
  /** Looks whether everybody who is connected still is signed in; cuts who is not. */
  checkSignIns(): Promise<void>;
  close(): Promise<void>;
}

export interface LiveDependencies {
  redis: RedisClient;
  /** Whose sign-in a token is; null for one that is over, or that may not work here. */
  workerOf: (token: string) => Promise<Worker | null>;
  ownOrigins: () => string[];
  desk: Pick<Desk, 'read' | 'readFor'>;
  /** A sign of life of somebody. */
  noteLife: (account: Worker) => Promise<void>;
  /** Told of what changes about people, queue and offers; answers how to stop listening. */
  news: Pick<DeskNews, 'subscribe'>;
  /** Shows the customer that an agent is writing; called on every node. */
  showAgentTyping: (conversationId: string, agentName: string) => void;
  /** The same, for a channel that is called and not connected to; on the agent's node alone. */
  sendAgentTyping: (conversation: Pick<ConversationState, 'conversationId' | 'channel' | 'user'>) => void;
  log: Logger;
  /** How often sign-ins are looked at; default 10 s. */
  checkEveryMs?: number;
}

export const LIVE_PATH = '/agent/live';
const CHECK_EVERY_MS = 10_000;
/** A page that lost its network for no longer than this gets what it missed. */
const RECOVER_MS = 2 * 60_000;
/** Of what an agent's page may send. */
const MESSAGE_LIMIT = 32 * 1024;
const TYPING_EVERY_MS = 1500;

interface Visitor {
  account: Worker;
  token: string;
}
/** What nodes tell each other. */
interface BetweenNodes {
  typing: (conversationId: string, agentName: string) => void;
}
type DeskSocket = Socket<FromDesk, ToDesk, BetweenNodes, { accountId: string }>;

const roomOf = (conversationId: string): string => `conversation:${conversationId}`;
const deskOf = (accountId: string): string => `account:${accountId}`;

export function startLive(server: HttpServer, deps: LiveDependencies): Live {
  const { redis, workerOf, log } = deps;
  const connection = connectAdapter(redis, log);
  const visitors = new WeakMap<IncomingMessage, Visitor>();
  const here = new Map<DeskSocket, Visitor>();

  async function admit(request: IncomingMessage): Promise<boolean> {
    if (!isOwnRequest(request.headers, deps.ownOrigins())) return false;
    const token = readCookie(request);
    const account = token === '' ? null : await workerOf(token);
    if (account) visitors.set(request, { account, token });
    return account !== null;
  }

  const io = new Server<FromDesk, ToDesk, BetweenNodes, { accountId: string }>(server, {
    path: LIVE_PATH,
    // No long polling: it would tie a desk to one node.
    transports: ['websocket'],
    serveClient: false,
    destroyUpgrade: false,
    maxHttpBufferSize: MESSAGE_LIMIT,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    connectionStateRecovery: { maxDisconnectionDuration: RECOVER_MS },
    adapter: createAdapter(connection, {
      streamName: 'desk:live',
      channelPrefix: 'desk:live',
      blockTimeInMs: 1000,
    }),
    allowRequest: (request, answer) => {
      admit(request).then(
        (isAdmitted) => answer(isAdmitted ? null : 'Nobody is signed in.', isAdmitted),
        (error: unknown) => {
          log.warn({ reason: messageOf(error) }, 'a desk could not be admitted');
          answer('unavailable', false);
        },
      );
    },
  });
  io.on('typing', deps.showAgentTyping);
  io.on('connection', (socket) => {
    const visitor = visitors.get(socket.request);
    // What was recovered may have been another's.
    if (!visitor || (socket.recovered && socket.data.accountId !== visitor.account.id)) {
      socket.disconnect(true);
      return;
    }
    welcome(socket, visitor);
  });

  function welcome(socket: DeskSocket, visitor: Visitor): void {
    const { account } = visitor;
    socket.data.accountId = account.id;
    here.set(socket, visitor);
    socket.on('disconnect', () => here.delete(socket));
    void socket.join(deskOf(account.id));
    const attempt = (work: Promise<void>): void => {
      work.catch((error: unknown) => {
        if (!(error instanceof AppError)) log.warn({ reason: messageOf(error) }, 'a desk was not served');
      });
    };
    socket.on('watch', (ids, done) => attempt(watch(socket, account, ids, done)));
    let typedAt = 0;
    socket.on('typing', (id) => {
      if (Date.now() - typedAt < TYPING_EVERY_MS) return;
      typedAt = Date.now();
      attempt(noteTyping(account, id));
    });
    attempt(noteLife([visitor]));
  }

  /** From now on the page hears of these conversations and of no others. */
  async function watch(socket: DeskSocket, account: Worker, ids: unknown, done: unknown): Promise<void> {
    const wanted = new Set(fromDesk.watch.safeParse(ids).data ?? []);
    for (const room of socket.rooms) {
      if (room.startsWith('conversation:') && !wanted.has(room.slice('conversation:'.length)))
        await socket.leave(room);
    }
    await Promise.all(
      [...wanted].map(async (id) => {
        if (socket.rooms.has(roomOf(id)) || !(await mayRead(account, id))) return;
        await socket.join(roomOf(id));
      }),
    );
    if (typeof done === 'function') done();
  }

  async function mayRead(account: Worker, conversationId: string): Promise<boolean> {
    try {
      await deps.desk.readFor(account, conversationId);
      return true;
    } catch (error) {
      if (error instanceof AppError && ['forbidden', 'not-found'].includes(error.code)) return false;
      throw error;
    }
  }

  async function noteTyping(account: Worker, id: unknown): Promise<void> {
    const conversationId = fromDesk.typing.safeParse(id).data;
    if (conversationId === undefined) return;
    const state = await deps.desk.read(conversationId);
    const { ownership, guests = [] } = state;
    const isGuest = guests.some(({ agentId, mayWrite }) => agentId === account.id && mayWrite);
    if (ownership.owner !== 'human' || !(isGuest || ownership.agentId === account.id)) return;
    deps.showAgentTyping(conversationId, account.name);
    io.serverSideEmit('typing', conversationId, account.name);
    deps.sendAgentTyping(state);
  }

  const noteLife = async (seen: Visitor[]): Promise<void> => {
    const accounts = new Map(seen.map(({ account }) => [account.id, account]));
    await Promise.all([...accounts.values()].map(deps.noteLife));
  };

  async function checkSignIns(): Promise<void> {
    const open = [...here];
    const tokens = [...new Set(open.map(([, { token }]) => token))];
    const accounts = await Promise.all(tokens.map(workerOf));
    const over = new Set(tokens.filter((_, i) => accounts[i] === null));
    for (const [socket, { token }] of open) {
      if (over.has(token)) socket.disconnect(true);
    }
    await noteLife(open.flatMap(([, visitor]) => (over.has(visitor.token) ? [] : [visitor])));
  }
  const checking = setInterval(() => {
    checkSignIns().catch((error: unknown) =>
      log.warn({ reason: messageOf(error) }, 'sign-ins of desks were not checked'),
    );
  }, deps.checkEveryMs ?? CHECK_EVERY_MS);

  // Every node hears the news: each tells its own desks.
  const stopListening = deps.news.subscribe(({ topic, agentId, conversationId }) => {
    if (topic === 'note') {
      if (conversationId) io.local.to(roomOf(conversationId)).emit('notes', { conversationId });
      return;
    }
    if (topic === 'guests') {
      if (conversationId)
        io.local.to(roomOf(conversationId)).emit('conversation', { conversationId, position: 0 });
      if (agentId) io.local.to(deskOf(agentId)).emit('queue');
      return;
    }
    const to = agentId && topic !== 'presence' ? io.local.to(deskOf(agentId)) : io.local;
    to.emit(topic === 'conversation' ? 'queue' : topic);
  });
  const { adapter } = io.of('/');
  return {
    notice(conversationId, position) {
      const room = roomOf(conversationId);
      if (adapter.rooms.has(room)) io.local.to(room).emit('conversation', { conversationId, position });
    },
    showCustomerTyping: (conversationId) => {
      io.to(roomOf(conversationId)).emit('customer-typing', { conversationId });
    },
    tell: (to, name, ...value) => {
      (to === 'everybody' ? io : io.to(deskOf(to.accountId))).emit(name, ...value);
    },
    tellWatchers: (conversationId, name, ...value) => {
      io.to(roomOf(conversationId)).emit(name, ...value);
    },
    checkSignIns,
    async close() {
      clearInterval(checking);
      stopListening();
      io.local.disconnectSockets(true);
      // Not io.close(): it would wait for the HTTP server, whose connections are others' to end.
      await adapter.close();
      connection.disconnect();
      io.engine.close();
    },
  };
}
