import { useCallback, useMemo, useRef } from 'react';
import type { ContentProblem } from '../../../../contract/problem';
import { readDialog } from '../../../../dialogs/edit/read-dialog';
import type { Dialog } from '../../../../dialogs/schema';
import { textOf } from '../../state/bench';
import { useAdmin, useAdminState, useBench, useNotice } from '../context';

export const pathOf = (id: string): string => `dialogs/${id}.yaml`;

/** What is no dialog of its own among the files of the folder. */
const OTHERS = new Set(['patterns', 'refusals', 'danger', 'light-meaning', 'policies']);
export const dialogIdOf = (path: string): string | null => {
  const id = /^dialogs\/([^/]+)\.yaml$/.exec(path)?.[1];
  return id && !OTHERS.has(id) ? id : null;
};

/** A dialog's file as it is worked on: its text, what it means, and how it is changed. */
export interface DialogFile {
  path: string;
  text: string;
  /** As the text last made sense; null when it never did. */
  dialog: Dialog | null;
  isBroken: boolean;
  problems: ContentProblem[];
  warnings: ContentProblem[];
  canUndo: boolean;
  canRedo: boolean;
  /** Takes the text that an edit makes; says so when the edit cannot be done. `what` joins a stretch of typing. */
  edit: (change: (text: string) => string, what: string) => boolean;
  undo: () => void;
  redo: () => void;
}

export function useDialogFile(id: string): DialogFile {
  const { client, words } = useAdmin();
  const say = useNotice();
  const path = pathOf(id);
  const text = useAdminState(({ bench }) => textOf(bench, path));
  const { histories, draft } = useBench();
  const { dispatch, read } = client.store;
  const found = useMemo(() => readDialog(path, text), [path, text]);
  const last = useRef<{ path: string; dialog: Dialog | null }>({ path, dialog: null });
  if (found.dialog || last.current.path !== path) last.current = { path, dialog: found.dialog };
  const edit = useCallback(
    (change: (text: string) => string, what: string): boolean => {
      try {
        const next = change(textOf(read().bench, path));
        dispatch({ type: 'edit', path, text: next, what, at: Date.now() });
        return true;
      } catch {
        // What an edit of text cannot do is done in the YAML.
        say(words.dialogs.notDone);
        return false;
      }
    },
    [dispatch, read, path, say, words],
  );
  const ofFile = (list: ContentProblem[] = []) => list.filter(({ file }) => file === path);
  const history = histories[path];
  return {
    path,
    text,
    dialog: last.current.dialog,
    isBroken: found.dialog === null,
    problems: found.problems.length > 0 ? found.problems : ofFile(draft?.problems),
    warnings: ofFile(draft?.warnings),
    canUndo: (history?.past.length ?? 0) > 0,
    canRedo: (history?.future.length ?? 0) > 0,
    edit,
    undo: useCallback(() => dispatch({ type: 'undo', path }), [dispatch, path]),
    redo: useCallback(() => dispatch({ type: 'redo', path }), [dispatch, path]),
  };
}
