import type { Recognizer, ScoredIntent, Understanding } from '../contract/understanding';
import { type Calibration, calibrate, softmax } from './calibrate';
import { bestOf, type Example, type LinearModel, marginsOf, trainLinearModel } from './model';
import { isNegated } from './negation';
import { segmentsOf } from './segments';

/** A model that can be used and stored. */
export interface TrainedModel {
  version: string;
  linear: LinearModel;
  calibration: Calibration;
}

/** Which intents are answers ("yes", "thanks") rather than concerns: beside a concern they do not count. */
export interface RecognizerOptions {
  answerIntents: ReadonlySet<string>;
}

/** The second candidate counts as close from this probability on, when the first leads by less than the gap. */
const CLOSE_PROBABILITY = 0.25;
const CLOSE_GAP = 0.15;
/** One part of a message must be this sure to count as a concern of its own. */
const SEGMENT_PROBABILITY = 0.6;
/** A further concern that the customer does not announce ("另外…") must be surer. */
const UNCUED_PROBABILITY = 0.9;

type Found = Pick<Understanding, 'intents' | 'candidates' | 'isClose'>;
const NOTHING: Found = { intents: [], candidates: [], isClose: false };

/** Trains and calibrates; deterministic. `version` is the content hash of the examples. */
export const trainModel = (examples: Example[], version: string): TrainedModel => ({
  version,
  linear: trainLinearModel(examples),
  calibration: calibrate(examples),
});

export function createRecognizer(model: TrainedModel, options: RecognizerOptions): Recognizer {
  const { linear, calibration } = model;

  /** The best three of one piece of text, and whether the best is sure enough to be accepted. */
  function judge(text: string): { candidates: ScoredIntent[]; isAccepted: boolean } {
    const margins = marginsOf(linear, text);
    if (!margins) return { candidates: [], isAccepted: false };
    const probabilities = softmax(margins, calibration.temperature);
    const best = bestOf(margins, 3);
    const candidates = best.map((i) => ({
      intent: linear.intents[i] ?? '',
      probability: probabilities[i] ?? 0,
    }));
    const isAccepted = (margins[best[0] ?? 0] ?? -1) >= calibration.threshold;
    return { candidates, isAccepted: isAccepted && !isNegated(text) };
  }

  /** Several concerns in one message, in their order. */
  function concernsOf(text: string): ScoredIntent[] {
    const parts = segmentsOf(text);
    if (parts.length < 2) return [];
    const found: ScoredIntent[] = [];
    for (const { text: part, isCued } of parts) {
      const { candidates, isAccepted } = judge(part);
      const [top] = candidates;
      const floor = found.length > 0 && !isCued ? UNCUED_PROBABILITY : SEGMENT_PROBABILITY;
      if (top && isAccepted && top.probability >= floor) found.push(top);
    }
    const distinct = found.filter(
      ({ intent }, i) => found.findIndex((other) => other.intent === intent) === i,
    );
    const concerns = distinct.filter(({ intent }) => !options.answerIntents.has(intent));
    return concerns.length > 0 ? concerns : distinct;
  }

  return {
    version: model.version,
    recognize(text) {
      const { candidates, isAccepted } = judge(text);
      const [first, second] = candidates;
      if (!first) return NOTHING;
      const concerns = concernsOf(text);
      if (concerns.length > 1) return { intents: concerns, candidates, isClose: false };
      if (!isAccepted) return { intents: concerns, candidates, isClose: false };
      const isAnswerBesideConcern = options.answerIntents.has(first.intent) && concerns[0] !== undefined;
      if (isAnswerBesideConcern) return { intents: concerns, candidates, isClose: false };
      const gap = first.probability - (second?.probability ?? 0);
      const isClose = (second?.probability ?? 0) >= CLOSE_PROBABILITY && gap < CLOSE_GAP;
      return { intents: [first], candidates, isClose };
    },
  };
}
