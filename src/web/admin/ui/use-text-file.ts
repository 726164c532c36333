import { useCallback, useMemo } from 'react';
import type { ContentProblem } from '../../../contract/problem';
import { textOf } from '../state/bench';
import { mayEditFile } from '../state/own-places';
import { useAdmin, useAdminState, useBench, useNotice, useOwnPlaces } from './context';

/** A file of the draft as it is worked on. */
export interface TextFile {
  path: string;
  text: string;
  problems: ContentProblem[];
  canUndo: boolean;
  canRedo: boolean;
  /** False for what belongs to other places than one's own. */
  mayEdit: boolean;
  /** Takes the text that an edit makes; says so, and answers false, when the edit cannot be done. `what` joins a stretch of typing. */
  edit: (change: (text: string) => string, what: string) => boolean;
  undo: () => void;
  redo: () => void;
}

export function useTextFile(path: string): TextFile {
  const { client, words } = useAdmin();
  const say = useNotice();
  const text = useAdminState(({ bench }) => textOf(bench, path));
  const { histories, draft } = useBench();
  const { dispatch, read } = client.store;
  const edit = useCallback(
    (change: (text: string) => string, what: string): boolean => {
      try {
        const next = change(textOf(read().bench, path));
        dispatch({ type: 'edit', path, text: next, what, at: Date.now() });
        return textOf(read().bench, path) === next;
      } catch {
        // What an edit of text cannot do is done in the YAML.
        say(words.dialogs.notDone);
        return false;
      }
    },
    [dispatch, read, path, say, words],
  );
  const own = useOwnPlaces();
  const mayEdit = useMemo(() => mayEditFile(path, text, own), [path, text, own]);
  const history = histories[path];
  return {
    path,
    text,
    problems: (draft?.problems ?? []).filter(({ file }) => file === path),
    canUndo: (history?.past.length ?? 0) > 0,
    canRedo: (history?.future.length ?? 0) > 0,
    mayEdit,
    edit,
    undo: useCallback(() => dispatch({ type: 'undo', path }), [dispatch, path]),
    redo: useCallback(() => dispatch({ type: 'redo', path }), [dispatch, path]),
  };
}
