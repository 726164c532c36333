import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { type ReactNode, useState } from 'react';
import { useAdmin, useBench } from './context';
import type { Creating } from './frame/create-form';

/** Something with a file of its own in the draft. */
export interface Item {
  id: string;
  name: string;
  path: string;
  /** Beside its name, before what the list itself marks. */
  tag?: string;
}

interface ListProps {
  items: Item[];
  open: string | null;
  onOpen: (id: string) => void;
  words: { list: string; find: string; create: string; none: string };
  /** The form for a new one; told to be open, and telling which one it made. Without it nobody may add one. */
  creating: ((form: Creating) => ReactNode) | null;
}

/** What can be opened on the left of a page: looked for by name or id, marked when changed or with problems. */
export function ItemList({ items, open, onOpen, words, creating }: ListProps) {
  const { dialogs } = useAdmin().words;
  const { draft } = useBench();
  const [sought, setSought] = useState('');
  const [isCreating, setIsCreating] = useState(false);
  const changed = new Set(draft?.changed.map(({ path }) => path));
  const isSought = ({ id, name }: Item) => `${id} ${name}`.toLowerCase().includes(sought.toLowerCase());
  const shown = items.filter(isSought);
  return (
    <nav className="dialog-list" aria-label={words.list}>
      <div className="list-head">
        <Input
          value={sought}
          placeholder={words.find}
          aria-label={words.find}
          allowClear
          onChange={({ target }) => setSought(target.value)}
        />
        {creating && <Button onClick={() => setIsCreating(true)}>{words.create}</Button>}
      </div>
      {shown.length === 0 && <p className="quiet empty">{words.none}</p>}
      <ul>
        {shown.map(({ id, name, path, tag }) => {
          const problems = draft?.problems.filter(({ file }) => file === path).length ?? 0;
          return (
            <li key={id}>
              <button
                type="button"
                className={id === open ? 'dialog-row open' : 'dialog-row'}
                aria-current={id === open ? 'true' : undefined}
                onClick={() => onOpen(id)}
              >
                <b>{name || id}</b>
                <code className="row-id">{id}</code>
                <span className="tags">
                  {tag && <span className="tag">{tag}</span>}
                  {changed.has(path) && <span className="tag strong">{dialogs.changed}</span>}
                  {problems > 0 && <span className="tag warn">{dialogs.problems(problems)}</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {creating?.({
        isOpen: isCreating,
        taken: items.map(({ id }) => id),
        onDone: (id) => {
          setIsCreating(false);
          if (id !== null) onOpen(id);
        },
      })}
    </nav>
  );
}
