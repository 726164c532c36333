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

/** Sends edits to the server as they are made, one save at a time. */
export function createDraftSaver({ store, call }: Parts): { save(): Promise<boolean> } {
  const { dispatch, read } = store;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<boolean> | null = null;

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
    running = (running ?? Promise.resolve(true)).then(send);
    return running;
  }

  store.subscribe(() => {
    const { bench, phase } = read();
    if (phase !== 'ready' || (bench.saving !== 'waiting' && bench.fault !== 'unreachable')) return;
    clearTimeout(timer);
    timer = setTimeout(() => void save(), bench.saving === 'failed' ? AGAIN_MS : QUIET_MS);
  });
  return { save };
}
