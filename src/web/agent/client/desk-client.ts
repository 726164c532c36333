import type { Permission } from '../../../accounts/permissions';
import type { ChannelId, Locale } from '../../../contract/activity';
import { AGENT_FILE_LIMIT, agentMeans } from '../../../contract/agent-means';
import type { CannedReply } from '../../../contract/canned-replies';
import type { Colleague, GroupView, Me, PresenceChange } from '../../../contract/desk';
import type { Finding } from '../../../contract/desk-checks';
import type { SimilarCase } from '../../../contract/similar-cases';
import { type Api, CallError, type Method } from '../../shared/call';
import { newId } from '../../shared/outgoing';
import { createStore, type Store } from '../../staff/store';
import { type DeskEvent, type DeskState, emptyDesk } from '../state/desk-shape';
import { reduceDesk } from '../state/desk-state';
import type { Account, Conversation, Note, Order, OrderStep, Passage, Settings } from '../state/types';
import { conversationPath, createDeskReader, type DeskReader, PAGE } from './desk-reader';

/** What an agent does; what is about a conversation is about the open one. What was refused is said on the page. */
/** What came of a call whose refusal the asking part of the page says itself. */
export type Answer<T> = { ok: true; value: T } | { ok: false; code: string };

export interface DeskClient extends Pick<DeskReader, 'call' | 'refreshOpen'> {
  store: Store<DeskState, DeskEvent>;
  /** How far the server's clock is ahead of this computer's, in ms. */
  clockOffset(): number;
  start(): Promise<void>;
  tryCall<T>(method: Method, path: string, body: unknown): Promise<Answer<T>>;
  /** What to look at again before a text leaves; nothing when that cannot be found out. */
  check(conversationId: string, text: string): Promise<Finding[]>;
  /** The code of what was wrong; null when it went well. */
  signIn(login: string, password: string, code: string | null): Promise<string | null>;
  signOut(): Promise<void>;
  open(id: string | null): void;
  /** Takes it; where one more needs a reason, that is asked for first. */
  claim(id: string, reason?: string): Promise<void>;
  send(conversationId: string, text: string): void;
  /** A file to the customer; what their channel does not carry is said, and nothing is sent. */
  sendFile(conversationId: string, channel: ChannelId, file: File): void;
  /** Takes an own message back. */
  recall(position: number): Promise<void>;
  retry(id: string): void;
  takeBack(id: string): void;
  addNote(conversationId: string, text: string, mentions: string[]): Promise<boolean>;
  /** A step such as `/transfer`; true when it was done. */
  step(path: string, body: Record<string, unknown>): Promise<boolean>;
  /** Gives back what is offered: it goes to the next. */
  decline(id: string): Promise<void>;
  /** True when it was taken. */
  setPresence(change: PresenceChange): Promise<boolean>;
  /** Whom a conversation can be passed to. */
  /** Whom something can be passed to; null when it could not be read. */
  targets(): Promise<{ agents: Colleague[]; groups: GroupView[] } | null>;
  reveal(reason: string): Promise<boolean>;
  loadOlder(): Promise<void>;
  typing(): void;
  /** What the knowledge has; null when it could not be read. */
  suggestions(locale: Locale): Promise<Passage[] | null>;
  /** Cases like this one that were solved; null when they could not be read. */
  similarCases(): Promise<SimilarCase[] | null>;
  draftByModel(purpose: 'summary' | 'suggested-reply'): Promise<string | null>;
  readOrder(number: string): Promise<{ order: Order; history: OrderStep[] } | null>;
}

function uploadOf(id: string, file: File) {
  const form = new FormData();
  form.append('file', file, file.name);
  return { form, headers: { 'Idempotency-Key': id } };
}

