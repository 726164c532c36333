import fc from 'fast-check';
import { type AppliedPolicy, type ClockEvent, type Periods, pauseReasons } from '../../src/contract/sla';
import { deadlineOf, momentOf } from '../../src/sla/deadline';
import { reportFigure, SEED, size } from '../support/size';
import { calendarOf, DAY, MINUTE, policyOf } from './build';
import { slowDeadline } from './reference';

const RUNS = size({ test: 250, prove: 10_000 });
const options = { seed: SEED, numRuns: RUNS };
/** Days around which something is odd: a year's end, holidays, clocks that are changed by an hour and by half of one. */
const SCENES: [string, string][] = [
  ['Asia/Shanghai', '2026-11-24T02:00Z'],
  ['Asia/Shanghai', '2026-02-12T08:00Z'],
  ['Asia/Shanghai', '2026-09-29T06:00Z'],
  ['Asia/Shanghai', '2025-12-30T12:00Z'],
  ['America/New_York', '2026-03-07T02:00Z'],
  ['America/New_York', '2026-10-31T02:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T00:00Z'],
  ['Africa/Cairo', '2026-04-23T00:00Z'],
];
const SPAN_MINUTES = 2 * 1440;
const HORIZON_MINUTES = 12 * 1440;

const periods: fc.Arbitrary<Periods> = fc
  .uniqueArray(fc.integer({ min: 0, max: 48 }), { minLength: 0, maxLength: 6 })
  .map((cuts) => cuts.sort((a, b) => a - b).map((cut) => cut * 30))
  .map((cuts) =>
    Array.from({ length: Math.floor(cuts.length / 2) }, (_, i): [number, number] => [
      cuts[2 * i] ?? 0,
      cuts[2 * i + 1] ?? 1440,
    ]),
  );

const policyIn = (timeZone: string): fc.Arbitrary<AppliedPolicy> =>
  fc
    .record({
      week: fc.array(periods, { minLength: 7, maxLength: 7 }),
      holidays: fc.constantFrom('none' as const, 'china' as const),
      onHoliday: periods,
      onMakeUpDay: periods,
      measure: fc.constantFrom('open' as const, 'open' as const, 'days' as const, 'working-days' as const),
      hours: fc.integer({ min: 1, max: 30 }),
      pauses: fc.uniqueArray(fc.constantFrom(...pauseReasons)),
      days: fc.dictionary(fc.constantFrom('2026-11-25', '2026-02-17', '2026-03-08', '2026-01-01'), periods),
    })
    .map(({ week, holidays, onHoliday, onMakeUpDay, measure, hours, pauses, days }) =>
      policyOf({
        measure,
        pauses,
        targetMs: measure === 'open' ? hours * 30 * MINUTE : (hours * DAY) / 12,
        calendar: calendarOf({ timeZone, week, holidays, onHoliday, onMakeUpDay, days }),
      }),
    );

const minute = fc.integer({ min: 0, max: SPAN_MINUTES });
type Later = { minute: number; make: (at: number) => ClockEvent };
const laterIn = (timeZone: string): fc.Arbitrary<Later> => {
  const by = 'agent:a';
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc.tuple(minute, fc.constantFrom(...pauseReasons)).map(([m, reason]) => ({
        minute: m,
        make: (at: number): ClockEvent => ({ type: 'paused', at, by, reason }),
      })),
    },
    {
      weight: 3,
      arbitrary: minute.map((m) => ({
        minute: m,
        make: (at: number): ClockEvent => ({ type: 'resumed', at, by }),
      })),
    },
    {
      weight: 1,
      arbitrary: minute.map((m) => ({
        minute: m,
        make: (at: number): ClockEvent => ({ type: 'disputed', at, by }),
      })),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(minute, fc.boolean()).map(([m, isUpheld]) => ({
        minute: m,
        make: (at: number): ClockEvent => ({ type: 'ruled', at, by, isUpheld }),
      })),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(minute, policyIn(timeZone)).map(([m, policy]) => ({
        minute: m,
        make: (at: number): ClockEvent => ({ type: 'policy-changed', at, policy }),
      })),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(minute, minute).map(([m, length]) => ({
        minute: m,
        make: (at: number): ClockEvent => ({ type: 'visit', at, endAt: at + length * MINUTE }),
      })),
    },
  );
};

