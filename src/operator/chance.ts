import { createHash } from 'node:crypto';

/** Chance that is none: the same seed and words always give the same number, uniform in [0, 1). */
export type Chance = (...words: (string | number)[]) => number;

export function createChance(seed: number): Chance {
  return (...words) =>
    createHash('sha256')
      .update(JSON.stringify([seed, ...words]))
      .digest()
      .readUInt32BE() /
    2 ** 32;
}

/** One of a list, by such a number. Throws for an empty list. */
export function pick<T>(list: readonly T[], chance: number): T {
  const picked = list[Math.floor(chance * list.length)];
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked;
}
