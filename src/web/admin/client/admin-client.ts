import type { Permission } from '../../../accounts/permissions';
import type { Draft } from '../../../contract/content-editing';
import { type Api, CallError, type Method } from '../../shared/call';
import { createStore, type Store } from '../../staff/store';
import {
  type AdminAccount,
  type AdminEvent,
  type AdminState,
  emptyAdmin,
  OTHER_PLACES,
  reduceAdmin,
} from '../state/admin-state';
import type { Answer, Call } from './answer';
import { createDraftSaver, type DraftSaver } from './draft-saver';

export interface AdminClient extends DraftSaver {
  store: Store<AdminState, AdminEvent>;
  start(): Promise<void>;
  hasOpenId(): Promise<boolean>;
  /** The code of what was wrong; null when it went well. */
  signIn(login: string, password: string, code: string | null): Promise<string | null>;
  signOut(): Promise<void>;
  call: Call;
  /** As `call`; what was refused is said on the page, and null answered. */
  ask<T>(method: Method, path: string, body?: unknown): Promise<T | null>;
  /** Reads the draft anew; what was typed here meanwhile stands over it. */
  readDraft(): Promise<void>;
}

export function createAdminClient(api: Api): AdminClient {
  const store = createStore(emptyAdmin, reduceAdmin);
  const { dispatch, read } = store;

  async function call<T>(method: Method, path: string, body?: unknown): Promise<Answer<T>> {
    try {
      return { ok: true, value: await api.call<T>(method, path, { body }) };
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      if (error.status === 401) dispatch({ type: 'expired' });
      const code = error.status === 0 ? 'unreachable' : codeOf(path, error.code);
      return { ok: false, code, answer: error.answer };
    }
  }

  /** What the role may do and the account may not, because it is for places, is told in other words. */
  const codeOf = (path: string, code: string): string =>
    code === 'forbidden' && path.startsWith('/admin/content') && (read().account?.places.length ?? 0) > 0
      ? OTHER_PLACES
      : code;

  async function ask<T>(method: Method, path: string, body?: unknown): Promise<T | null> {
    const answer = await call<T>(method, path, body);
    if (answer.ok) return answer.value;
    dispatch({ type: 'notice', text: answer.code, isBad: true });
    return null;
  }

  async function readDraft(): Promise<void> {
    const draft = await ask<Draft>('GET', '/admin/content/draft');
    if (draft) dispatch({ type: 'draft-read', draft });
  }

  async function enter(): Promise<void> {
    const { account, permissions, mustSetSecondFactor } = await api.call<{
      account: Omit<AdminAccount, 'permissions'>;
      permissions: Permission[];
      mustSetSecondFactor: boolean;
    }>('GET', '/accounts/me');
    dispatch({ type: 'signed-in', account: { ...account, permissions }, isLimited: mustSetSecondFactor });
    // Who signs in again goes on with what was being written.
    const isNew = read().bench.draft === null;
    if (isNew && !mustSetSecondFactor && permissions.includes('content.read')) await readDraft();
  }

  const saver = createDraftSaver({ store, call });
  return {
    store,
    call,
    ask,
    readDraft,
    ...saver,
    async hasOpenId() {
      const ways = await call<{ openId: boolean }>('GET', '/accounts/ways');
      return ways.ok && ways.value.openId;
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
        await api.call('POST', '/accounts/sign-in', { body: { login, password, code: code ?? undefined } });
        await enter();
        return null;
      } catch (error) {
        if (!(error instanceof CallError)) throw error;
        return error.status === 0 ? 'unreachable' : error.code;
      }
    },
    async signOut() {
      await saver.save();
      if ((await ask('POST', '/accounts/sign-out', {})) !== null) dispatch({ type: 'signed-out' });
    },
  };
}