const log: fc.Arbitrary<ClockEvent[]> = fc.constantFrom(...SCENES).chain(([timeZone, begin]) =>
  fc
    .tuple(policyIn(timeZone), minute, fc.array(laterIn(timeZone), { maxLength: 8 }))
    .map(([policy, after, later]) => {
      const at = Date.parse(begin) + after * MINUTE;
      const events = [...later].sort((a, b) => a.minute - b.minute);
      return [
        { type: 'started' as const, at, policy },
        ...events.map(({ minute: m, make }) => make(at + m * MINUTE)),
      ];
    }),
);

const isOpenAtAll = (events: ClockEvent[]): boolean =>
  events.every(
    (event) =>
      (event.type !== 'started' && event.type !== 'policy-changed') ||
      event.policy.measure === 'days' ||
      event.policy.calendar.week.some((each) => each.length > 0),
  );
const openLog = log.filter(isOpenAtAll);

/** Where a date is not 1440 minutes, a day's share may end within a minute. */
const isOfDays = (events: ClockEvent[]): boolean =>
  events.some(
    (event) =>
      (event.type === 'started' || event.type === 'policy-changed') &&
      event.policy.measure !== 'open' &&
      event.policy.calendar.timeZone !== 'Asia/Shanghai',
  );

describe('every deadline', () => {
  it('is what a count minute by minute finds, on random calendars, pauses, disputes and changes of policy', () => {
    let compared = 0;
    fc.assert(
      fc.property(openLog, (events) => {
        const slow = slowDeadline(events, HORIZON_MINUTES);
        const { dueAt } = deadlineOf(events, 0);
        if (slow === null) {
          const [first] = events;
          expect(dueAt === null || dueAt > (first?.at ?? 0) + HORIZON_MINUTES * MINUTE).toBe(true);
          return;
        }
        compared += 1;
        if (isOfDays(events)) expect(Math.abs((dueAt ?? 0) - slow)).toBeLessThanOrEqual(MINUTE);
        else expect(dueAt).toBe(slow);
      }),
      // Some deadlines lie beyond what is counted: the others must be as many as are promised.
      { ...options, numRuns: Math.ceil(RUNS * 1.3) },
    );
    expect(compared).toBeGreaterThanOrEqual(RUNS);
    reportFigure('deadlines equal to a minute-by-minute count', `${compared} cases within 12 days`);
  });

  it('lies after the start, at every percent, and rises with it', () => {
    fc.assert(
      fc.property(openLog, fc.integer({ min: 1, max: 99 }), (events, percent) => {
        const early = momentOf(events, percent);
        const due = momentOf(events, 100);
        const startAt = events[0]?.at ?? 0;
        if (early !== null) expect(early).toBeGreaterThanOrEqual(startAt);
        if (due !== null) expect(early).not.toBeNull();
        if (due !== null && early !== null) expect(due).toBeGreaterThanOrEqual(early);
      }),
      options,
    );
  });

  it('is never earlier for one more pause', () => {
    const reason = fc.constantFrom(...pauseReasons);
    fc.assert(
      fc.property(
        openLog,
        fc.uniqueArray(fc.integer({ min: 0, max: SPAN_MINUTES }), { minLength: 4, maxLength: 8 }),
        fc.array(reason, { minLength: 4, maxLength: 4 }),
        fc.constantFrom(50, 75, 100),
        (events, cuts, reasons, percent) => {
          const rest = events.filter(
            ({ type }) => !['paused', 'resumed', 'disputed', 'ruled'].includes(type),
          );
          const startAt = rest[0]?.at ?? 0;
          const times = [...cuts].sort((a, b) => a - b).map((cut) => startAt + cut * MINUTE);
          const pauses = Array.from({ length: Math.floor(times.length / 2) }, (_, i): ClockEvent[] => [
            { type: 'paused', at: times[2 * i] ?? 0, by: 'b', reason: reasons[i] ?? 'weather' },
            { type: 'resumed', at: times[2 * i + 1] ?? 0, by: 'b' },
          ]);
          const withPauses = (count: number) => {
            const [first, ...others] = rest;
            const later = [...others, ...pauses.slice(0, count).flat()].sort((a, b) => a.at - b.at);
            return momentOf(first ? [first, ...later] : later, percent) ?? Number.POSITIVE_INFINITY;
          };
          for (let count = 1; count <= pauses.length; count += 1)
            expect(withPauses(count)).toBeGreaterThanOrEqual(withPauses(count - 1));
        },
      ),
      options,
    );
  });
});
