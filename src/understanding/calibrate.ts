import {
  bestOf,
  classifierOf,
  type Documents,
  type LinearModel,
  OUT_OF_SCOPE,
  trainLinearModel,
} from './model';

/** What turns margins into decisions; chosen by cross-validation on the training data alone. */
export interface Calibration {
  /** Divides margins before the softmax. */
  temperature: number;
  /** The certainty below which the recognizer refuses. */
  threshold: number;
  /** Of the knowledge: above `sure` hardly anything else can be meant; above `ask` it is worth asking which is. */
  levels?: { sure: number; ask: number };
  /** Accuracy on held-out examples of intents, without refusal. */
  accuracy: number;
  /** Share of held-out strangers that are refused: supplied out-of-scope text and intents left out of the training. */
  refused: number;
  /** Share of held-out examples of intents that are accepted and right at the threshold. */
  kept: number;
}

/** Folds in which an example and an intent are held out. */
export const FOLDS = 5;
/** Held-out examples that are enough to choose two numbers by: of large data not every fold is trained. */
const ENOUGH = 2000;
const TEMPERATURES = [0.05, 0.08, 0.12, 0.16, 0.2, 0.25, 0.3, 0.4, 0.5];
/**
 * Share of all held-out messages that may be accepted with a wrong intent. Customers meet fewer: they are judged by the
 * model of all examples, and a tenth of the intents are not strangers to it.
 */
const WRONG_SHARE = 0.04;

/** Both margins negative and no lead: below this nothing is accepted, however rarely it would be wrong. */
const LEAST_CERTAINTY = -1;

interface Judged {
  intent: string;
  /** Neither the supplied out-of-scope text nor an intent that was left out. */
  isInScope: boolean;
  margins: Float32Array | null;
  intents: string[];
}

/** The best intent of an utterance and how sure it is. */
export interface Top {
  /** Null when the out-of-scope class is the best, or nothing of the text is known. */
  intent: string | null;
  /**
   * The best margin, part of its lead over the second, less part of how strange the text is: better at telling
   * strangers than any of them (docs/understanding.md).
   */
  certainty: number;
}

/** What the lead and the margin of the out-of-scope class count beside the best margin. Chosen by cross-validation. */
const LEAD = 0.75;
const STRANGENESS = 0.5;

export function topOf(intents: string[], margins: Float32Array | null): Top {
  if (!margins) return { intent: null, certainty: Number.NEGATIVE_INFINITY };
  const ranked = bestOf(margins, 3);
  // A model without the class, or of one intent, has no such margin.
  const marginOf = (at = -1): number => margins[at] ?? 0;
  const [first, second] = ranked.filter((at) => intents[at] !== OUT_OF_SCOPE);
  const strange = intents.indexOf(OUT_OF_SCOPE);
  const lead = marginOf(first) - marginOf(second);
  const isStranger = first === undefined || ranked[0] === strange;
  return {
    intent: isStranger ? null : (intents[first] ?? null),
    certainty: marginOf(first) + LEAD * lead - STRANGENESS * marginOf(strange),
  };
}

/** The documents that are kept. */
export const pick = (documents: Documents, keeps: (i: number) => boolean): Omit<Documents, 'saidCount'> => ({
  lexicon: documents.lexicon,
  examples: documents.examples.filter((_example, i) => keeps(i)),
  features: documents.features.filter((_each, i) => keeps(i)),
});

/** The fold of each example: those of an intent are dealt out in turn. */
export function dealFolds(intents: string[], folds = FOLDS): number[] {
  const serial = new Map<string, number>();
  return intents.map((intent) => {
    const n = serial.get(intent) ?? 0;
    serial.set(intent, n + 1);
    return n % folds;
  });
}

/**
 * Trains without a fifth of the examples and a tenth of the intents, and judges what was left out: intents that the
 * model has never seen stand for what people say out of scope, beside the out-of-scope text that was supplied.
 */
