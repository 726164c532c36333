import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useState } from 'react';
import type { Path } from '../../../../../dialogs/edit/yaml-places';
import { useAdmin } from '../../context';
import { useLabel } from './fields';
import { Problems, useForm, useFormDialog } from './step-context';
import { useTyped } from './use-typed';

interface MapProps {
  path: Path;
  value: Record<string, string>;
  /** Its names are slots of the dialog. */
  isOfSlots?: boolean;
}

/** Expressions by their names. */
export function MapField({ path, value, isOfSlots = false }: MapProps) {
  const label = useLabel();
  return (
    <fieldset className="text-field">
      <legend>{label(String(path.at(-1)))}</legend>
      {Object.entries(value).map(([name, text]) => (
        <Row
          key={name}
          path={[...path, name]}
          name={name}
          text={text}
          isAlone={Object.keys(value).length === 1}
        />
      ))}
      <NewRow path={path} taken={Object.keys(value)} isOfSlots={isOfSlots} />
    </fieldset>
  );
}

function Row({
  path,
  name,
  text: value,
  isAlone,
}: {
  path: Path;
  name: string;
  text: string;
  isAlone: boolean;
}) {
  const { dialogs } = useAdmin().words;
  const { set } = useForm();
  const { text, type, flush } = useTyped(value, (next) => set(path, next));
  return (
    <div className="map-row">
      <code>{name}</code>
      <Input
        className="code"
        aria-label={name}
        value={text}
        spellCheck={false}
        onChange={({ target }) => type(target.value)}
        onBlur={flush}
      />
      <Button
        type="text"
        size="small"
        aria-label={dialogs.removePart(name)}
        disabled={isAlone}
        onClick={() => set(path, undefined)}
      >
        ✕
      </Button>
      <Problems path={path} />
    </div>
  );
}

function NewRow({ path, taken, isOfSlots }: { path: Path; taken: string[]; isOfSlots: boolean }) {
  const { words, settings } = useAdmin();
  const { set } = useForm();
  const dialog = useFormDialog();
  const [name, setName] = useState('');
  const add = (key: string) => {
    if (/^[A-Za-z]\w*$/.test(key) && !taken.includes(key)) set([...path, key], 'null');
    setName('');
  };
  const { addRow } = words.dialogs;
  if (!isOfSlots)
    return (
      <Input
        size="small"
        placeholder={addRow}
        aria-label={addRow}
        value={name}
        onChange={({ target }) => setName(target.value)}
        onPressEnter={() => add(name)}
        onBlur={() => add(name)}
      />
    );
  const options = Object.entries(dialog.slots)
    .filter(([slot]) => !taken.includes(slot))
    .map(([slot, { name: own }]) => ({ value: slot, label: `${own[settings.locale]} · ${slot}` }));
  return (
    <Select
      size="small"
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={addRow}
      aria-label={addRow}
      value={null}
      options={options}
      onChange={(slot: string | null) => slot !== null && add(slot)}
    />
  );
}
