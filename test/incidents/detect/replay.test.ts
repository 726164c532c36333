import { reportFigure, SEED, size } from '../../support/size';
import { createAreas, createDice, createWatch, HOUR, MONDAY, simulateWeek, WEEK } from './simulate';

const WEEKS = 52;
const DAY = 24 * HOUR;
/** How long a supervisor takes to dismiss a suspicion. */
const RULING_MS = 10 * 60_000;
const MINUTE = 60_000;

/** A year of normal days, from the first day on; the rates are learnt anew every day, as the worker does every hour. */
function replayYear(seed: number) {
  const dice = createDice(seed);
  const areas = createAreas(dice);
  const watch = createWatch(areas);
  const perWeek: number[] = [];
  for (let week = 0; week < WEEKS; week += 1) {
    let suspicions = 0;
    let day = -1;
    for (const report of simulateWeek(dice, areas, week)) {
      const today = Math.floor((report.at - MONDAY) / DAY);
      if (today !== day && (week < 4 || today % 7 === 0)) watch.learn(today / 7);
      day = today;
      if (!watch.take(report)) continue;
      suspicions += 1;
      watch.settle(report, report.at + RULING_MS);
    }
    perWeek.push(suspicions);
  }
  watch.learn(WEEKS);
  return { perWeek, dice, areas, watch };
}
type World = ReturnType<typeof replayYear>;

/** How many reports a real incident needs to be seen; customers report one every `gapMs` on average. */
function reportsNeeded(
  { watch, dice }: World,
  incident: { area: string; symptom: string; at: number; gapMs: number },
): number {
  const { area, symptom, gapMs } = incident;
  let now = incident.at;
  for (let n = 1; n <= 30; n += 1) {
    now -= Math.log(1 - dice.random()) * gapMs;
    if (watch.take({ area, symptom, at: now, customer: `c${n}` }, false)) return n;
  }
  return Number.POSITIVE_INFINITY;
}

const HOURS_OF = { night: 3, morning: 10, busy: 20 };
const SYMPTOMS = ['no-internet', 'slow-speed', 'tv', 'intermittent'];

/** Incidents at random in all kinds of areas, one after another; `gapOf` answers how far apart their reports are. */
function tryIncidents(
  world: World,
  { clock, count }: { clock: number; count: number },
  gapOf: (perDay: number) => number,
): number[] {
  const { dice, areas, watch } = world;
  return Array.from({ length: count }, (_, n) => {
    const forget = watch.branch();
    const { name: area, perDay } = areas[Math.floor(dice.random() * areas.length)] ?? { name: '', perDay: 1 };
    const at =
      MONDAY + (WEEKS + n) * WEEK + Math.floor(dice.random() * 7) * DAY + (clock + dice.random()) * HOUR;
    const symptom = SYMPTOMS[n % SYMPTOMS.length] ?? '';
    const needed = reportsNeeded(world, { area, symptom, at, gapMs: gapOf(perDay) });
    forget();
    return needed;
  }).sort((a, b) => a - b);
}

const shareByEighth = (needed: number[]): number => needed.filter((n) => n <= 8).length / needed.length;
const mean = (values: number[]): number => values.reduce((all, each) => all + each, 0) / values.length;

/** Whoever has more customers hears of an incident sooner: three minutes apart where there are three reports a day. */
const byCustomers = (perDay: number): number => (3 * MINUTE * 3) / Math.max(perDay, 1.5);

describe('a year of normal days, and incidents in it', () => {
  const count = size({ test: 100, prove: 1000 });
  for (let n = 0; n < size({ test: 1, prove: 5 }); n += 1) {
    it(`suspects falsely at most once a week per 100 areas and sees an incident by its eighth report (seed ${n})`, () => {
      const world = replayYear(SEED + n);
      const { perWeek } = world;
      const name = (what: string) => `incidents, seed ${n}: ${what}`;
      reportFigure(name('false suspicions a week per 100 areas, over a year'), mean(perWeek).toFixed(2));
      reportFigure(name('the same in its first week, without any history'), perWeek[0] ?? 0);
      expect(mean(perWeek)).toBeLessThanOrEqual(1);
      expect(mean(perWeek.slice(1))).toBeLessThanOrEqual(1);
      for (const [what, clock] of Object.entries(HOURS_OF)) {
        const needed = tryIncidents(world, { clock, count }, byCustomers);
        const median = needed[Math.floor(count / 2)];
        reportFigure(
          name(`reports until an incident is seen, ${what}, median and most`),
          `${median}, ${needed.at(-1)}`,
        );
        expect(needed.at(-1)).toBeLessThanOrEqual(8);
        for (const minutes of [3, 6]) {
          const share = shareByEighth(tryIncidents(world, { clock, count }, () => minutes * MINUTE));
          reportFigure(
            name(`seen by the eighth, ${what}, one report in ${minutes} min whatever the area`),
            share,
          );
          expect(share).toBeGreaterThan(0.95);
        }
      }
    });
  }
});
