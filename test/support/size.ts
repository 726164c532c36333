import { appendFileSync } from 'node:fs';

/** Heavy proofs run at a reduced size in `npm test` and in full in `npm run prove`. */
export const size = (sizes: { test: number; prove: number }): number =>
  process.env.PROVE ? sizes.prove : sizes.test;

/** The seed of every random choice in tests; PROVE_SEED repeats a run. */
export const SEED = Number(process.env.PROVE_SEED ?? 20_261_124);

/** A figure that `npm run prove` prints at its end. */
export function reportFigure(name: string, value: string | number): void {
  const file = process.env.FIGURES_FILE;
  if (file) appendFileSync(file, `${JSON.stringify({ name, value })}\n`);
}

/** mulberry32: a small seeded generator, uniform in [0, 1). */
export function seededRandom(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
