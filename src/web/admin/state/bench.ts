import type { Draft, MergeConflict, SavedDraft } from '../../../contract/content-editing';
import { edited, type History, newHistory, redone, undone } from '../../../dialogs/edit/history';

/** The draft as it is worked on: what the server has, and every edit since, with the way back. Pure. */
export interface Bench {
  /** What the server says of the draft; null until it is read. */
  draft: SavedDraft | null;
  /** Every file as the server has it. */
  saved: Readonly<Record<string, string>>;
  /** Files that were edited here. An empty text stands for a file that is not there. */
  histories: Readonly<Record<string, History>>;
  saving: 'saved' | 'waiting' | 'sending' | 'failed' | 'conflict';
  /** What the save ran into; null when it went well. */
  fault: string | null;
  /** Another page's draft of the same person, which this page has not seen. */
  other: Draft | null;
  /** Files that two people changed in the same place, while they are being joined. */
  merging: { onto: string; conflicts: MergeConflict[] } | null;
}

export type BenchEvent =
  /** The server's draft, under what was typed here and is not saved. */
  | { type: 'draft-read'; draft: Draft }
  /** The server's draft, in place of all that was typed here. */
  | { type: 'draft-taken'; draft: Draft }
  | { type: 'edit'; path: string; text: string; what: string; at: number }
  | { type: 'undo'; path: string }
  | { type: 'redo'; path: string }
  | { type: 'sending' }
  | { type: 'draft-saved'; draft: SavedDraft; sent: Readonly<Record<string, string | null>> }
  | { type: 'not-saved'; fault: string }
  | { type: 'draft-conflict'; draft: Draft }
  | { type: 'keep-mine' }
  | { type: 'merging'; merging: Bench['merging'] };

export const emptyBench: Bench = {
  draft: null,
  saved: {},
  histories: {},
  saving: 'saved',
  fault: null,
  other: null,
  merging: null,
};

/** A file as it stands on this page; empty when it is not there. */
export const textOf = ({ histories, saved }: Bench, path: string): string =>
  histories[path]?.now ?? saved[path] ?? '';

/** Every file that is there. */
export function filesOf(bench: Bench): Record<string, string> {
  const own = Object.entries(bench.histories).map(([path, { now }]) => [path, now] as const);
  return Object.fromEntries(
    Object.entries({ ...bench.saved, ...Object.fromEntries(own) }).filter(([, text]) => text !== ''),
  );
}

/** What the server does not have yet; null for a file that goes. */
export function unsavedOf({ histories, saved }: Bench): Record<string, string | null> {
  const changed = Object.entries(histories).filter(([path, { now }]) => now !== (saved[path] ?? ''));
  return Object.fromEntries(changed.map(([path, { now }]) => [path, now === '' ? null : now]));
}

function takeDraft({ files, ...draft }: Draft): Bench {
  return { ...emptyBench, draft, saved: files };
}

/** What was typed while the draft was read stays; where the text under it has changed, its author is asked. */
function readUnder(bench: Bench, draft: Draft): Bench {
  const mine = Object.keys(unsavedOf(bench));
  if (mine.some((path) => (bench.saved[path] ?? '') !== (draft.files[path] ?? '')))
    return { ...bench, saving: 'conflict', other: draft };
  const kept = Object.entries(bench.histories).filter(([path]) => mine.includes(path));
  return asUnsaved({ ...takeDraft(draft), histories: Object.fromEntries(kept) });
}

/** Edits of this page that another page's draft does not have, put over it. */
function keepMine(bench: Bench, draft: Draft): Bench {
  const { files, ...rest } = draft;
  return { ...bench, draft: rest, saved: files, other: null, fault: null, saving: 'waiting' };
}

function takeSaved(bench: Bench, { draft, sent }: Extract<BenchEvent, { type: 'draft-saved' }>): Bench {
  const saved: Record<string, string> = { ...bench.saved };
  for (const [path, text] of Object.entries(sent)) {
    if (text === null) delete saved[path];
    else saved[path] = text;
  }
  return asUnsaved({ ...bench, draft, saved, fault: null });
}

/** What was typed and taken back before it was sent needs no save. */
const asUnsaved = (bench: Bench): Bench => ({
  ...bench,
  saving: Object.keys(unsavedOf(bench)).length > 0 ? 'waiting' : 'saved',
});

function change(bench: Bench, path: string, turn: (history: History) => History): Bench {
  const before = bench.histories[path] ?? newHistory(textOf(bench, path));
  const after = turn(before);
  if (after === before) return bench;
  const next = { ...bench, histories: { ...bench.histories, [path]: after } };
  return bench.saving === 'conflict' || bench.saving === 'sending' ? next : asUnsaved(next);
}

export function reduceBench(bench: Bench, event: BenchEvent): Bench {
  switch (event.type) {
    case 'draft-read':
      return readUnder(bench, event.draft);
    case 'draft-taken':
      return takeDraft(event.draft);
    case 'edit':
      return change(bench, event.path, (history) => edited(history, event.text, event.what, event.at));
    case 'undo':
      return change(bench, event.path, undone);
    case 'redo':
      return change(bench, event.path, redone);
    case 'sending':
      return { ...bench, saving: 'sending' };
    case 'draft-saved':
      return takeSaved(bench, event);
    case 'not-saved':
      return { ...bench, saving: 'failed', fault: event.fault };
    case 'draft-conflict':
      return { ...bench, saving: 'conflict', other: event.draft };
    case 'keep-mine':
      return bench.other ? keepMine(bench, bench.other) : bench;
    case 'merging':
      return { ...bench, merging: event.merging };
  }
}
