import type { Comparison } from '../contract/content-trial';
import { crossValidate, type Evaluation } from '../understanding/evaluate';
import type { Example } from '../understanding/model';
import type { Training } from '../understanding/recognizer';

const FOLDS = 3;
const CONFUSED = 20;
const keyOf = ({ intent, text }: Example): string => `${intent}\n${text}`;

/** True when two versions learn their intents from the same. */
export const learnsTheSame = (a: Training, b: Training): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Cross-validates two versions and measures both on the examples that they share: new examples, which are often hard,
 * count against nobody, but what they do to the old ones does. `margin` is the share of messages by which accuracy may
 * fall, or wrong answers rise. Takes tens of seconds for thousands of examples.
 */
export function compareIntents(before: Training, after: Training, margin: number): Comparison {
  const known = new Set(before.examples.map(keyOf));
  const shared = new Set(after.examples.map(keyOf).filter((key) => known.has(key)));
  const options = { folds: FOLDS, isAsked: (example: Example) => shared.has(keyOf(example)) };
  const [old, fresh] = [crossValidate(before, options), crossValidate(after, options)];
  const isWorse = old.accuracy - fresh.accuracy > margin || fresh.wrongAccepted - old.wrongAccepted > margin;
  return {
    before: measuresOf(old),
    after: measuresOf(fresh),
    margin,
    isWorse,
    confused: moreConfused(old, fresh),
  };
}

const measuresOf = ({ accuracy, wrongAccepted }: Evaluation) => ({ accuracy, wrongAccepted });

function moreConfused(old: Evaluation, fresh: Evaluation): Comparison['confused'] {
  const pairOf = ({ intent, as }: Evaluation['confused'][number]) => `${intent}\n${as}`;
  const counts = new Map(old.confused.map((pair) => [pairOf(pair), pair.count]));
  return fresh.confused
    .map(({ intent, as, count }) => ({
      intent,
      as,
      before: counts.get(`${intent}\n${as}`) ?? 0,
      after: count,
    }))
    .filter(({ before, after }) => after > before)
    .sort((a, b) => b.after - b.before - (a.after - a.before))
    .slice(0, CONFUSED);
}
