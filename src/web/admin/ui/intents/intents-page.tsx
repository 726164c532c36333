import { useState } from 'react';
import { useAdmin } from '../context';
import { usePlace } from '../use-place';
import { IntentEditor, type IntentPanel } from './intent-editor';
import { IntentList } from './intent-list';
import { MeasurePanel } from './measure-panel';
import { useIntents } from './use-intents';
import { useMeasures } from './use-measures';

/** All intents, and the one that is open. */
export function IntentsPage() {
  const { intents } = useAdmin().words;
  const [place, go] = usePlace();
  const rows = useIntents();
  const measures = useMeasures();
  const [panel, setPanel] = useState<IntentPanel>('measure');
  const open = rows.find(({ id }) => id === place.open);
  const goTo = (id: string | null) => go({ open: id, step: null });
  return (
    <main className={`dialogs-page${open ? '' : ' shows-list'}`}>
      <IntentList intents={rows} open={place.open} onOpen={goTo} />
      {open ? (
        <IntentEditor
          key={open.id}
          intent={open}
          intents={rows}
          measures={measures}
          panel={panel}
          onPanel={setPanel}
          onOpen={goTo}
        />
      ) : (
        <div className="intents-overview">
          <h2>{intents.choose}</h2>
          <p className="quiet">{intents.chooseHint}</p>
          <MeasurePanel intents={rows} measures={measures} onOpen={goTo} />
        </div>
      )}
    </main>
  );
}
