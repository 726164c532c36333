import type { Cell, HourCount } from '../../../src/incidents/detect/base-rates';
import { HOURS, learnRates } from '../../../src/incidents/detect/base-rates';
import { districtOf } from '../../../src/incidents/detect/common-rise';
import { LOOK_BACK_MS } from '../../../src/incidents/detect/find-cluster';
import { AROUND_MS, createJudge, type Judge } from '../../../src/incidents/detect/judge';
import { seededRandom } from '../../support/size';

export const HOUR = 3600_000;
export const WEEK = HOURS * HOUR;
/** Monday 0:00; the simulated operator lives in UTC. */
export const MONDAY = Date.UTC(2026, 0, 5);
export const hourOf = (at: number): number => Math.floor((at - MONDAY) / HOUR) % HOURS;

/** Shares of the symptoms, added up. */
const SHARES: [string, number][] = [
  ['no-internet', 0.5],
  ['slow-speed', 0.7],
  ['tv', 0.82],
  ['intermittent', 0.92],
  ['wifi', 1],
];

export interface Report extends Cell {
  at: number;
  customer: string;
}

/** Random numbers of all kinds from one seed. */
export function createDice(seed: number) {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  function poisson(mean: number): number {
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    const floor = Math.exp(-mean);
    let n = 0;
    for (let product = random(); product > floor; product *= random()) n += 1;
    return n;
  }
  /** Of mean 1, for a whole shape: the sum of so many exponential numbers. */
  const gamma = (shape: number) =>
    Array.from({ length: shape }, () => -Math.log(1 - random())).reduce((a, b) => a + b, 0) / shape;
  return { random, normal, poisson, gamma };
}
export type Dice = ReturnType<typeof createDice>;

/** 100 areas in ten districts; some have fifteen reports a day, most two or three. */
export function createAreas(dice: Dice): { name: string; perDay: number }[] {
  return Array.from({ length: 100 }, (_, n) => ({
    name: `d-${Math.floor(n / 10)}-${n % 10}`,
    perDay: Math.min(15, Math.max(0.4, 2.4 * Math.exp(0.7 * dice.normal()))),
  }));
}

/** Nights are quiet, evenings busy, weekends busier. */
export function rhythmOf(hour: number): number {
  const day = Math.floor(hour / 24);
  const clock = hour % 24;
  const shape = 0.12 + Math.exp(-((clock - 20) ** 2) / 8) * 2.2 + Math.exp(-((clock - 11) ** 2) / 18) * 0.9;
  return (shape * (day >= 5 ? 1.25 : 1)) / 0.72;
}

/** Two evenings a week a storm triples the reports of one district for three hours. */
const isStormy = (storms: { district: string; from: number }[], area: string, at: number): boolean =>
  storms.some(({ district, from }) => districtOf(area) === district && at >= from && at < from + 3 * HOUR);

/** A week of normal days: rhythm, areas whose rate wanders from day to day (a gamma of shape 4 for six hours), storms. */
export function simulateWeek(dice: Dice, areas: { name: string; perDay: number }[], week: number): Report[] {
  const monday = MONDAY + week * WEEK;
  const storms = Array.from({ length: 2 }, () => ({
    district: `d-${Math.floor(dice.random() * 10)}`,
    from: monday + Math.floor(dice.random() * 7) * 24 * HOUR + 18 * HOUR,
  }));
  const reports: Report[] = [];
  for (const { name, perDay } of areas) {
    let mood = 1;
    for (let hour = 0; hour < HOURS; hour += 1) {
      const from = monday + hour * HOUR;
      if (hour % 6 === 0) mood = dice.gamma(4);
      const storm = isStormy(storms, name, from) ? 3 : 1;
      const count = dice.poisson((perDay / 24) * rhythmOf(hour) * mood * storm);
      for (let n = 0; n < count; n += 1) reports.push(randomReport(dice, name, from + dice.random() * HOUR));
    }
  }
  return reports.sort((a, b) => a.at - b.at);
}

export function randomReport(dice: Dice, area: string, at: number): Report {
  const draw = dice.random();
  const symptom = SHARES.find(([, upTo]) => draw < upTo)?.[0] ?? 'no-internet';
  return { area, symptom, at, customer: `${area}:${Math.floor(dice.random() * 3000)}` };
}

/** A detector that learns week by week and looks at each report as the worker does, without a database. */
export function createWatch(areas: { name: string }[]) {
  const counts = new Map<string, HourCount>();
  const recent = new Map<string, Report[]>();
  const silent = new Map<string, number>();
  let everywhere: Report[] = [];
  let judge: Judge;
  const keyOf = ({ area, symptom }: Cell) => `${area} ${symptom}`;
  return {
    learn(weeks: number): void {
      const weeksOf = new Map(areas.map(({ name }) => [name, weeks]));
      judge = createJudge(learnRates({ counts: [...counts.values()], weeksOf }), hourOf);
    },
    /** Reports of the future must not be known; `isLearnt` is false for those of an incident. */
    take(report: Report, isLearnt = true) {
      const key = keyOf(report);
      const now = report.at;
      const own = [...(recent.get(key) ?? []).filter(({ at }) => at > now - LOOK_BACK_MS), report];
      recent.set(key, own);
      everywhere = [...everywhere.filter(({ at }) => at > now - AROUND_MS), report];
      if (isLearnt) {
        const hour = hourOf(now);
        const count = counts.get(`${key} ${hour}`) ?? {
          area: report.area,
          symptom: report.symptom,
          hour,
          count: 0,
        };
        counts.set(`${key} ${hour}`, { ...count, count: count.count + 1 });
      }
      const others = everywhere.filter(({ area }) => area !== report.area);
      const district = districtOf(report.area);
      const around = {
        all: others.length,
        neighbours: others.filter(({ area }) => districtOf(area) === district).length,
      };
      return judge({ cell: report, now, since: silent.get(key) ?? 0, sightings: own, around });
    },
    /** A supervisor has decided on what was suspected. */
    settle: (cell: Cell, at: number) => silent.set(keyOf(cell), at),
    /** A copy of what is remembered, to try a cluster without a trace. */
    branch() {
      const before = { recent: new Map(recent), everywhere, silent: new Map(silent) };
      return () => {
        recent.clear();
        for (const [key, value] of before.recent) recent.set(key, value);
        everywhere = before.everywhere;
        silent.clear();
        for (const [key, value] of before.silent) silent.set(key, value);
      };
    },
  };
}
