import { useMemo } from 'react';
import { filesOf } from '../../state/bench';
import { CALENDARS_PATH } from '../../state/calendar-rows';
import { policyRows } from '../../state/policy-rows';
import { useAdmin, useBench } from '../context';
import { FileEditor } from '../files/file-editor';
import { ItemList } from '../item-list';
import { usePlace } from '../use-place';
import { CalendarCard } from './calendar-card';
import { CreatePolicy } from './create-policy';
import { ForetellCard } from './foretell-card';
import { PolicyEditor } from './policy-editor';

const CALENDARS = 'calendars';

/** What is promised and by which calendars; when something would be due. */
export function PromisesPage() {
  const { words, settings } = useAdmin();
  const { promises } = words;
  const [place, go] = usePlace();
  const bench = useBench();
  const rows = useMemo(() => policyRows(filesOf(bench)), [bench]);
  const open = rows.find(({ id }) => id === place.open);
  const isCalendars = place.open === CALENDARS;
  const goTo = (id: string | null) => go({ open: id, step: null });
  const items = [
    { id: CALENDARS, path: CALENDARS_PATH, name: promises.calendars },
    ...rows.map(({ id, path, policy }) => ({
      id,
      path,
      name: policy?.name[settings.locale] ?? id,
      tag: policy ? promises.clocks[policy.clock] : undefined,
    })),
  ];
  return (
    <main className={`dialogs-page${open || isCalendars ? '' : ' shows-list with-overview'}`}>
      <ItemList
        items={items}
        open={place.open}
        onOpen={goTo}
        words={promises}
        creating={(form) => <CreatePolicy {...form} />}
      />
      {open ? (
        <PolicyEditor key={open.id} row={open} onClose={() => goTo(null)} />
      ) : isCalendars ? (
        <div className="calendars-editor">
          <FileEditor path={CALENDARS_PATH} onClose={() => goTo(null)} />
          <CalendarCard />
        </div>
      ) : (
        <div className="intents-overview">
          <h2>{promises.choose}</h2>
          <p className="quiet">{promises.chooseHint}</p>
          <ForetellCard />
          <CalendarCard />
        </div>
      )}
    </main>
  );
}
