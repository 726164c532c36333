import { createContext, useContext } from 'react';
import type { Path } from '../../../../../dialogs/edit/yaml-places';
import type { Dialog } from '../../../../../dialogs/schema';
import { problemWords } from '../../../state/problem-words';
import { useAdmin } from '../../context';

/** The part of the file that a form changes, and what is wrong with it. */
export interface FormPlace {
  /** The dialog that it belongs to; null where a form changes something else. */
  dialog: Dialog | null;
  /** Puts a value at a path below the part; undefined takes it away. */
  set: (path: Path, value: unknown) => void;
  /** Problems of a path and of all below it, to be shown where they are. */
  problemsAt: (path: Path) => { message: string; remedy: string; file: string; line: number; path: string }[];
}

const FormContext = createContext<FormPlace | null>(null);
export const FormProvider = FormContext;

export function useForm(): FormPlace {
  const form = useContext(FormContext);
  if (!form) throw new Error('a field is drawn outside of a form');
  return form;
}

/** For fields that choose among the steps or slots of a dialog. */
export function useFormDialog(): Dialog {
  const { dialog } = useForm();
  if (!dialog) throw new Error('a field of dialogs is drawn in another form');
  return dialog;
}

/** What is wrong at a path, in words. */
export function Problems({ path }: { path: Path }) {
  const { settings } = useAdmin();
  const found = useForm().problemsAt(path);
  return found.map((problem) => (
    <p key={problem.path + problem.message} className="field-problem warn" role="alert">
      {problemWords(problem, settings.locale)}
    </p>
  ));
}
