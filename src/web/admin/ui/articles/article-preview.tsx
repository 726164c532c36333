import { useMemo, useState } from 'react';
import type { PreviewFacts } from '../../../../contract/content-preview';
import { factsNamed } from '../../../../dialogs/tables/fact-texts';
import { dayOf } from '../../state/article-rows';
import { filesOf } from '../../state/bench';
import { placeNamesOf, servedIn, tablePath } from '../../state/table-rows';
import { useBench } from '../context';
import { ShownOnChannels } from '../dialogs/preview';
import { ShownAt } from '../tables/shown-at';

const AREAS = 'intents/entities/areas.yaml';
const PATTERNS = 'dialogs/patterns.yaml';

/** An answer as customers of a channel see it, by the code that sends it to them; its facts for a place and a day. */
export function ArticlePreview({ text }: { text: string }) {
  const files = filesOf(useBench());
  const [place, setPlace] = useState<string | null>(null);
  const [day, setDay] = useState(() => dayOf(Date.now()));
  const areas = files[AREAS] ?? '';
  const places = useMemo(() => placeNamesOf(servedIn({ [AREAS]: areas })), [areas]);
  const tables = [...new Set(factsNamed(text).map(({ table }) => table))];
  const facts: PreviewFacts = {
    tables: Object.fromEntries(tables.map((table) => [`${table}.csv`, files[tablePath(table)] ?? ''])),
    areas,
    place,
    day,
  };
  const asked = { article: text, patterns: files[PATTERNS] ?? '' };
  return (
    <div className="panel-body">
      {tables.length > 0 && (
        <ShownAt places={places} place={place} day={day} onPlace={setPlace} onDay={setDay} />
      )}
      <ShownOnChannels asked={tables.length > 0 ? { ...asked, facts } : asked} />
    </div>
  );
}
