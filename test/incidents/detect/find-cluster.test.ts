import fc from 'fast-check';
import { findCluster, limitOf, WINDOWS_MS } from '../../../src/incidents/detect/find-cluster';

const NOW = Date.UTC(2026, 10, 24, 12);
const MINUTE = 60_000;
const options = {
  now: NOW,
  since: 0,
  limit: 5e-5,
  fewest: 4,
  shape: 4,
  expectedIn: (windowMs: number) => (windowMs / 3600_000) * 0.1,
};
const sightings = fc.array(
  fc.record({
    at: fc.integer({ min: NOW - 300 * MINUTE, max: NOW }),
    customer: fc.constantFrom(...'abcdefghijklmnop'),
  }),
  { maxLength: 30 },
);

describe('findCluster', () => {
  it('takes one customer for one, however often', () => {
    fc.assert(
      fc.property(sightings, fc.integer({ min: 1, max: 20 }), (some, times) => {
        const again = some.flatMap((each) => Array.from({ length: times }, () => each));
        expect(findCluster(again, options)).toEqual(findCluster(some, options));
      }),
    );
    const one = Array.from({ length: 50 }, (_, n) => ({ at: NOW - n * MINUTE, customer: 'a' }));
    expect(findCluster(one, options)).toBeNull();
  });

  it('never goes back on a suspicion for one report more', () => {
    fc.assert(
      fc.property(sightings, (some) => {
        const before = findCluster(some, options);
        const after = findCluster([...some, { at: NOW, customer: 'another' }], options);
        if (before) expect(after?.chance).toBeLessThanOrEqual(before.chance);
      }),
    );
  });

  it('needs four customers, however quiet it is, and names the least likely window', () => {
    const of = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ at: NOW - n * MINUTE, customer: `c${n}` }));
    const quiet = { ...options, expectedIn: () => 1e-6 };
    expect(findCluster(of(3), quiet)).toBeNull();
    expect(findCluster(of(4), quiet)).toMatchObject({ customers: 4 });
    expect(findCluster(of(8), options)).toMatchObject({ customers: 8, windowMs: WINDOWS_MS[0] });
  });

  it('counts nothing up to what was judged before', () => {
    fc.assert(
      fc.property(sightings, (some) => {
        expect(findCluster(some, { ...options, since: NOW })).toBeNull();
        const later = some.filter(({ at }) => at > NOW - 60 * MINUTE);
        const since = NOW - 60 * MINUTE;
        expect(findCluster(some, { ...options, since })).toEqual(findCluster(later, { ...options, since }));
      }),
    );
  });

  it('is the stricter the more is reported in a week, and before a first week is over', () => {
    const usual = limitOf({ perAreaWeek: 20, weeks: 1 });
    expect(usual).toBeCloseTo(1e-4, 10);
    expect(limitOf({ perAreaWeek: 40, weeks: 26 })).toBeCloseTo(usual / 2, 10);
    expect(limitOf({ perAreaWeek: 20, weeks: 0.5 })).toBeCloseTo(usual / 4, 10);
    expect(limitOf({ perAreaWeek: 20, weeks: 0 })).toBeGreaterThan(0);
  });
});
