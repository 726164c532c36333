import { type ReactNode, useMemo, useState } from 'react';
import type { PreviewFacts } from '../../../../contract/content-preview';
import { dayOf } from '../../state/article-rows';
import { filesOf } from '../../state/bench';
import { placeNamesOf, servedIn, tablePath, tablesIn } from '../../state/table-rows';
import { useBench } from '../context';
import { ShownAt } from './shown-at';

const AREAS = 'intents/entities/areas.yaml';

/** What a preview needs of the tables that a text names, and the choice of place and day; nothing where it names none. */
export function useShownFacts(text: string): { facts?: PreviewFacts; choice: ReactNode } {
  const files = filesOf(useBench());
  const [place, setPlace] = useState<string | null>(null);
  const [day, setDay] = useState(() => dayOf(Date.now()));
  const areas = files[AREAS] ?? '';
  const places = useMemo(() => placeNamesOf(servedIn({ [AREAS]: areas })), [areas]);
  const names = tablesIn(text);
  if (names.length === 0) return { choice: null };
  const tables = Object.fromEntries(names.map((table) => [`${table}.csv`, files[tablePath(table)] ?? '']));
  return {
    facts: { tables, areas, place, day },
    choice: <ShownAt places={places} place={place} day={day} onPlace={setPlace} onDay={setDay} />,
  };
}
