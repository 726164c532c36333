import type { Recognizer, ScoredIntent, Understanding } from '../contract/understanding';
import { type Calibration, calibrate, softmax, topOf } from './calibrate';
import type { Lexicon } from './lexicon';
import {
  bestOf,
  classifierOf,
  type Example,
  type LinearModel,
  OUT_OF_SCOPE,
  readDocuments,
  trainLinearModel,
} from './model';
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

/**
 * Two candidates are close when the second is this probable, the first leads by less than the gap, and hardly anything
 * else could be meant. It is better to ask which, even where neither is sure enough alone.
 */
const CLOSE_PROBABILITY = 0.25;
const CLOSE_GAP = 0.3;
const CLOSE_TOGETHER = 0.7;
/** One part of a message must be this sure to count as a concern of its own. */
const SEGMENT_PROBABILITY = 0.6;
/** A further concern that the customer does not announce ("另外…") must be surer. */
const UNCUED_PROBABILITY = 0.95;

type Found = Pick<Understanding, 'intents' | 'candidates' | 'isClose'>;
const NOTHING: Found = { intents: [], candidates: [], isClose: false };

/** What a model is trained on. */
export interface Training {
  examples: Example[];
  lexicon: Lexicon;
  /** Clauses of answers: with them it is the knowledge that is learned, by `trainKnowledge`. */
  passages?: Example[];
  /** The certainty below which the recognizer refuses; chosen from the examples where it is missing. */
  threshold?: number;
}

/** Trains and calibrates; deterministic, a second or less. `version` is the content hash of what is trained on. */
export function trainModel({ examples, lexicon, threshold }: Training, version: string): TrainedModel {
  const documents = readDocuments(examples, lexicon);
  const chosen = calibrate(documents);
  const calibration = threshold === undefined ? chosen : { ...chosen, threshold };
  return { version, linear: trainLinearModel(documents), calibration };
}

function areClose([first, second]: ScoredIntent[]): boolean {
  if (!first || !second || second.probability < CLOSE_PROBABILITY) return false;
  const gap = first.probability - second.probability;
  return gap < CLOSE_GAP && first.probability + second.probability >= CLOSE_TOGETHER;
}

export function createRecognizer(model: TrainedModel, options: RecognizerOptions): Recognizer {
  const { linear, calibration } = model;
  const { marginsOf } = classifierOf(linear);

  /** The best three of one piece of text, and whether the best is sure enough to be accepted. */
  function judge(text: string): { candidates: ScoredIntent[]; isAccepted: boolean; isClose: boolean } {
    const margins = marginsOf(text);
    if (!margins) return { candidates: [], isAccepted: false, isClose: false };
    const probabilities = softmax(margins, calibration.temperature);
    const ranked = bestOf(margins, 4);
    const best = ranked.filter((i) => linear.intents[i] !== OUT_OF_SCOPE).slice(0, 3);
    const candidates = best.map((i) => ({
      intent: linear.intents[i] ?? '',
      probability: probabilities[i] ?? 0,
    }));
    const { intent, certainty } = topOf(linear.intents, margins);
    const isSure = intent !== null && certainty >= calibration.threshold;
    const isWanted = !isNegated(text);
    const isClose = isWanted && intent !== null && areClose(candidates);
    return { candidates, isAccepted: isSure && isWanted, isClose };
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
      const { candidates, isAccepted, isClose } = judge(text);
      const [first] = candidates;
      if (!first) return NOTHING;
      const concerns = concernsOf(text);
      if (concerns.length > 1) return { intents: concerns, candidates, isClose: false };
      if (!isAccepted && !isClose) return { intents: concerns, candidates, isClose: false };
      const isAnswerBesideConcern = options.answerIntents.has(first.intent) && concerns[0] !== undefined;
      if (isAnswerBesideConcern) return { intents: concerns, candidates, isClose: false };
      return { intents: [first], candidates, isClose };
    },
  };
}
