import fc from 'fast-check';
import { agreement, alphaOf } from '../../../src/quality/review/agreement';

/** By the definition, without the shortcut. */
function plainAlpha(pairs: [number, number][]): number {
  const values = pairs.flat();
  const n = values.length;
  const observed = pairs.reduce((sum, [a, b]) => sum + (a - b) ** 2, 0) / pairs.length;
  let all = 0;
  for (const [i, a] of values.entries())
    for (const [j, b] of values.entries()) if (i !== j) all += (a - b) ** 2;
  return 1 - observed / (all / (n * (n - 1)));
}

describe('how much reviewers differ', () => {
  it('is 1 where all agree, null where nothing can be told', () => {
    expect(
      alphaOf([
        [80, 80],
        [60, 60],
      ]),
    ).toBe(1);
    expect(alphaOf([])).toBeNull();
    expect(
      alphaOf([
        [80, 80],
        [80, 80],
      ]),
    ).toBeNull();
  });

  it('is what the definition says, and never above 1', () => {
    const score = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(fc.array(fc.tuple(score, score), { minLength: 1, maxLength: 12 }), (pairs) => {
        const alpha = alphaOf(pairs);
        const isFlat = new Set(pairs.flat()).size === 1;
        if (isFlat) return expect(alpha).toBeNull();
        expect(alpha).toBeCloseTo(plainAlpha(pairs), 9);
        expect(alpha).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('tells of each dimension, and of what was made zero', () => {
    const sheet = (wording: number, total: number, isZero = false) => ({
      scores: { wording },
      total,
      isZero,
    });
    const found = agreement(
      [
        [sheet(10, 90), sheet(8, 80)],
        [sheet(6, 0, true), sheet(6, 70)],
      ],
      ['wording', 'gone'],
    );
    expect(found).toMatchObject({ pairs: 2, zeroAgreement: 0.5, total: { difference: 40 } });
    expect(found.dimensions).toMatchObject([
      { id: 'wording', difference: 1 },
      { id: 'gone', difference: null, alpha: null },
    ]);
  });
});
