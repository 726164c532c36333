import { useState } from 'react';
import { useAdmin } from '../context';
import { useTalk } from '../try-it/use-talk';
import { usePlace } from '../use-place';
import { DialogEditor, type Panel } from './dialog-editor';
import { DialogList } from './dialog-list';

/** All dialogs, and the one that is open. */
export function DialogsPage() {
  const { words } = useAdmin();
  const { dialogs } = words;
  const [place, go] = usePlace();
  // It goes on while one looks at another dialog.
  const talk = useTalk();
  const [panel, setPanel] = useState<Panel>('step');
  return (
    <main className={`dialogs-page${place.open === null ? ' shows-list' : ''}`}>
      <DialogList open={place.open} onOpen={(open) => go({ open, step: null })} />
      {place.open === null ? (
        <div className="admin-empty">
          <h2>{dialogs.choose}</h2>
          <p className="quiet">{dialogs.chooseHint}</p>
        </div>
      ) : (
        <DialogEditor
          key={place.open}
          id={place.open}
          step={place.step}
          go={go}
          talk={talk}
          panel={panel}
          onPanel={setPanel}
        />
      )}
    </main>
  );
}
