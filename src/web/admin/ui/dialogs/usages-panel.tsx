import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useMemo, useState } from 'react';
import { findUsages, type Sought } from '../../../../dialogs/edit/usages';
import { filesOf } from '../../state/bench';
import { useAdmin, useBench } from '../context';
import { dialogIdOf } from './use-file';

interface UsagesProps {
  dialog: string;
  onOpen: (dialog: string, step: number | null) => void;
}

/** Where a dialog, slot, intent or article is spoken of, in all files. */
export function UsagesPanel({ dialog, onOpen }: UsagesProps) {
  const { dialogs } = useAdmin().words;
  const bench = useBench();
  const [sought, setSought] = useState<Sought>({ kind: 'dialog', name: dialog });
  const found = useMemo(
    () =>
      sought.name.trim() === '' ? [] : findUsages(filesOf(bench), { ...sought, name: sought.name.trim() }),
    [bench, sought],
  );
  const kinds = Object.entries(dialogs.usageKinds).map(([value, label]) => ({ value, label }));
  return (
    <div className="panel-body">
      <div className="usage-head">
        <Select
          aria-label={dialogs.usagesKind}
          value={sought.kind as string}
          options={kinds}
          onChange={(kind) => setSought({ ...sought, kind: kind as Sought['kind'] })}
        />
        <Input
          aria-label={dialogs.id}
          value={sought.name}
          onChange={({ target }) => setSought({ ...sought, name: target.value })}
        />
      </div>
      {found.length === 0 && <p className="quiet">{dialogs.noUsages}</p>}
      <ul className="usages">
        {found.map(({ file, line, path, text }) => (
          <li key={`${file}:${path}`}>
            <button
              type="button"
              onClick={() => {
                const place = /^steps\.(\d+)\./.exec(path)?.[1];
                const id = dialogIdOf(file);
                if (id !== null) onOpen(id, place === undefined ? null : Number(place));
              }}
            >
              <b>{file.replace(/^dialogs\//, '')}</b> {dialogs.line(line)}
              <code>{text.length > 80 ? `${text.slice(0, 80)}…` : text}</code>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
