import { rewriterOf } from '../lexicon';
import { bestOf, classifierOf, type Example, type LinearModel, OUT_OF_SCOPE } from '../model';
import { createBm25 } from './bm25';

/** BM25 in [0, 1] is added to the margin, whose scale is about one: docs/knowledge.md. */
const BM25_WEIGHT = 1;
/** The margin of text in which nothing is known. */
const UNKNOWN_MARGIN = -1;

/** The score of every topic, in the order of the model; overwritten by the next question. */
export type ScoreTopics = (text: string) => Float32Array;

/** Scores topics by BM25 and by the classifier's features together. */
export function createRanker(
  linear: LinearModel,
  rows: { examples: Example[]; passages: Example[] },
): ScoreTopics {
  const { marginsOf } = classifierOf(linear);
  const addBm25 = createBm25(linear.intents, rows, rewriterOf(linear.lexicon));
  const scores = new Float32Array(linear.intents.length);
  return (text) => {
    const margins = marginsOf(text);
    if (margins) scores.set(margins);
    else scores.fill(UNKNOWN_MARGIN);
    addBm25(text, scores, BM25_WEIGHT);
    return scores;
  };
}

/** All topics, nearest first: what a ranking is measured by. */
export function rankTopics(score: ScoreTopics, topics: string[], text: string): string[] {
  const scores = score(text);
  const order = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  return order.map((i) => topics[i] ?? '').filter((topic) => topic !== OUT_OF_SCOPE);
}

/**
 * The best topics and how sure the first is: its score plus its lead over the next, be that a topic or what is no
 * question at all. Nothing is sure when the latter comes first.
 */
export function topScores(scores: Float32Array, topics: string[]): { best: number[]; certainty: number } {
  const ranked = bestOf(scores, 4);
  const best = ranked.filter((i) => topics[i] !== OUT_OF_SCOPE).slice(0, 3);
  const [first, second] = ranked;
  if (first === undefined || topics[first] === OUT_OF_SCOPE)
    return { best, certainty: Number.NEGATIVE_INFINITY };
  const score = scores[first] ?? UNKNOWN_MARGIN;
  const next = second === undefined ? UNKNOWN_MARGIN : (scores[second] ?? UNKNOWN_MARGIN);
  return { best, certainty: score + (score - Math.max(next, UNKNOWN_MARGIN)) };
}
