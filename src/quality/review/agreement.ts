import type { Agreement, AgreementOf } from '../../contract/quality';

export interface PairedSheet {
  scores: Record<string, number>;
  total: number;
  isZero: boolean;
}
export type Pair = [PairedSheet, PairedSheet];

/**
 * Krippendorff's alpha for interval data, two values a unit and none missing: 1 − Do/De, where Do is the mean squared
 * difference within units and De that of all values with each other (K. Krippendorff, Content Analysis, 3rd edition,
 * 2013, chapter 12). Null without a pair, and where all values are the same.
 */
export function alphaOf(pairs: [number, number][]): number | null {
  const values = pairs.flat();
  const n = values.length;
  const observed = pairs.reduce((sum, [a, b]) => sum + (a - b) ** 2, 0) / pairs.length;
  const sum = values.reduce((all, value) => all + value, 0);
  const squares = values.reduce((all, value) => all + value ** 2, 0);
  // The sum over all i ≠ j of (vi − vj)² is 2n·Σv² − 2(Σv)².
  const expected = (2 * n * squares - 2 * sum ** 2) / (n * (n - 1));
  return pairs.length === 0 || expected <= 0 ? null : 1 - observed / expected;
}

function agreementOf(pairs: [number, number][]): AgreementOf {
  if (pairs.length === 0) return { difference: null, alpha: null };
  const difference = pairs.reduce((sum, [a, b]) => sum + Math.abs(a - b), 0) / pairs.length;
  return { difference, alpha: alphaOf(pairs) };
}

/** How much those who judged the same stretches differ: on the whole, and by dimension of the sheet. */
export function agreement(pairs: Pair[], dimensions: string[]): Agreement {
  const same = pairs.filter(([a, b]) => a.isZero === b.isZero).length;
  return {
    pairs: pairs.length,
    zeroAgreement: pairs.length === 0 ? null : same / pairs.length,
    total: agreementOf(pairs.map(([a, b]) => [a.total, b.total])),
    dimensions: dimensions.map((id) => ({
      id,
      ...agreementOf(
        pairs.flatMap(([a, b]): [number, number][] => {
          const [one, other] = [a.scores[id], b.scores[id]];
          return one === undefined || other === undefined ? [] : [[one, other]];
        }),
      ),
    })),
  };
}
