/** An hour of the week: 0 is Monday 0:00 to 1:00 in the operator's zone, 167 Sunday 23:00 to 24:00. */
export const HOURS = 168;

/** Where and of what: reports of one cell may belong together. */
export interface Cell {
  area: string;
  symptom: string;
}

/** How many reports a cell had in one hour of the week, over all of the history. */
export interface HourCount extends Cell {
  hour: number;
  count: number;
}

export interface History {
  counts: readonly HourCount[];
  /** For how many weeks each area has been watched. */
  weeksOf: ReadonlyMap<string, number>;
}

/** What is usual. */
export interface BaseRates {
  /** Reports to be expected in an hour of the week. */
  perHour(cell: Cell, hour: number): number;
  /** Shape of the gamma by which the rate of such an hour varies: the smaller, the less is certain. */
  shape(cell: Cell, hour: number): number;
  /** Reports to be expected in a week of an area that is like all, over all symptoms. */
  perAreaWeek: number;
  /** For how long there has been a history at all. */
  weeks: number;
  areas: string[];
  symptoms: string[];
}

/** Before anything is known: so many reports a week of an area and symptom, worth so many weeks of one area. */
const FIRST_PER_WEEK = 4;
const FIRST_WEEKS = 50;
/** Symptoms that customers tell apart, before any was reported. */
const FIRST_SYMPTOMS = 8;
/**
 * How much the rate of all weighs in an area's own, in reports; the same for its rhythm of the week. Both are shapes of
 * the gammas by which areas differ: their levels by 70% (1 / √2), their rhythms by 22%.
 */
const LEVEL_WEIGHT = 2;
const RHYTHM_WEIGHT = 20;
/** By this gamma the rate of an hour varies around what is known of it: variance = mean + mean² / 4. */
const SHAPE = 4;
/** Reports of a symptom at which its own rhythm counts as much as that of all symptoms. */
const SHAPE_WEIGHT = 800;
/** No hour is thought to be quieter than this share of the average hour. */
const QUIETEST = 0.05;

/** Before anything is known nights are quiet and evenings busy; worth so many reports. */
const FIRST_RHYTHM = Array.from({ length: HOURS }, (_, hour) => {
  const clock = hour % 24;
  if (clock < 7) return 0.3 / 24;
  return clock >= 17 && clock < 23 ? 2 / 24 : 0.95 / 24;
}).map((share) => share / 7);
const FIRST_RHYTHM_WEIGHT = 500;

const keyOf = ({ area, symptom }: Cell): string => `${area} ${symptom}`;
const sum = (values: Iterable<number>): number => [...values].reduce((all, each) => all + each, 0);
const at = (values: readonly number[], hour: number): number => values[(hour + HOURS) % HOURS] ?? 0;

function tally(counts: readonly HourCount[], nameOf: (count: HourCount) => string): Map<string, number[]> {
  const tallies = new Map<string, number[]>();
  for (const each of counts) {
    const name = nameOf(each);
    const hours = tallies.get(name) ?? new Array<number>(HOURS).fill(0);
    hours[each.hour] = at(hours, each.hour) + each.count;
    tallies.set(name, hours);
  }
  return tallies;
}

/** An hour together with its neighbours: the rhythm of people does not jump at the full hour. */
const smooth = (hours: readonly number[]): number[] =>
  hours.map((own, hour) => own / 2 + (at(hours, hour - 1) + at(hours, hour + 1)) / 4);

/** Shares of the week, which add up to 1; drawn towards `prior`, which weighs as much as so many reports. */
function shapeOf(hours: readonly number[], prior: readonly number[], weight: number): number[] {
  const all = sum(hours) + weight;
  const drawn = smooth(hours).map((own, hour) =>
    Math.max((own + weight * at(prior, hour)) / all, QUIETEST / HOURS),
  );
  const total = sum(drawn);
  return drawn.map((share) => share / total);
}

/**
 * Learns what is usual by area, symptom and hour of the week. An area's own counts are drawn towards what all areas
 * have, the more the less history it has: (own + w) / (expected + w) times the rate of all, the mean of a gamma
 * distribution after Poisson counts (Clayton and Kaldor, Empirical Bayes estimates of age-standardized relative risks
 * for use in disease mapping, Biometrics 43, 1987). First the level of the cell, then its rhythm over the week. What is
 * still uncertain of the two widens the distribution of the counts: squared coefficients of variation add up.
 */
export function learnRates({ counts, weeksOf }: History): BaseRates {
  const areaWeeks = sum(weeksOf.values()) + FIRST_WEEKS;
  const all = tally(counts, () => 'all').get('all') ?? new Array<number>(HOURS).fill(0);
  const ofAll = shapeOf(all, FIRST_RHYTHM, FIRST_RHYTHM_WEIGHT);
  const symptoms = new Map(
    [...tally(counts, ({ symptom }) => symptom)].map(([symptom, hours]) => [
      symptom,
      {
        perWeek: (sum(hours) + FIRST_PER_WEEK * FIRST_WEEKS) / areaWeeks,
        shape: shapeOf(hours, ofAll, SHAPE_WEIGHT),
      },
    ]),
  );
  const unheard = { perWeek: (FIRST_PER_WEEK * FIRST_WEEKS) / areaWeeks, shape: ofAll };
  const cells = new Map(
    [...tally(counts, keyOf)].map(([key, hours]) => [key, { hours: smooth(hours), count: sum(hours) }]),
  );
  const known = [...symptoms.values()].map(({ perWeek }) => perWeek);
  const rest = Math.max(FIRST_SYMPTOMS - known.length, 0) * unheard.perWeek;
  return {
    perAreaWeek: sum(known) + rest,
    weeks: Math.max(0, ...weeksOf.values()),
    areas: [...weeksOf.keys()],
    symptoms: [...symptoms.keys()],
    shape(cell, hour) {
      const own = cells.get(keyOf(cell));
      const level = (own?.count ?? 0) + LEVEL_WEIGHT;
      const rhythm = at(own?.hours ?? [], hour) + RHYTHM_WEIGHT;
      return 1 / (1 / SHAPE + 1 / level + 1 / rhythm);
    },
    perHour(cell, hour) {
      const { perWeek, shape } = symptoms.get(cell.symptom) ?? unheard;
      const weeks = weeksOf.get(cell.area) ?? 0;
      const own = cells.get(keyOf(cell));
      const level = (perWeek * ((own?.count ?? 0) + LEVEL_WEIGHT)) / (perWeek * weeks + LEVEL_WEIGHT);
      const usual = level * at(shape, hour);
      return (usual * (at(own?.hours ?? [], hour) + RHYTHM_WEIGHT)) / (usual * weeks + RHYTHM_WEIGHT);
    },
  };
}
