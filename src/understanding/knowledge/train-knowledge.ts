import { type Calibration, certaintyAt } from '../calibrate';
import { type Documents, type Example, OUT_OF_SCOPE, readDocuments, trainLinearModel } from '../model';
import type { TrainedModel, Training } from '../recognizer';
import { createRanker, topScores } from './rank';

const FOLDS = 5;
/**
 * Shares of all held-out questions that may be wrong: answered when nearly alike (`sure`), answered, and asked about.
 * Chosen before the questions of the tests were tried.
 */
const WRONG_SHARES = { sure: 0.01, answer: 0.05, ask: 0.16 };

/** A handful of topics cannot show how strangers score: no level lies below about what many topics come to. */
const LEAST = { sure: 1.5, answer: 0.8, ask: 0.3 };

type KnowledgeTraining = Training & { passages: Example[] };

interface Judged {
  isStranger: boolean;
  isRight: boolean;
  certainty: number;
}

const docsOf = ({ examples, passages, lexicon }: KnowledgeTraining): Omit<Documents, 'saidCount'> =>
  readDocuments([...examples, ...passages], lexicon);

/**
 * Every way of asking gets its turn to be left out, and every topic its turn to be unknown, as questions without an
 * answer are.
 */
function judgeFold(training: KnowledgeTraining, f: number): Judged[] {
  const topics = [...new Set(training.examples.map(({ intent }) => intent))].sort();
  const asked = topics.filter((topic) => topic !== OUT_OF_SCOPE);
  const strangers = new Set(asked.filter((_topic, i) => i % FOLDS === f));
  const serial = new Map<string, number>();
  const foldOf = training.examples.map(({ intent }) => {
    const n = serial.get(intent) ?? 0;
    serial.set(intent, n + 1);
    return n % FOLDS;
  });
  const known = training.examples.filter(({ intent }, i) => foldOf[i] !== f && !strangers.has(intent));
  const passages = training.passages.filter(({ intent }) => !strangers.has(intent));
  if (known.length === 0) return [];
  const linear = trainLinearModel(docsOf({ ...training, examples: known, passages }));
  const score = createRanker(linear, { examples: known, passages });
  return training.examples.flatMap(({ text, intent }, i): Judged[] => {
    if (foldOf[i] !== f) return [];
    const { best, certainty } = topScores(score(text), linear.intents);
    const isRight = linear.intents[best[0] ?? -1] === intent;
    return [{ isStranger: strangers.has(intent) || intent === OUT_OF_SCOPE, isRight, certainty }];
  });
}

/** Thresholds from questions that were left out: wrong is another topic's answer, and any answer to a stranger. */
function calibrateKnowledge(training: KnowledgeTraining): Calibration {
  const judged = Array.from({ length: FOLDS }, (_, f) => judgeFold(training, f)).flat();
  const inside = judged.filter(({ isStranger }) => !isStranger);
  const outside = judged.filter(({ isStranger }) => isStranger);
  const share = (list: Judged[], holds: (each: Judged) => boolean) =>
    list.filter(holds).length / Math.max(list.length, 1);
  const levelOf = (level: keyof typeof LEAST) =>
    Math.max(certaintyAt(judged, WRONG_SHARES[level]), LEAST[level]);
  const threshold = levelOf('answer');
  return {
    temperature: 1,
    threshold,
    levels: { sure: levelOf('sure'), ask: levelOf('ask') },
    accuracy: share(inside, ({ isRight }) => isRight),
    refused: share(outside, ({ certainty }) => certainty < threshold),
    kept: share(inside, ({ isRight, certainty }) => isRight && certainty >= threshold),
  };
}

/** Learns and calibrates the knowledge of a version; deterministic, a few seconds. */
export function trainKnowledge(training: KnowledgeTraining, version: string): TrainedModel {
  const linear = trainLinearModel(docsOf(training));
  return { version, linear, calibration: calibrateKnowledge(training) };
}
