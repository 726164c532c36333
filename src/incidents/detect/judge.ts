import type { BaseRates, Cell } from './base-rates';
import { commonRise, districtOf, type Surroundings } from './common-rise';
import { expectedReports } from './expected-reports';
import { type Finding, fewestOf, findCluster, limitOf, type Sighting } from './find-cluster';

/** What goes on around is judged by the last two hours. */
export const AROUND_MS = 2 * 3600_000;

/** A report as it is looked at. */
export interface Look {
  cell: Cell;
  now: number;
  /** Reports up to here were judged before: a dismissal, a recovery. */
  since: number;
  /** Counted reports of the cell, of the last four hours. */
  sightings: readonly Sighting[];
  /** Reports of the last two hours, over all symptoms, without those of the area itself. */
  around: { neighbours: number; all: number };
}

export type Judge = (look: Look) => Finding | null;

/** Judges reports by what is usual; made anew when that was learnt anew. */
export function createJudge(rates: BaseRates, hourOf: (at: number) => number): Judge {
  const perHour = new Map<string, number>();

  /** Of all symptoms of some areas; looked up again and again, so it is kept by its name. */
  function ring(name: string, areas: () => string[]) {
    return (_cell: unknown, hour: number): number => {
      const key = `${name} ${hour}`;
      const known = perHour.get(key);
      if (known !== undefined) return known;
      let sum = 0;
      for (const area of areas()) {
        for (const symptom of rates.symptoms) sum += rates.perHour({ area, symptom }, hour);
      }
      perHour.set(key, sum);
      return sum;
    };
  }

  function riseAround({ cell, now, around }: Look): number {
    const { area } = cell;
    const district = districtOf(area);
    const span = { from: now - AROUND_MS, to: now };
    const over = (name: string, areas: () => string[]) =>
      expectedReports({ perHour: ring(name, areas) }, cell, span, hourOf);
    const own = over(`area ${area}`, () => [area]);
    const near = over(`district ${district}`, () =>
      [...new Set([...rates.areas, area])].filter((each) => districtOf(each) === district),
    );
    const all = over('all', () => rates.areas);
    const rings: Surroundings[] = [
      { reported: around.neighbours, expected: Math.max(near - own, 0) },
      { reported: around.all, expected: Math.max(all - own, 0) },
    ];
    return commonRise(rings);
  }

  return (look) => {
    const { cell, now, since, sightings } = look;
    const rise = riseAround(look);
    const limit = limitOf(rates);
    const fewest = fewestOf(rates.weeks);
    const expectedIn = (windowMs: number) =>
      rise * expectedReports(rates, cell, { from: Math.max(now - windowMs, since), to: now }, hourOf);
    return findCluster(sightings, {
      now,
      since,
      limit,
      fewest,
      shape: rates.shape(cell, hourOf(now)),
      expectedIn,
    });
  };
}
