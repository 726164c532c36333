import { dealFolds, type Top, topOf } from './calibrate';
import { bestOf, classifierOf, type Example, OUT_OF_SCOPE } from './model';
import { type TrainedModel, type Training, trainModel } from './recognizer';
import { writeModel } from './store-model';

/** What is measured; shares lie between 0 and 1. Null where the test data cannot tell. */
export interface Evaluation {
  /** Share of in-scope messages whose best intent is right, without refusal. */
  accuracy: number;
  /** Mean of the intents' F1, without refusal. */
  macroF1: number;
  /** Share of in-scope messages that are accepted at the threshold and right. */
  inScopeAccuracy: number;
  /** Share of out-of-scope messages that are refused at the threshold. */
  oosRecall: number | null;
  /** Chance that an in-scope message is more certain than an out-of-scope one. */
  auroc: number | null;
  /** Share of all messages that are accepted with an intent that is not theirs. */
  wrongAccepted: number;
  /** Training and calibration. */
  trainSeconds: number;
  p50Micros: number;
  p99Micros: number;
  modelBytes: number;
  /** The intents with the lowest F1; recall is without refusal. */
  worst: { intent: string; f1: number; recall: number; messages: number }[];
  confused: { intent: string; as: string; count: number }[];
}

interface Answer extends Top {
  expected: string;
  /** The best intent, whatever the certainty. */
  best: string;
  isAccepted: boolean;
  micros: number;
}

/** What the trainings cost: one, or a fold each. */
interface Cost {
  trainSeconds: number;
  modelBytes: number;
}

const WORST = 10;
const percentile = (sorted: number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const shareOf = <T>(list: T[], holds: (each: T) => boolean): number =>
  list.filter(holds).length / Math.max(list.length, 1);

function answer({ linear, calibration }: TrainedModel, test: Example[]): Answer[] {
  const { intents } = linear;
  const { marginsOf } = classifierOf(linear);
  // The first calls are slow until the code is compiled: a server has been running for a while.
  for (const { text } of test.slice(0, 2000)) marginsOf(text);
  return test.map(({ text, intent: expected }) => {
    const began = process.hrtime.bigint();
    const margins = marginsOf(text);
    const top = topOf(intents, margins);
    const micros = Number(process.hrtime.bigint() - began) / 1000;
    const ranked = margins ? bestOf(margins, 2).map((i) => intents[i] ?? '') : [];
    const best = ranked.find((intent) => intent !== OUT_OF_SCOPE) ?? '';
    return { ...top, expected, best, isAccepted: certaintyOf(top) >= calibration.threshold, micros };
  });
}

/** What comes of each intent, whatever the certainty. */
export function scoreIntents(inside: Pick<Answer, 'expected' | 'best'>[]): Evaluation['worst'] {
  const intents = [...new Set(inside.map(({ expected }) => expected))];
  return intents.map((intent) => {
    const asked = inside.filter(({ expected }) => expected === intent);
    const answered = inside.filter(({ best }) => best === intent);
    const right = asked.filter(({ best }) => best === intent).length;
    const f1 = (2 * right) / Math.max(asked.length + answered.length, 1);
    return { intent, f1, recall: right / asked.length, messages: asked.length };
  });
}

function confusedPairs(inside: Answer[]): Evaluation['confused'] {
  const counts = new Map<string, Evaluation['confused'][number]>();
  for (const { expected: intent, best } of inside) {
    if (best === intent) continue;
    const pair = counts.get(`${intent}>${best}`) ?? { intent, as: best, count: 0 };
    counts.set(`${intent}>${best}`, { ...pair, count: pair.count + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count).slice(0, WORST);
}

/** The area under the ROC curve by ranks (Mann–Whitney), ties counted half. */
export function areaUnderRoc(inside: number[], outside: number[]): number | null {
  if (inside.length === 0 || outside.length === 0) return null;
  const sorted = [...outside].sort((a, b) => a - b);
  const below = (value: number, isTieCounted: boolean): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const each = sorted[middle] as number;
      if (each < value || (isTieCounted && each === value)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const wins = inside.reduce((sum, value) => sum + (below(value, false) + below(value, true)) / 2, 0);
  return wins / (inside.length * outside.length);
}

/** A stranger whose best class is "out of scope" is as uncertain as can be. */
const certaintyOf = ({ intent, certainty }: Top): number => (intent === null ? -1e9 : certainty);

function summarise(answers: Answer[], cost: Cost): Evaluation {
  const inside = answers.filter(({ expected }) => expected !== OUT_OF_SCOPE);
  const outside = answers.filter(({ expected }) => expected === OUT_OF_SCOPE);
  const scores = scoreIntents(inside);
  const micros = answers.map((each) => each.micros).sort((a, b) => a - b);
  const isRight = ({ intent, expected }: Answer) => intent === expected;
  return {
    accuracy: shareOf(inside, ({ best, expected }) => best === expected),
    macroF1: scores.reduce((sum, { f1 }) => sum + f1, 0) / Math.max(scores.length, 1),
    inScopeAccuracy: shareOf(inside, (each) => each.isAccepted && isRight(each)),
    oosRecall: outside.length > 0 ? shareOf(outside, (each) => !each.isAccepted) : null,
    auroc: areaUnderRoc(inside.map(certaintyOf), outside.map(certaintyOf)),
    wrongAccepted: shareOf(answers, (each) => each.isAccepted && !isRight(each)),
    p50Micros: percentile(micros, 0.5),
    p99Micros: percentile(micros, 0.99),
    ...cost,
    worst: scores.sort((a, b) => a.f1 - b.f1).slice(0, WORST),
    confused: confusedPairs(inside),
  };
}

function trainAndAnswer(training: Training, test: Example[]): { answers: Answer[]; cost: Cost } {
  const began = performance.now();
  const model = trainModel(training, 'evaluation');
  const trainSeconds = (performance.now() - began) / 1000;
  return { answers: answer(model, test), cost: { trainSeconds, modelBytes: writeModel(model).length } };
}

/** Trains on one set and measures on another; rows of the intent `oos` are out of scope in both. */
export function evaluate(training: Training, test: Example[]): Evaluation {
  const { answers, cost } = trainAndAnswer(training, test);
  return summarise(answers, cost);
}

export interface CrossValidation {
  /** Out-of-scope rows that every fold is tested with besides. */
  strangers?: Example[];
  folds?: number;
  /** Which examples are asked; all of them are learned from. */
  isAsked?: (example: Example) => boolean;
}

/**
 * Cross-validation, five folds: every example is judged by a model that has not seen it, at that model's threshold; all
 * are measured together.
 */
export function crossValidate(
  { examples, ...rest }: Training,
  { strangers = [], folds = 5, isAsked = () => true }: CrossValidation = {},
): Evaluation {
  const foldOf = dealFolds(
    examples.map(({ intent }) => intent),
    folds,
  );
  const results = Array.from({ length: folds }, (_, f) =>
    trainAndAnswer({ ...rest, examples: examples.filter((_example, i) => foldOf[i] !== f) }, [
      ...examples.filter((example, i) => foldOf[i] === f && isAsked(example)),
      ...strangers,
    ]),
  );
  const mean = (read: (cost: Cost) => number) =>
    results.reduce((sum, { cost }) => sum + read(cost), 0) / folds;
  return summarise(
    results.flatMap(({ answers }) => answers),
    {
      trainSeconds: mean(({ trainSeconds }) => trainSeconds),
      modelBytes: Math.round(mean(({ modelBytes }) => modelBytes)),
    },
  );
}
