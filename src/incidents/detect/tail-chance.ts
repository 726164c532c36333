/**
 * The chance that a negative binomial number with this mean and shape is `least` or more: a Poisson number whose own
 * mean varies by a gamma distribution, so that its variance is mean + mean² / shape. Summed term by term from the
 * recursion pmf(n + 1) = pmf(n) · (shape + n) / (n + 1) · mean / (shape + mean) (Johnson, Kemp and Kotz, Univariate
 * Discrete Distributions, 3rd edition, 2005, section 5.2). `mean` and `shape` are above 0.
 */
export function tailChance(least: number, { mean, shape }: { mean: number; shape: number }): number {
  if (least <= 0) return 1;
  const ratio = mean / (shape + mean);
  let term = (shape / (shape + mean)) ** shape;
  for (let n = 0; n < least; n += 1) term *= ((shape + n) / (n + 1)) * ratio;
  let sum = 0;
  for (let n = least; term > sum * 1e-12; n += 1) {
    sum += term;
    term *= ((shape + n) / (n + 1)) * ratio;
  }
  return Math.min(sum, 1);
}
