import { useMemo } from 'react';
import { filesOf } from '../../state/bench';
import { rowNames, tableIdOf } from '../../state/table-rows';
import { useAdmin, useBench, useOwnPlaces } from '../context';
import { ItemList } from '../item-list';
import { usePlace } from '../use-place';
import { CreateTable } from './create-table';
import { Ending } from './ending';
import { TableEditor } from './table-editor';
import { Unspoken } from './unspoken';

/** Prices, hours and outlets by place and day, and what of them runs out. */
export function TablesPage() {
  const { words, settings } = useAdmin();
  const { tables } = words;
  const [place, go] = usePlace();
  const bench = useBench();
  const own = useOwnPlaces();
  const texts = useMemo(() => filesOf(bench), [bench]);
  const items = useMemo(
    () =>
      Object.keys(texts)
        .sort()
        .flatMap((path) => {
          const id = tableIdOf(path);
          return id === null ? [] : [{ id, path, name: rowNames(id, texts[path] ?? '', settings.locale) }];
        }),
    [texts, settings.locale],
  );
  const open = items.find(({ id }) => id === place.open);
  const goTo = (id: string | null) => go({ open: id, step: null });
  return (
    <main className={`dialogs-page${open ? '' : ' shows-list with-overview'}`}>
      <ItemList
        items={items}
        open={place.open}
        onOpen={goTo}
        words={tables}
        creating={own === null ? (form) => <CreateTable {...form} /> : null}
      />
      {open ? (
        <TableEditor key={open.id} id={open.id} path={open.path} onClose={() => goTo(null)} />
      ) : (
        <div className="intents-overview">
          <h2>{tables.choose}</h2>
          <p className="quiet">{tables.chooseHint}</p>
          <Ending onOpen={goTo} />
          <Unspoken onOpen={goTo} />
        </div>
      )}
    </main>
  );
}
