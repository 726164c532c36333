import Button from 'antd/es/button';
import Checkbox from 'antd/es/checkbox';
import Input from 'antd/es/input';
import { useMemo, useState } from 'react';
import { addSlot, removeSlot, renameSlot, setSlotPart } from '../../../../dialogs/edit/edit-slots';
import type { Dialog, Slot } from '../../../../dialogs/schema';
import { filesOf } from '../../state/bench';
import { useAdmin } from '../context';
import { ChoiceField, LineField } from './form/fields';
import { FormProvider } from './form/step-context';
import { TextField } from './form/text-field';
import { type DialogFile, dialogIdOf } from './use-file';

const ENTITIES = [
  'text',
  'phone',
  'broadband-account',
  'address',
  'datetime',
  'order-number',
  'light',
  'speed',
  'amount',
  'duration',
  'count',
  'person',
  'plan',
  'ssid',
  'id-card',
  'one-time-code',
];

/** What the dialog has to know. */
export function SlotsPanel({ file, dialog }: { file: DialogFile; dialog: Dialog }) {
  const { dialogs } = useAdmin().words;
  const [name, setName] = useState('');
  const add = () => {
    if (file.edit((text) => addSlot(text, name.trim(), name.trim(), name.trim()), 'add-slot')) setName('');
  };
  return (
    <div className="panel-body">
      {Object.entries(dialog.slots).map(([each, slot]) => (
        <OneSlot key={each} name={each} slot={slot} file={file} dialog={dialog} />
      ))}
      <form
        className="new-slot"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Input
          value={name}
          aria-label={dialogs.slotName}
          placeholder={dialogs.slotName}
          onChange={({ target }) => setName(target.value)}
        />
        <Button htmlType="submit" disabled={file.isBroken || name.trim() === ''}>
          {dialogs.addSlot}
        </Button>
      </form>
    </div>
  );
}

interface SlotProps {
  name: string;
  slot: Slot;
  file: DialogFile;
  dialog: Dialog;
}

function OneSlot({ name, slot, file, dialog }: SlotProps) {
  const { client, words, settings } = useAdmin();
  const { dialogs, keys } = words;
  /** A shared slot means the same everywhere: it is renamed in every dialog that shares it. */
  function renameAll(next: string): void {
    if (!file.edit((text) => renameSlot(text, name, next), `rename ${name}`) || !slot.isShared) return;
    for (const [path, text] of Object.entries(filesOf(client.store.read().bench))) {
      if (path === file.path || dialogIdOf(path) === null || !text.includes(name)) continue;
      try {
        const renamed = renameSlot(text, name, next);
        client.store.dispatch({ type: 'edit', path, text: renamed, what: `rename ${name}`, at: Date.now() });
      } catch {
        // It has no slot of this name, or makes no sense at the moment: the problems will say so.
      }
    }
  }
  // Not while it is being typed: every letter would be a name of its own.
  const [wanted, setWanted] = useState(name);
  const rename = () => {
    if (wanted.trim() !== name) renameAll(wanted.trim());
  };
  const form = useMemo(
    () => ({
      dialog,
      set: (path: readonly (string | number)[], value: unknown) =>
        void file.edit((text) => setSlotPart(text, name, path, value), `slot ${name}.${path.join('.')}`),
      problemsAt: (path: readonly (string | number)[]) =>
        file.problems.filter((problem) => problem.path === ['slots', name, ...path].join('.')),
    }),
    [dialog, file, name],
  );
  const options = [...ENTITIES, ...(slot.entity && !ENTITIES.includes(slot.entity) ? [slot.entity] : [])];
  return (
    <FormProvider value={form}>
      <details className="option">
        <summary>
          {slot.name[settings.locale]} · <code>{name}</code>
        </summary>
        <fieldset className="plain" disabled={file.isBroken}>
          <div className="field">
            <label htmlFor={`slot-${name}`}>{dialogs.slotName}</label>
            <Input
              id={`slot-${name}`}
              className="code"
              value={wanted}
              onChange={({ target }) => setWanted(target.value)}
              onPressEnter={rename}
              onBlur={rename}
            />
          </div>
          <TextField path={['name']} value={slot.name} />
          <ChoiceField
            path={['entity']}
            value={slot.entity}
            options={options.map((value) => ({ value, label: value }))}
            isOptional
          />
          <LineField path={['accept']} value={slot.accept} isCode />
          <Checkbox
            checked={slot.isShared}
            onChange={({ target }) => form.set(['isShared'], target.checked ? true : undefined)}
          >
            {keys.isShared?.[0]}
          </Checkbox>
          <Button danger size="small" onClick={() => file.edit((text) => removeSlot(text, name), 'slot')}>
            {dialogs.removeSlot}
          </Button>
        </fieldset>
      </details>
    </FormProvider>
  );
}
