import { useMemo } from 'react';
import { intentHead, intentIdOf } from '../../../../content/intents/edit-intents';
import { readDialog } from '../../../../dialogs/edit/read-dialog';
import { filesOf } from '../../state/bench';
import { useAdmin, useBench } from '../context';
import { dialogIdOf } from './use-file';

interface Option {
  value: string;
  label: string;
}

/** Every intent of the draft, to choose from. */
export function useIntentOptions(): Option[] {
  const { settings } = useAdmin();
  const bench = useBench();
  return useMemo(
    () =>
      Object.entries(filesOf(bench)).flatMap(([path, text]) => {
        const value = intentIdOf(path);
        return value === null ? [] : [{ value, label: `${intentHead(text)[settings.locale]} · ${value}` }];
      }),
    [bench, settings.locale],
  );
}

/** Those that open a dialog. */
export function useDialogIntents(): Option[] {
  const options = useIntentOptions();
  const bench = useBench();
  return useMemo(() => {
    const opening = new Set(
      Object.entries(filesOf(bench)).flatMap(([path, text]) =>
        dialogIdOf(path) === null || !/^intents:/m.test(text)
          ? []
          : (readDialog(path, text).dialog?.intents ?? []),
      ),
    );
    return options.filter(({ value }) => opening.has(value));
  }, [options, bench]);
}
