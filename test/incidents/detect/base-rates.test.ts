import fc from 'fast-check';
import { HOURS, type HourCount, learnRates } from '../../../src/incidents/detect/base-rates';
import { commonRise, districtOf } from '../../../src/incidents/detect/common-rise';
import { expectedReports } from '../../../src/incidents/detect/expected-reports';
import { hourOfWeek } from '../../../src/incidents/detect/hour-of-week';

const HOUR = 3600_000;
const cell = { area: 'a-1', symptom: 'tv' };
const weekOf = (rates: ReturnType<typeof learnRates>, of = cell): number =>
  Array.from({ length: HOURS }, (_, hour) => rates.perHour(of, hour)).reduce((a, b) => a + b, 0);
const every = (area: string, count: number): HourCount[] =>
  Array.from({ length: HOURS }, (_, hour) => ({ area, symptom: 'tv', hour, count }));

describe('learnRates', () => {
  it('gives an area without history the rate of all', () => {
    const weeksOf = new Map([
      ['a-1', 0],
      ...Array.from({ length: 9 }, (_, n): [string, number] => [`b-${n}`, 50]),
    ]);
    const counts = [...weeksOf.keys()].slice(1).flatMap((area) => every(area, 5));
    const rates = learnRates({ counts, weeksOf });
    expect(weekOf(rates)).toBeCloseTo((9 * 5 * HOURS + 200) / (9 * 50 + 50), 0);
    expect(rates.shape(cell, 0)).toBeLessThan(rates.shape({ area: 'b-1', symptom: 'tv' }, 0));
  });

  it('comes to an area’s own counts as its history grows, between its own and that of all meanwhile', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 40 }), (count, weeks) => {
        const weeksOf = new Map([
          ['a-1', weeks],
          ['b-1', 50],
        ]);
        const counts = [...every('a-1', count * weeks), ...every('b-1', 100)];
        const rates = learnRates({ counts, weeksOf });
        const own = count * HOURS;
        const all = weekOf(rates, { area: 'c-1', symptom: 'tv' });
        const week = weekOf(rates);
        expect(week).toBeGreaterThanOrEqual(Math.min(own, all) * 0.9);
        expect(week).toBeLessThanOrEqual(Math.max(own, all) * 1.1);
      }),
    );
  });

  it('learns the rhythm of the week and never takes an hour for dead', () => {
    const counts = [
      { ...cell, hour: 20, count: 500 },
      { ...cell, hour: 40, count: 10 },
    ];
    const rates = learnRates({ counts, weeksOf: new Map([['a-1', 20]]) });
    expect(rates.perHour(cell, 20)).toBeGreaterThan(20 * rates.perHour(cell, 44));
    expect(
      Math.min(...Array.from({ length: HOURS }, (_, hour) => rates.perHour(cell, hour))),
    ).toBeGreaterThan(0);
  });
});

describe('expectedReports', () => {
  it('adds up over any cut of a span', () => {
    const rates = { perHour: (_: unknown, hour: number) => 1 + hour };
    const hourOf = (at: number) => hourOfWeek(at, 'Asia/Shanghai');
    const moment = fc.integer({ min: 0, max: 10 * HOUR });
    fc.assert(
      fc.property(moment, moment, moment, (a, b, c) => {
        const [from = 0, cut = 0, to = 0] = [a, b, c].sort((x, y) => x - y);
        const over = (start: number, end: number) =>
          expectedReports(rates, cell, { from: start, to: end }, hourOf);
        expect(over(from, cut) + over(cut, to)).toBeCloseTo(over(from, to), 6);
      }),
    );
  });
});

describe('what is around', () => {
  it('knows the hour of the week in the zone of the operator', () => {
    expect(hourOfWeek(Date.UTC(2026, 10, 22, 16, 30), 'Asia/Shanghai')).toBe(0);
    expect(hourOfWeek(Date.UTC(2026, 10, 22, 15, 59), 'Asia/Shanghai')).toBe(167);
  });

  it('puts a rise down to what all share, within bounds', () => {
    expect(commonRise([{ reported: 0, expected: 5 }])).toBe(1);
    expect(
      commonRise([
        { reported: 9, expected: 3 },
        { reported: 40, expected: 30 },
      ]),
    ).toBe(2);
    expect(commonRise([{ reported: 300, expected: 3 }])).toBe(4);
    expect(districtOf('nj-gl-01')).toBe('nj-gl');
    expect(districtOf('town')).toBe('town');
  });
});