function judgeFold(documents: Documents, fold: number[], strangers: Set<string>, f: number): Judged[] {
  const isLeftOut = (i: number) => fold[i] === f || strangers.has(documents.examples[i]?.intent ?? '');
  const model: LinearModel = trainLinearModel(pick(documents, (i) => !isLeftOut(i)));
  const { marginsOfFeatures } = classifierOf(model);
  return documents.examples.flatMap(({ intent }, i): Judged[] => {
    const features = documents.features[i];
    if (!features || fold[i] !== f || i >= documents.saidCount) return [];
    const isInScope = intent !== OUT_OF_SCOPE && !strangers.has(intent);
    return [{ intent, isInScope, margins: marginsOfFeatures(features), intents: model.intents }];
  });
}

function judgeAll(documents: Documents): Judged[] {
  const labels = documents.examples.map(({ intent }) => intent);
  const fold = dealFolds(labels);
  const intents = [...new Set(labels)].filter((intent) => intent !== OUT_OF_SCOPE).sort();
  const judged: Judged[] = [];
  for (let f = 0; f < FOLDS && judged.length < ENOUGH; f += 1) {
    const strangers = new Set(intents.filter((_intent, i) => i % (2 * FOLDS) === f));
    judged.push(...judgeFold(documents, fold, strangers, f));
  }
  return judged;
}

export function softmax(margins: Float32Array, temperature: number): Float64Array {
  const top = margins[bestOf(margins, 1)[0] ?? 0] ?? 0;
  const powers = new Float64Array(margins.length);
  let sum = 0;
  for (let i = 0; i < margins.length; i += 1) {
    powers[i] = Math.exp(((margins[i] as number) - top) / temperature);
    sum += powers[i] as number;
  }
  for (let i = 0; i < powers.length; i += 1) powers[i] = (powers[i] as number) / sum;
  return powers;
}

function chooseTemperature(judged: Judged[]): number {
  const loss = (temperature: number) =>
    judged.reduce((sum, { intent, margins, intents }) => {
      const at = intents.indexOf(intent);
      if (!margins || at < 0) return sum;
      return sum - Math.log(Math.max(softmax(margins, temperature)[at] ?? 0, 1e-6));
    }, 0);
  return TEMPERATURES.reduce((best, each) => (loss(each) < loss(best) ? each : best));
}

/** The lowest certainty at which no more than this share of all is accepted though wrong. */
export function certaintyAt(tops: { isRight: boolean; certainty: number }[], wrongShare: number): number {
  const wrong = tops.filter(({ isRight }) => !isRight).map(({ certainty }) => certainty);
  wrong.sort((a, b) => b - a);
  const last = wrong[Math.floor(wrongShare * tops.length)];
  return last === undefined || !Number.isFinite(last) ? LEAST_CERTAINTY : Math.max(last, LEAST_CERTAINTY);
}

/** Temperature and threshold from held-out examples; at most five trainings, fewer of large data. */
export function calibrate(documents: Documents): Calibration {
  const judged = judgeAll(documents);
  const tops = judged.map(({ intent, isInScope, intents, margins }) => {
    const top = topOf(intents, margins);
    return {
      isInScope,
      isRight: top.intent === intent,
      certainty: top.intent === null ? -Infinity : top.certainty,
    };
  });
  const inside = tops.filter(({ isInScope }) => isInScope);
  const outside = tops.filter(({ isInScope }) => !isInScope);
  const share = (list: typeof tops, holds: (top: (typeof tops)[number]) => boolean) =>
    list.filter(holds).length / Math.max(list.length, 1);
  const kept = (threshold: number) =>
    share(inside, ({ isRight, certainty }) => isRight && certainty >= threshold);
  const refused = (threshold: number) => share(outside, ({ certainty }) => certainty < threshold);
  const threshold = certaintyAt(tops, WRONG_SHARE);
  return {
    temperature: chooseTemperature(judged.filter(({ isInScope }) => isInScope)),
    threshold,
    accuracy: share(inside, ({ isRight }) => isRight),
    refused: refused(threshold),
    kept: kept(threshold),
  };
}
