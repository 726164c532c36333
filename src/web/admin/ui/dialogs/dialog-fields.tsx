import Select from 'antd/es/select';
import { useId, useMemo } from 'react';
import { setIn } from '../../../../dialogs/edit/edit-yaml';
import type { Dialog } from '../../../../dialogs/schema';
import { useAdmin } from '../context';
import { useLabel } from './form/fields';
import { FormProvider, Problems } from './form/step-context';
import { TextField } from './form/text-field';
import { useIntentOptions } from './use-dialog-intents';
import type { DialogFile } from './use-file';

/** In which order the parts of a dialog are written. */
const ORDER = ['id', 'name', 'intents', 'slots', 'samples', 'steps'];

/** The dialog itself: what it is called, and which intents open it. */
export function DialogFields({ file, dialog }: { file: DialogFile; dialog: Dialog }) {
  const { dialogs } = useAdmin().words;
  const form = useMemo(
    () => ({
      dialog,
      set: (path: readonly (string | number)[], value: unknown) =>
        void file.edit((text) => setIn(text, path, value, ORDER), `dialog.${path.join('.')}`),
      problemsAt: (path: readonly (string | number)[]) => {
        const place = path.join('.');
        return file.problems.filter((each) => each.path === place || each.path.startsWith(`${place}.`));
      },
    }),
    [dialog, file],
  );
  return (
    <FormProvider value={form}>
      <div className="panel-body">
        <p className="quiet">{dialogs.noStep}</p>
        <fieldset className="plain" disabled={file.isBroken}>
          <TextField path={['name']} value={dialog.name} />
          <OpeningIntents dialog={dialog} set={form.set} isBroken={file.isBroken} />
        </fieldset>
      </div>
    </FormProvider>
  );
}

interface OpeningProps {
  dialog: Dialog;
  set: (path: readonly (string | number)[], value: unknown) => void;
  isBroken: boolean;
}

function OpeningIntents({ dialog, set, isBroken }: OpeningProps) {
  const id = useId();
  const label = useLabel();
  const options = useIntentOptions();
  return (
    <div className="field">
      <label htmlFor={id}>{label('intents')}</label>
      <Select
        id={id}
        mode="multiple"
        disabled={isBroken}
        showSearch={{ optionFilterProp: 'label' }}
        value={dialog.intents}
        options={options}
        onChange={(next: string[]) => set(['intents'], next.length > 0 ? next : undefined)}
      />
      <Problems path={['intents']} />
    </div>
  );
}
