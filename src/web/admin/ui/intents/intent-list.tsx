import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import { useAdmin, useBench } from '../context';
import { CreateIntent } from './create-intent';
import type { IntentRow } from './use-intents';

interface ListProps {
  intents: IntentRow[];
  open: string | null;
  onOpen: (id: string) => void;
}

/** Every intent with how many examples it has. */
export function IntentList({ intents: rows, open, onOpen }: ListProps) {
  const { words } = useAdmin();
  const { intents, dialogs } = words;
  const { draft } = useBench();
  const [sought, setSought] = useState('');
  const [isCreating, setIsCreating] = useState(false);
  const changed = new Set(draft?.changed.map(({ path }) => path));
  const shown = rows.filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(sought.toLowerCase()));
  return (
    <nav className="dialog-list" aria-label={intents.list}>
      <div className="list-head">
        <Input
          value={sought}
          placeholder={intents.find}
          aria-label={intents.find}
          allowClear
          onChange={({ target }) => setSought(target.value)}
        />
        <Button onClick={() => setIsCreating(true)}>{intents.create}</Button>
      </div>
      {shown.length === 0 && <p className="quiet empty">{intents.none}</p>}
      <ul>
        {shown.map(({ id, path, name, rows: examples }) => {
          const problems = draft?.problems.filter(({ file }) => file === path).length ?? 0;
          return (
            <li key={id}>
              <button
                type="button"
                className={id === open ? 'dialog-row open' : 'dialog-row'}
                aria-current={id === open ? 'true' : undefined}
                onClick={() => onOpen(id)}
              >
                <b>{name}</b>
                <code className="row-id">{id}</code>
                <span className="tags">
                  <span className="tag">{intents.count(examples.length)}</span>
                  {changed.has(path) && <span className="tag strong">{dialogs.changed}</span>}
                  {problems > 0 && <span className="tag warn">{dialogs.problems(problems)}</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <CreateIntent
        isOpen={isCreating}
        taken={rows.map(({ id }) => id)}
        onDone={(id) => {
          setIsCreating(false);
          if (id !== null) onOpen(id);
        }}
      />
    </nav>
  );
}
