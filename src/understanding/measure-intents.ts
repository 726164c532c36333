import type { MeasuredIntents, TakenFor, ThresholdEffect } from '../contract/content-intents';
import { calibrate, dealFolds, FOLDS, pick, topOf } from './calibrate';
import { scoreIntents } from './evaluate';
import { bestOf, classifierOf, OUT_OF_SCOPE, readDocuments, trainLinearModel } from './model';
import type { Training } from './recognizer';

/** A message as a model that has not seen it takes it. */
interface Judged {
  text: string;
  expected: string;
  /** The best intent, whatever the certainty. */
  best: string;
  /** Null when it is out of scope rather than any intent. */
  intent: string | null;
  certainty: number;
}

/** The thresholds of which the effect is shown, as far as a draft may set one. */
const THRESHOLDS = Array.from({ length: 61 }, (_, i) => Math.round((i * 0.05 - 1) * 100) / 100);
const SHOWN_TEXTS = 5;
const SHOWN_PAIRS = 400;

function judgeAll({ examples, lexicon }: Training): { judged: Judged[]; chosen: number } {
  const documents = readDocuments(examples, lexicon);
  const fold = dealFolds(documents.examples.map(({ intent }) => intent));
  const judged: Judged[] = [];
  for (let f = 0; f < FOLDS; f += 1) {
    const model = trainLinearModel(pick(documents, (i) => fold[i] !== f));
    const { marginsOfFeatures } = classifierOf(model);
    for (const [i, { text, intent: expected }] of documents.examples.entries()) {
      const features = documents.features[i];
      if (fold[i] !== f || i >= documents.saidCount || !features) continue;
      const margins = marginsOfFeatures(features);
      const ranked = margins ? bestOf(margins, 2).map((at) => model.intents[at] ?? '') : [];
      const best = ranked.find((intent) => intent !== OUT_OF_SCOPE) ?? '';
      judged.push({ text, expected, best, ...topOf(model.intents, margins) });
    }
  }
  return { judged, chosen: calibrate(documents).threshold };
}

const effectOf = (judged: readonly Judged[], threshold: number): ThresholdEffect => {
  const effect = { threshold, right: 0, wrong: 0, refused: 0, strangersRefused: 0 };
  for (const { expected, intent, certainty } of judged) {
    const isAccepted = intent !== null && certainty >= threshold;
    if (isAccepted) effect[intent === expected ? 'right' : 'wrong'] += 1;
    else if (expected === OUT_OF_SCOPE) effect.strangersRefused += 1;
    else effect.refused += 1;
  }
  return effect;
};

function takenFor(judged: readonly Judged[]): TakenFor[] {
  const pairs = new Map<string, TakenFor>();
  for (const { text, expected, intent, best } of judged) {
    const as = expected === OUT_OF_SCOPE ? (intent ?? OUT_OF_SCOPE) : best;
    if (as === expected || as === '') continue;
    const key = `${expected} ${as}`;
    const pair = pairs.get(key) ?? { intent: expected, as, count: 0, texts: [] };
    pair.count += 1;
    if (pair.texts.length < SHOWN_TEXTS) pair.texts.push(text);
    pairs.set(key, pair);
  }
  return [...pairs.values()].sort((a, b) => b.count - a.count).slice(0, SHOWN_PAIRS);
}

/**
 * Cross-validates intents: every example is judged by a model that has not seen it. Takes seconds, tens of them for ten
 * thousand examples: not for the thread of the server.
 */
export function measureIntents(training: Training): MeasuredIntents {
  const { judged, chosen } = judgeAll(training);
  const inside = judged.filter(({ expected }) => expected !== OUT_OF_SCOPE);
  const right = inside.filter(({ expected, best }) => best === expected).length;
  return {
    messages: inside.length,
    strangers: judged.length - inside.length,
    accuracy: right / Math.max(inside.length, 1),
    threshold: training.threshold ?? chosen,
    isOwnThreshold: training.threshold !== undefined,
    chosenThreshold: chosen,
    effects: THRESHOLDS.map((threshold) => effectOf(judged, threshold)),
    intents: scoreIntents(inside)
      .map(({ intent, messages, recall, f1 }) => ({
        intent,
        messages,
        right: Math.round(recall * messages),
        f1,
      }))
      .sort((a, b) => a.f1 - b.f1),
    takenFor: takenFor(judged),
  };
}
