import type { FieldAct } from '../../contract/field';
import type { FieldJob, PrivacyNumber } from '../../contract/field-job';
import { type Api, CallError } from '../shared/call';
import { newId } from '../shared/outgoing';
import type { Keep } from '../shared/session';

/**
 * The technicians' side of the field API. Cellars have no network: an act that was not answered is kept on the phone
 * under its key and sent until it is, so that it is done once.
 */
export interface FieldState {
  job: FieldJob | null;
  /** How far the server's clock is ahead of this phone's, in ms. */
  offset: number;
  /** What was done and is not known to have arrived. */
  isWaiting: boolean;
  isOffline: boolean;
  /** Code of the last refusal; `unreachable` and `failed` are our own. */
  fault: string | null;
  /** Code of a refusal that ends everything: the link is dead. `handed-on` is our own. */
  end: string | null;
}

export interface FieldClient {
  load(): Promise<void>;
  /** True when it was taken or is kept to be sent; false when it was refused. */
  act(act: FieldAct): Promise<boolean>;
  call(): Promise<PrivacyNumber | null>;
  /** The id of the photo; null when it was not taken. */
  upload(file: File): Promise<string | null>;
  /** Tries again what is kept; also called when the network comes back. */
  flush(): Promise<void>;
}

export interface FieldClientOptions {
  api: Api;
  token: string;
  keep: Keep;
  fetch: typeof globalThis.fetch;
  onChange: (state: FieldState) => void;
}

const ENDS = ['unauthenticated', 'reassigned', 'not-found'];
/** Under which the phone keeps what was not answered. */
const PENDING = 'act';

interface Pending {
  key: string;
  act: FieldAct;
}

export function openField(options: FieldClientOptions): FieldClient {
  const { api, token, keep, onChange } = options;
  let state: FieldState = {
    job: null,
    offset: 0,
    isWaiting: false,
    isOffline: false,
    fault: null,
    end: null,
  };
  let sending: Promise<boolean> | null = null;

  function change(next: Partial<FieldState>): void {
    state = { ...state, ...next };
    onChange(state);
  }

  function refuse(error: unknown): void {
    if (!(error instanceof CallError)) throw error;
    if (error.status === 0) return change({ isOffline: true });
    const code = error.status >= 500 ? 'failed' : error.code;
    change(ENDS.includes(code) ? { end: code } : { fault: code });
  }

  const readPending = (): Pending | null => {
    const kept = keep.read(PENDING);
    // Written by this file alone.
    return kept ? (JSON.parse(kept) as Pending) : null;
  };

  async function load(): Promise<void> {
    try {
      const { job } = await api.call<{ job: FieldJob }>('GET', '/field/job', { token });
      change({ job, offset: job.now - Date.now(), isOffline: false });
    } catch (error) {
      refuse(error);
      if (state.job === null && state.isOffline) change({ fault: 'unreachable' });
    }
  }

  async function send(pending: Pending): Promise<boolean> {
    change({ isWaiting: true, fault: null });
    try {
      const { job } = await api.call<{ job: FieldJob }>('POST', '/field/acts', { token, body: pending });
      keep.write(PENDING, '');
      const end = pending.act.type === 'reassign' ? 'handed-on' : null;
      change({ job, end, offset: job.now - Date.now(), isWaiting: false, isOffline: false });
      return true;
    } catch (error) {
      refuse(error);
      const mayArrive = error instanceof CallError && (error.status === 0 || error.status >= 500);
      if (mayArrive) return true;
      keep.write(PENDING, '');
      change({ isWaiting: false, isOffline: false });
      await load();
      return false;
    }
  }

  /** One at a time: the next act is decided on what the last one made of the order. */
  function flush(): Promise<boolean> {
    const pending = readPending();
    if (!pending) return Promise.resolve(true);
    sending ??= send(pending).finally(() => {
      sending = null;
    });
    return sending;
  }

  return {
    load,
    flush: async () => void (await flush()),
    act(act) {
      if (readPending()) return Promise.resolve(false);
      keep.write(PENDING, JSON.stringify({ key: newId(), act }));
      return flush();
    },
    async call() {
      try {
        const number = await api.call<PrivacyNumber>('POST', '/field/calls', {
          token,
          body: { key: newId() },
        });
        await load();
        return number;
      } catch (error) {
        refuse(error);
        if (state.isOffline) change({ fault: 'unreachable' });
        return null;
      }
    },
    async upload(file) {
      change({ fault: null });
      try {
        const headers = { Authorization: `Bearer ${token}`, 'Content-Type': file.type };
        const response = await options.fetch('/field/photos', { method: 'POST', headers, body: file });
        const answer = (await response.json()) as { photo?: string };
        if (response.ok && answer.photo) return answer.photo;
        change({ fault: 'bad-photo' });
      } catch {
        change({ fault: 'unreachable' });
      }
      return null;
    },
  };
}
