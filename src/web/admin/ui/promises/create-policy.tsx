import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import { useId, useState } from 'react';
import { newPolicyText, policyPath } from '../../state/policy-rows';
import { useAdmin } from '../context';
import { useIdFault } from '../intents/create-intent';

interface CreateProps {
  isOpen: boolean;
  taken: string[];
  onDone: (id: string | null) => void;
}

const EMPTY = { id: '', zh: '', en: '' };

export function CreatePolicy({ isOpen, taken, onDone }: CreateProps) {
  const { client, words } = useAdmin();
  const { promises, dialogs, shell } = words;
  const [made, setMade] = useState(EMPTY);
  const own = useId();
  const fault = useIdFault()(made.id, taken);
  const isWhole = fault === null && Object.values(made).every((part) => part.trim() !== '');
  const fields = [
    ['zh', promises.nameZh],
    ['en', promises.nameEn],
  ] as const;
  function add(): void {
    const { id } = made;
    const text = newPolicyText({ id, zh: made.zh.trim(), en: made.en.trim() });
    client.store.dispatch({ type: 'edit', path: policyPath(id), text, what: 'create', at: Date.now() });
    setMade(EMPTY);
    onDone(id);
  }
  return (
    <Modal open={isOpen} title={promises.create} footer={null} onCancel={() => onDone(null)}>
      <form
        className="stacked"
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole) add();
        }}
      >
        <label htmlFor={`${own}i`}>{promises.id}</label>
        <Input
          id={`${own}i`}
          value={made.id}
          autoFocus
          onChange={({ target }) => setMade({ ...made, id: target.value.trim() })}
        />
        <p className={fault ? 'warn' : 'hint'}>{fault ?? promises.createHint}</p>
        {fields.map(([key, label]) => (
          <div key={key} className="stacked">
            <label htmlFor={own + key}>{label}</label>
            <Input
              id={own + key}
              value={made[key]}
              onChange={({ target }) => setMade({ ...made, [key]: target.value })}
            />
          </div>
        ))}
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
