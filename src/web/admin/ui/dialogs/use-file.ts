import { useMemo, useRef } from 'react';
import type { ContentProblem } from '../../../../contract/problem';
import { readDialog } from '../../../../dialogs/edit/read-dialog';
import type { Dialog } from '../../../../dialogs/schema';
import { useBench } from '../context';
import { type TextFile, useTextFile } from '../use-text-file';

export const pathOf = (id: string): string => `dialogs/${id}.yaml`;

/** What is no dialog of its own among the files of the folder. */
const OTHERS = new Set(['patterns', 'refusals', 'danger', 'light-meaning', 'policies']);
export const dialogIdOf = (path: string): string | null => {
  const id = /^dialogs\/([^/]+)\.yaml$/.exec(path)?.[1];
  return id && !OTHERS.has(id) ? id : null;
};

/** A dialog's file as it is worked on: its text, what it means, and how it is changed. */
export interface DialogFile extends TextFile {
  /** As the text last made sense; null when it never did. */
  dialog: Dialog | null;
  isBroken: boolean;
  warnings: ContentProblem[];
}

export function useDialogFile(id: string): DialogFile {
  const path = pathOf(id);
  const file = useTextFile(path);
  const { draft } = useBench();
  const found = useMemo(() => readDialog(path, file.text), [path, file.text]);
  const last = useRef<{ path: string; dialog: Dialog | null }>({ path, dialog: null });
  if (found.dialog || last.current.path !== path) last.current = { path, dialog: found.dialog };
  return {
    ...file,
    dialog: last.current.dialog,
    isBroken: found.dialog === null,
    problems: found.problems.length > 0 ? found.problems : file.problems,
    warnings: (draft?.warnings ?? []).filter((each) => each.file === path),
  };
}
