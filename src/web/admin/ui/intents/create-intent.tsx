import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import Select from 'antd/es/select';
import { useId, useState } from 'react';
import { intentPath, type NewIntent, newIntentText } from '../../../../content/intents/edit-intents';
import { useAdmin } from '../context';

interface CreateProps {
  isOpen: boolean;
  taken: string[];
  onDone: (id: string | null) => void;
}

const EMPTY: NewIntent = { id: '', zh: '', en: '', role: 'concern', examples: { zh: '', en: '' } };

/** Whether an id may be given: null when it may. */
export function useIdFault(): (id: string, taken: readonly string[]) => string | null {
  const { dialogs, intents } = useAdmin().words;
  return (id, taken) => {
    if (id === '') return null;
    if (!/^[a-z][a-z0-9-]*$/.test(id)) return dialogs.badId;
    return taken.includes(id) ? intents.taken : null;
  };
}

export function CreateIntent({ isOpen, taken, onDone }: CreateProps) {
  const { client, words } = useAdmin();
  const { dialogs, intents, shell } = words;
  const [made, setMade] = useState(EMPTY);
  const own = useId();
  const fault = useIdFault()(made.id, taken);
  const set = (part: Partial<NewIntent>) => setMade((before) => ({ ...before, ...part }));
  const parts = [made.id, made.zh, made.en, made.examples.zh, made.examples.en];
  const isWhole = fault === null && parts.every((part) => part.trim() !== '');
  function add(): void {
    const { id, zh, en, role, examples } = made;
    const text = newIntentText({
      id,
      zh: zh.trim(),
      en: en.trim(),
      role,
      examples: { zh: examples.zh.trim(), en: examples.en.trim() },
    });
    client.store.dispatch({ type: 'edit', path: intentPath(id), text, what: 'create', at: Date.now() });
    setMade(EMPTY);
    onDone(id);
  }
  const fields: [name: string, label: string, value: string, take: (value: string) => void][] = [
    ['z', dialogs.nameZh, made.zh, (zh) => set({ zh })],
    ['e', dialogs.nameEn, made.en, (en) => set({ en })],
    ['fz', intents.firstZh, made.examples.zh, (zh) => set({ examples: { ...made.examples, zh } })],
    ['fe', intents.firstEn, made.examples.en, (en) => set({ examples: { ...made.examples, en } })],
  ];
  return (
    <Modal open={isOpen} title={intents.create} footer={null} onCancel={() => onDone(null)}>
      <form
        className="stacked"
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole) add();
        }}
      >
        <label htmlFor={`${own}i`}>{dialogs.id}</label>
        <Input
          id={`${own}i`}
          value={made.id}
          autoFocus
          onChange={({ target }) => set({ id: target.value.trim() })}
        />
        <p className={fault ? 'warn' : 'hint'}>{fault ?? dialogs.createHint}</p>
        {fields.map(([name, label, value, take]) => (
          <div key={name} className="stacked">
            <label htmlFor={own + name}>{label}</label>
            <Input id={own + name} value={value} onChange={({ target }) => take(target.value)} />
          </div>
        ))}
        <label htmlFor={`${own}r`}>{intents.role}</label>
        <Select
          id={`${own}r`}
          value={made.role}
          options={(['concern', 'answer'] as const).map((value) => ({ value, label: intents.roles[value] }))}
          onChange={(role) => set({ role })}
        />
        <div className="actions">
          <Button type="primary" htmlType="submit" disabled={!isWhole}>
            {dialogs.add}
          </Button>
          <Button onClick={() => onDone(null)}>{shell.cancel}</Button>
        </div>
      </form>
    </Modal>
  );
}
