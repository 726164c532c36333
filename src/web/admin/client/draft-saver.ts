import type { Draft, SavedDraft } from '../../../contract/content-editing';
import type { Store } from '../../staff/store';
import type { AdminEvent, AdminState } from '../state/admin-state';
import { unsavedOf } from '../state/bench';
import type { Call } from './answer';

interface Parts {
  store: Store<AdminState, AdminEvent>;
  call: Call;
}

/** So long after the last edit it is sent. */
const QUIET_MS = 500;
/** When the server was not reached. */
const AGAIN_MS = 3000;

export interface DraftSaver {
  /** Sends what is not saved yet at once; true when all is saved. */
  save(): Promise<boolean>;
  /**
   * Does what changes the draft on the server as a whole: told whether all was saved before, and with no save until it
   * is done, which would meet a draft that the page has not read yet.
   */
  inTurn<T>(work: (isSaved: boolean) => Promise<T>): Promise<T>;
}

/** Sends edits to the server as they are made, one save at a time. */
export function createDraftSaver({ store, call }: Parts): DraftSaver {
  const { dispatch, read } = store;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<unknown> = Promise.resolve();

  async function send(): Promise<boolean> {
    const { draft } = read().bench;
    const sent = unsavedOf(read().bench);
    if (!draft || read().bench.saving === 'conflict') return false;
    if (Object.keys(sent).length === 0) return true;
    dispatch({ type: 'sending' });
    const body = { revision: draft.revision, changes: sent };
    const answer = await call<SavedDraft>('PUT', '/admin/content/draft', body);
    if (answer.ok) {
      dispatch({ type: 'draft-saved', draft: answer.value, sent });
      return true;
    }
    if (answer.code === 'conflict') await findOther();
    else dispatch({ type: 'not-saved', fault: answer.code });
    return false;
  }

  /** Another page of the same person has saved meanwhile. */
  async function findOther(): Promise<void> {
    const other = await call<Draft>('GET', '/admin/content/draft');
    if (other.ok) dispatch({ type: 'draft-conflict', draft: other.value });
    else dispatch({ type: 'not-saved', fault: other.code });
  }

  function save(): Promise<boolean> {
    clearTimeout(timer);
    return after(send);
  }

  function inTurn<T>(work: (isSaved: boolean) => Promise<T>): Promise<T> {
    clearTimeout(timer);
    return after(async () => work(await send()));
  }

  function after<T>(next: () => Promise<T>): Promise<T> {
    const done = running.then(next);
    running = done.catch(() => undefined);
    return done;
  }

  store.subscribe(() => {
    const { bench, phase } = read();
    if (phase !== 'ready' || (bench.saving !== 'waiting' && bench.fault !== 'unreachable')) return;
    clearTimeout(timer);
    timer = setTimeout(() => void save(), bench.saving === 'failed' ? AGAIN_MS : QUIET_MS);
  });
  return { save, inTurn };
}
