import type { Draft, SavedDraft } from '../../../src/contract/content-editing';
import type { Answer, Call } from '../../../src/web/admin/client/answer';
import { createDraftSaver } from '../../../src/web/admin/client/draft-saver';
import { emptyAdmin, reduceAdmin } from '../../../src/web/admin/state/admin-state';
import { createStore } from '../../../src/web/staff/store';

const draft = (revision: number, text: string): Draft => ({
  base: 'v1',
  revision,
  files: { 'a.yaml': text },
  changed: [],
  problems: [],
  warnings: [],
  isBehind: false,
});
const isOk = <T>(value: unknown): Answer<T> => ({ ok: true, value: value as T });

function page(answer: (body: { revision: number }) => Answer<SavedDraft>) {
  const store = createStore(emptyAdmin, reduceAdmin);
  store.dispatch({ type: 'draft-read', draft: draft(1, 'old') });
  const bodies: { revision: number; changes: Record<string, string> }[] = [];
  const call: Call = async <T>(_method: string, _path: string, body?: unknown) => {
    bodies.push(body as (typeof bodies)[number]);
    return answer(body as { revision: number }) as Answer<T>;
  };
  const saver = createDraftSaver({ store, call });
  const type = (text: string) =>
    store.dispatch({ type: 'edit', path: 'a.yaml', text, what: 'yaml', at: bodies.length * 5000 });
  return { store, saver, bodies, type };
}

const savedAt = ({ revision }: { revision: number }) => isOk<SavedDraft>({ ...draft(revision + 1, '') });

describe('saving edits', () => {
  it('saves before the draft changes as a whole, and after that on what was read then', async () => {
    const { store, saver, bodies, type } = page(savedAt);
    type('first');
    let publish = () => {};
    const published = new Promise<void>((resolve) => {
      publish = resolve;
    });
    const turn = saver.inTurn(async (isSaved) => {
      expect(isSaved).toBe(true);
      type('typed meanwhile');
      await published;
      store.dispatch({ type: 'draft-read', draft: draft(7, 'first') });
    });
    const save = saver.save();
    publish();
    await turn;
    expect(await save).toBe(true);
    expect(bodies).toEqual([
      { revision: 1, changes: { 'a.yaml': 'first' } },
      { revision: 7, changes: { 'a.yaml': 'typed meanwhile' } },
    ]);
    expect(store.read().bench.saving).toBe('saved');
  });

  it('says to what changes the whole that the edits could not be saved, and goes on saving after a fault', async () => {
    const faulty = page(() => ({ ok: false, code: 'unavailable', answer: null }));
    faulty.type('first');
    expect(await faulty.saver.inTurn(async (isSaved) => isSaved)).toBe(false);
    const well = page(savedAt);
    well.type('first');
    await expect(well.saver.inTurn(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    well.type('second');
    expect(await well.saver.save()).toBe(true);
    expect(well.bodies.at(-1)?.changes).toEqual({ 'a.yaml': 'second' });
  });
});
