import fc from 'fast-check';
import { tailChance } from '../../../src/incidents/detect/tail-chance';

const means = fc.double({ min: 0.001, max: 60, noNaN: true });
const shapes = fc.double({ min: 0.5, max: 1e4, noNaN: true });

/** By the gamma function, not by the recursion. */
function pmf(n: number, { mean, shape }: { mean: number; shape: number }): number {
  let log = shape * Math.log(shape / (shape + mean)) + n * Math.log(mean / (shape + mean));
  for (let k = 0; k < n; k += 1) log += Math.log((shape + k) / (k + 1));
  return Math.exp(log);
}

describe('tailChance', () => {
  it('is what the terms below leave of one', () => {
    fc.assert(
      fc.property(means, shapes, fc.integer({ min: 0, max: 80 }), (mean, shape, least) => {
        let below = 0;
        for (let n = 0; n < least; n += 1) below += pmf(n, { mean, shape });
        expect(tailChance(least, { mean, shape })).toBeCloseTo(1 - below, 8);
      }),
    );
  });

  it('falls with the number and rises with the mean', () => {
    fc.assert(
      fc.property(means, shapes, fc.integer({ min: 0, max: 40 }), (mean, shape, least) => {
        const chance = tailChance(least, { mean, shape });
        expect(tailChance(least + 1, { mean, shape })).toBeLessThanOrEqual(chance);
        expect(tailChance(least, { mean: mean * 1.5, shape })).toBeGreaterThanOrEqual(chance * (1 - 1e-9));
      }),
    );
  });

  it('is that of Poisson where the rate is certain', () => {
    // 1 - e^-2 (1 + 2 + 2 + 4/3), from a table.
    expect(tailChance(4, { mean: 2, shape: 1e9 })).toBeCloseTo(0.142877, 5);
    expect(tailChance(8, { mean: 0.5, shape: 1e9 })).toBeCloseTo(6.22e-8, 9);
  });
});
