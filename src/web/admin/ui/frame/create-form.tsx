import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import { type ReactNode, useId, useState } from 'react';
import { useAdmin } from '../context';
import { useIdFault } from './use-id-fault';

/** What makes something new with a file of its own. */
export interface Creating {
  isOpen: boolean;
  /** Ids that are given already. */
  taken: readonly string[];
  /** Told the id of what was made; null when nothing was. */
  onDone: (id: string | null) => void;
}

interface FormProps extends Creating {
  words: { create: string; createHint: string };
  /** True when all but the id is there. */
  isWhole: boolean;
  /** The file of what has this id. */
  write: (id: string) => { path: string; text: string };
  width?: number;
  children: ReactNode;
}

/** The form for something new: its id, and what else it needs. */
export function CreateForm({ isOpen, taken, onDone, words, isWhole, write, width, children }: FormProps) {
  const { client, words: all } = useAdmin();
  const [id, setId] = useState('');
  const own = useId();
  const fault = useIdFault()(id, taken);
  const canAdd = id !== '' && fault === null && isWhole;
  function add(): void {
    client.store.dispatch({ type: 'edit', ...write(id), what: 'create', at: Date.now() });
    setId('');
    onDone(id);
  }
  return (
    <Modal
      open={isOpen}
      title={words.create}
      footer={null}
      {...(width === undefined ? {} : { width })}
      onCancel={() => onDone(null)}
    >
      <form
        className="stacked"
        onSubmit={(event) => {
          event.preventDefault();
          if (canAdd) add();
        }}
      >
        <label htmlFor={own}>{all.dialogs.id}</label>
        <Input id={own} value={id} autoFocus onChange={({ target }) => setId(target.value.trim())} />
        <p className={fault ? 'warn' : 'hint'}>{fault ?? words.createHint}</p>
        {children}
        <div className="actions">
          <Button type="primary" htmlType="submit" disabled={!canAdd}>
            {all.dialogs.add}
          </Button>
          <Button onClick={() => onDone(null)}>{all.shell.cancel}</Button>
        </div>
      </form>
    </Modal>
  );
}

interface FieldsProps<T extends string> {
  labels: readonly (readonly [key: T, label: string])[];
  values: Readonly<Record<T, string>>;
  onChange: (key: T, value: string) => void;
}

/** Short texts that something new needs, one under another. */
export function TextFields<T extends string>({ labels, values, onChange }: FieldsProps<T>) {
  const own = useId();
  return labels.map(([key, label]) => (
    <div key={key} className="stacked">
      <label htmlFor={own + key}>{label}</label>
      <Input id={own + key} value={values[key]} onChange={({ target }) => onChange(key, target.value)} />
    </div>
  ));
}

/** True when nothing is left empty. */
export const areFilled = (values: Readonly<Record<string, string>>): boolean =>
  Object.values(values).every((value) => value.trim() !== '');
