import type { ContentProblem } from '../../contract/problem';
import type { FactTables } from '../../contract/tables';
import { endOf, seriesOf } from './check-spans';

/** The last day of a fact at a place: nobody has written what holds from then on. */
export interface FactEnding {
  file: string;
  line: number;
  key: string;
  place: string | null;
  until: string;
}

/** Every fact that runs out, by its last row. */
export const factEndings = ({ tables }: FactTables): FactEnding[] =>
  [...tables.values()].flatMap(({ name, rows }) =>
    seriesOf(rows).flatMap((series): FactEnding[] => {
      const last = series.reduce((a, b) => (endOf(b) >= endOf(a) ? b : a));
      const { key, place, until, line } = last;
      return until === null ? [] : [{ file: `dialogs/tables/${name}.csv`, line, key, place, until }];
    }),
  );

/** How long before its end a fact is spoken of. */
export const ENDING_DAYS = 30;
const DAY_MS = 24 * 3600 * 1000;

export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** What has run out by a day, and what will in the next thirty, soonest first. */
export function endingWarnings(endings: readonly FactEnding[], today: string): ContentProblem[] {
  const soon = daysAfter(today, ENDING_DAYS);
  return endings
    .filter(({ until }) => until <= soon)
    .sort((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0))
    .map(({ file, line, key, place, until }) => ({
      file,
      line,
      path: 'until',
      message: `"${place === null ? key : `${key} ${place}`}" ${until < today ? 'has run out' : 'runs out'} on ${until}`,
      remedy: 'write a row that holds afterwards, or take it out of the texts',
    }));
}