export function createDeskClient(api: Api): DeskClient {
  const store = createStore(emptyDesk, reduceDesk);
  const { dispatch, read } = store;
  const reader = createDeskReader(api, store);
  const { call } = reader;

  /** Whose role asks for more than a password gets no further before that. */
  async function enter(): Promise<void> {
    const { mustSetSecondFactor, permissions, ...me } = await api.call<{
      account: Omit<Account, 'permissions'>;
      permissions: Permission[];
      mustSetSecondFactor: boolean;
    }>('GET', '/accounts/me');
    const account = { ...me.account, permissions };
    if (mustSetSecondFactor) return dispatch({ type: 'limited', account });
    dispatch({ type: 'signed-in', account });
    reader.goLive();
    const [settings, canned] = await Promise.all([
      call<Settings>('GET', '/agent/settings'),
      call<{ replies: CannedReply[] }>('GET', '/agent/canned-replies'),
    ]);
    if (settings) dispatch({ type: 'settings', settings });
    if (canned) dispatch({ type: 'canned', canned: canned.replies });
    await reader.readLists();
    await reader.refreshOpen();
  }

  /** Those that are on their way, or failed and may be sent again. */
  const files = new Map<string, File>();

  async function deliver(id: string): Promise<void> {
    const message = read().outgoing.find((each) => each.id === id);
    if (!message) return;
    const { conversationId, text } = message;
    dispatch({ type: 'sending', message: { ...message, fault: null } });
    try {
      const file = files.get(id);
      if (file) await api.call('POST', conversationPath(conversationId, '/files'), uploadOf(id, file));
      else
        await api.call('POST', conversationPath(conversationId, '/messages'), {
          body: { clientId: id, text },
        });
      files.delete(id);
      await reader.readConversation(conversationId);
      dispatch({ type: 'sent', id });
    } catch (error) {
      dispatch({ type: 'not-sent', id, fault: reader.complain(error) });
    }
  }

  function open(id: string | null): void {
    dispatch({ type: 'opened', id });
    reader.watchAll();
    void reader.refreshOpen();
  }

  /** Something about the open conversation; null when none is open, or after a fault. */
  async function ask<T>(method: 'GET' | 'POST', rest: string, body?: unknown): Promise<T | null> {
    const { openId } = read();
    return openId ? call<T>(method, conversationPath(openId, rest), { body }) : null;
  }

  async function tryCall<T>(method: Method, path: string, body: unknown): Promise<Answer<T>> {
    try {
      return { ok: true, value: await api.call<T>(method, path, { body }) };
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      return { ok: false, code: error.status === 0 ? 'unreachable' : error.code };
    }
  }

  function takePage(view: Conversation | null, page: 'latest' | 'before'): boolean {
    if (view) dispatch({ type: 'conversation', view, page, isFirst: view.transcript.length < PAGE });
    return view !== null;
  }

  return {
    store,
    call,
    refreshOpen: reader.refreshOpen,
    clockOffset: api.clockOffset,
    tryCall,
    async check(conversationId, text) {
      const path = conversationPath(conversationId, '/check');
      const answer = await tryCall<{ findings: Finding[] }>('POST', path, { text });
      return answer.ok ? answer.value.findings : [];
    },
    async start() {
      try {
        await enter();
      } catch (error) {
        if (!(error instanceof CallError)) throw error;
        dispatch({ type: 'signed-out' });
        if (error.status !== 401) dispatch({ type: 'notice', text: 'unreachable', isBad: true });
      }
    },
    async signIn(login, password, code) {
      try {
        const body = { login, password, code: code ?? undefined };
        await api.call('POST', '/accounts/sign-in', { body });
        await enter();
        return null;
      } catch (error) {
        if (!(error instanceof CallError)) throw error;
        return error.status === 0 ? 'unreachable' : error.code;
      }
    },
    async signOut() {
      // Who is still signed in there must not seem to be out here.
      if ((await call('POST', '/accounts/sign-out', { body: {} })) === null) return;
      reader.hangUp();
      dispatch({ type: 'signed-out' });
    },
    open,
    async claim(id, reason) {
      const body = { clientId: newId(), reason };
      try {
        await api.call('POST', conversationPath(id, '/claim'), { body });
        dispatch({ type: 'beyond', id: null });
        await reader.readLists();
        open(id);
      } catch (error) {
        if (error instanceof CallError && error.code === 'reason-needed') dispatch({ type: 'beyond', id });
        else reader.complain(error);
        await reader.readLists();
      }
    },
    send(conversationId, text) {
      const message = { id: newId(), conversationId, text, at: Date.now(), fault: null };
      dispatch({ type: 'sending', message });
      void deliver(message.id);
    },
    retry: (id) => void deliver(id),
    sendFile(conversationId, channel, file) {
      if (!agentMeans[channel].files.includes(file.type) || file.size > AGENT_FILE_LIMIT)
        return dispatch({ type: 'notice', text: 'file-refused', detail: file.name, isBad: true });
      const message = { id: newId(), conversationId, text: file.name, at: Date.now(), fault: null };
      files.set(message.id, file);
      dispatch({ type: 'sending', message });
      void deliver(message.id);
    },
    async recall(position) {
      await ask('POST', '/recall', { position });
      await reader.refreshOpen();
    },
    takeBack(id) {
      files.delete(id);
      dispatch({ type: 'taken-back', id });
    },
    async addNote(conversationId, text, mentions) {
      const body = { clientId: newId(), text, mentions };
      const path = conversationPath(conversationId, '/notes');
      const found = await call<{ notes: Note[] }>('POST', path, { body });
      if (found) dispatch({ type: 'notes', id: conversationId, notes: found.notes });
      return found !== null;
    },
    async step(path, body) {
      const done = await ask('POST', path, { clientId: newId(), ...body });
      await Promise.all([reader.readLists(), reader.refreshOpen()]);
      return done !== null;
    },
    async decline(id) {
      await call('POST', conversationPath(id, '/decline'), { body: {} });
      await reader.readLists();
    },
    async setPresence(change) {
      reader.notePresence(change);
      const me = await call<Me>('POST', '/agent/presence', { body: change });
      if (me) dispatch({ type: 'me', me });
      await reader.readLists();
      return me !== null;
    },
    async targets() {
      const [people, lines] = await Promise.all([
        call<{ agents: Colleague[] }>('GET', '/agent/agents'),
        call<{ groups: GroupView[] }>('GET', '/agent/groups'),
      ]);
      return people && lines ? { agents: people.agents, groups: lines.groups } : null;
    },
    async reveal(reason) {
      const { openId } = read();
      if (!openId) return false;
      const headers = { 'X-Reveal-Reason': encodeURIComponent(reason) };
      const path = conversationPath(openId, '?latest=1&reveal=1');
      return takePage(await call<Conversation>('GET', path, { headers }), 'latest');
    },
    async loadOlder() {
      const { openId, loaded } = read();
      const first = openId ? loaded[openId]?.lines[0]?.position : undefined;
      if (first !== undefined) takePage(await ask<Conversation>('GET', `?before=${first}`), 'before');
    },
    typing() {
      const { openId } = read();
      if (openId) reader.typing(openId);
    },
    async suggestions(locale) {
      return (await ask<{ passages: Passage[] }>('GET', `/suggestions?locale=${locale}`))?.passages ?? null;
    },
    async similarCases() {
      return (await ask<{ cases: SimilarCase[] }>('GET', '/similar'))?.cases ?? null;
    },
    async draftByModel(purpose) {
      return (await ask<{ text: string }>('POST', `/${purpose}`, {}))?.text ?? null;
    },
    async readOrder(number) {
      const path = `/agent/orders/${encodeURIComponent(number)}`;
      return (await call<{ order: { order: Order; history: OrderStep[] } }>('GET', path))?.order ?? null;
    },
  };
}
