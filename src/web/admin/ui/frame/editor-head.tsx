import Button from 'antd/es/button';
import Popconfirm from 'antd/es/popconfirm';
import type { ReactNode } from 'react';
import { useAdmin } from '../context';
import type { TextFile } from '../use-text-file';
import { useUndoKeys } from './use-undo-keys';

interface HeadProps {
  name: string;
  id: string;
  file: TextFile;
  /** Where the way back of a phone leads to. */
  list: string;
  onClose: () => void;
  /** How the file is taken out of the draft; without it, it stays. */
  removing?: { name: string; hint: string; onRemoved?: () => void };
  /** Beside the name. */
  mark?: ReactNode;
  /** Before what removes it. */
  children?: ReactNode;
}

/** Over the editor of a file: what it is, the way back, undo and redo, and taking it out. */
export function EditorHead({ name, id, file, list, onClose, removing, mark, children }: HeadProps) {
  const { client, words } = useAdmin();
  const { dialogs } = words;
  const { path, text } = file;
  useUndoKeys(file);
  function remove(): void {
    client.store.dispatch({ type: 'edit', path, text: '', what: 'remove', at: Date.now() });
    removing?.onRemoved?.();
  }
  return (
    <header className="editor-head">
      <Button className="phone-only" type="text" onClick={onClose}>
        ← {list}
      </Button>
      <h2>{name}</h2>
      <code className="quiet">{id}</code>
      {mark}
      <span className="spring" />
      <Button size="small" disabled={!file.canUndo} title="Ctrl+Z" onClick={file.undo}>
        {dialogs.undo}
      </Button>
      <Button size="small" disabled={!file.canRedo} title="Ctrl+Y" onClick={file.redo}>
        {dialogs.redo}
      </Button>
      {children}
      {removing && (
        <Popconfirm title={removing.name} description={removing.hint} onConfirm={remove}>
          <Button size="small" danger disabled={text === ''}>
            {removing.name}
          </Button>
        </Popconfirm>
      )}
    </header>
  );
}
