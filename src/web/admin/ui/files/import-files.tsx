import Button from 'antd/es/button';
import Modal from 'antd/es/modal';
import { useId, useState } from 'react';
import { CONTENT_LIMITS } from '../../../../content/limits';
import { placeImport } from '../../../../content/place-import';
import { filesOf } from '../../state/bench';
import { useAdmin, useNotice } from '../context';

type Kind = 'added' | 'changed' | 'same' | 'unplaced';
interface Chosen {
  name: string;
  /** Null when it has no place. */
  path: string | null;
  text: string;
  kind: Kind;
  isTooLong: boolean;
}

interface ImportProps {
  isOpen: boolean;
  onDone: (path: string | null) => void;
}

/** Files from disk into the draft: what each would change is said before it does. */
export function ImportFiles({ isOpen, onDone }: ImportProps) {
  const { client, words } = useAdmin();
  const { files, shell } = words;
  const say = useNotice();
  const id = useId();
  const [chosen, setChosen] = useState<Chosen[]>([]);
  const wanted = chosen.filter(
    ({ kind, isTooLong }) => !isTooLong && (kind === 'added' || kind === 'changed'),
  );
  const leave = (path: string | null) => {
    setChosen([]);
    onDone(path);
  };
  async function choose(list: FileList | null): Promise<void> {
    const known = filesOf(client.store.read().bench);
    setChosen(await Promise.all([...(list ?? [])].map((file) => readChosen(file, known))));
  }
  function put(): void {
    for (const { path, text } of wanted)
      if (path !== null) client.store.dispatch({ type: 'edit', path, text, what: 'import', at: Date.now() });
    say(files.imported(wanted.length));
    leave(wanted[0]?.path ?? null);
  }
  return (
    <Modal open={isOpen} title={files.importTitle} footer={null} width={640} onCancel={() => leave(null)}>
      <div className="stacked">
        <label htmlFor={id} className="hint">
          {files.importHint}
        </label>
        <input
          id={id}
          type="file"
          multiple
          accept=".yaml,.yml,.md,.csv"
          aria-label={files.pick}
          onChange={({ target }) => void choose(target.files)}
        />
        <ul className="import-list">
          {chosen.map(({ name, path, kind, isTooLong }) => (
            <li key={name}>
              <span className={kind === 'unplaced' || isTooLong ? 'tag warn' : 'tag'}>
                {files.kinds[kind]}
              </span>{' '}
              <code>{path ?? name}</code>
              {kind === 'unplaced' && <p className="warn">{files.unplacedHint}</p>}
              {isTooLong && <p className="warn">{files.tooLong(CONTENT_LIMITS.fileChars)}</p>}
            </li>
          ))}
        </ul>
        <div className="actions">
          <Button type="primary" disabled={wanted.length === 0} onClick={put}>
            {files.put(wanted.length)}
          </Button>
          <Button onClick={() => leave(null)}>{shell.cancel}</Button>
        </div>
      </div>
    </Modal>
  );
}

async function readChosen(file: File, known: Readonly<Record<string, string>>): Promise<Chosen> {
  const name = file.webkitRelativePath || file.name;
  // Bytes are at least characters: what is too long is not read.
  if (file.size > 4 * CONTENT_LIMITS.fileChars)
    return { name, path: null, text: '', kind: 'unplaced', isTooLong: true };
  const text = await file.text();
  const path = placeImport(name, text, Object.keys(known));
  const before = path === null ? undefined : known[path];
  const kind =
    path === null ? 'unplaced' : before === undefined ? 'added' : before === text ? 'same' : 'changed';
  return { name, path, text, kind, isTooLong: text.length > CONTENT_LIMITS.fileChars };
}
