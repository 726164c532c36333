import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useMemo, useState } from 'react';
import type { Locale } from '../../../../contract/activity';
import { filesOf } from '../../state/bench';
import { useAdmin, useBench } from '../context';
import { CreateDialog } from './create-dialog';
import { dialogIdOf } from './use-file';

interface Row {
  id: string;
  name: string;
  isChanged: boolean;
  problems: number;
}

/** The name as the file begins with it: no need to read the whole of fifty files. */
function nameIn(text: string, locale: Locale): string {
  const flow = /^name: *\{ *zh: *(.+?), *en: *(.+?) *\}/m.exec(text);
  const named = flow ? (locale === 'zh' ? flow[1] : flow[2]) : undefined;
  return (named ?? '').replace(/^["']|["']$/g, '');
}

export function DialogList({ open, onOpen }: { open: string | null; onOpen: (id: string) => void }) {
  const { words, settings } = useAdmin();
  const { dialogs } = words;
  const bench = useBench();
  const [sought, setSought] = useState('');
  const [isCreating, setIsCreating] = useState(false);
  const rows = useMemo((): Row[] => {
    const changed = new Set(bench.draft?.changed.map(({ path }) => path));
    return Object.entries(filesOf(bench)).flatMap(([path, text]): Row[] => {
      const id = dialogIdOf(path);
      if (id === null) return [];
      const problems = bench.draft?.problems.filter(({ file }) => file === path).length ?? 0;
      return [{ id, name: nameIn(text, settings.locale), isChanged: changed.has(path), problems }];
    });
  }, [bench, settings.locale]);
  const shown = rows.filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(sought.toLowerCase()));
  return (
    <nav className="dialog-list" aria-label={dialogs.list}>
      <div className="list-head">
        <Input
          value={sought}
          placeholder={dialogs.find}
          aria-label={dialogs.find}
          allowClear
          onChange={({ target }) => setSought(target.value)}
        />
        <Button onClick={() => setIsCreating(true)}>{dialogs.create}</Button>
      </div>
      {shown.length === 0 && <p className="quiet empty">{dialogs.none}</p>}
      <ul>
        {shown.map(({ id, name, isChanged, problems }) => (
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
                {isChanged && <span className="tag strong">{dialogs.changed}</span>}
                {problems > 0 && <span className="tag warn">{dialogs.problems(problems)}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <CreateDialog
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
