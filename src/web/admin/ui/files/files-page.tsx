import { useMemo } from 'react';
import { filesOf } from '../../state/bench';
import { useAdmin, useBench } from '../context';
import { ItemList } from '../item-list';
import { usePlace } from '../use-place';
import { FileEditor } from './file-editor';
import { ImportFiles } from './import-files';

/** Every file of the draft as it is written; files from disk come in here. */
export function FilesPage() {
  const { words } = useAdmin();
  const { files } = words;
  const [place, go] = usePlace();
  const bench = useBench();
  const items = useMemo(
    () =>
      Object.keys(filesOf(bench))
        .sort()
        .map((path) => ({ id: path, path, name: path.slice(path.lastIndexOf('/') + 1) })),
    [bench],
  );
  const open = (path: string | null) => go({ open: path, step: null });
  return (
    <main className={`dialogs-page${place.open === null ? ' shows-list' : ''}`}>
      <ItemList
        items={items}
        open={place.open}
        onOpen={open}
        words={files}
        creating={({ isOpen, onDone }) => <ImportFiles isOpen={isOpen} onDone={onDone} />}
      />
      {place.open === null ? (
        <div className="admin-empty">
          <h2>{files.choose}</h2>
          <p className="quiet">{files.chooseHint}</p>
        </div>
      ) : (
        <FileEditor key={place.open} path={place.open} onClose={() => open(null)} />
      )}
    </main>
  );
}
