import { type Example, OUT_OF_SCOPE } from '../model';
import { type Terms, termsOf } from './terms';

/** How fast a repeated term stops counting, and what a term of the answer counts beside one of a question. */
const K1 = 1;
const PASSAGE_WEIGHT = 0.3;

/** The topics that hold a term, and what each gains by it. */
interface Postings {
  topics: Int32Array;
  gains: Float32Array;
}

/** Adds what each topic (in the order of `topics`) shares with a question: 0 nothing, 1 every term. */
export type AddBm25 = (text: string, scores: Float32Array, weight: number) => void;

function countTerms(
  rows: Example[],
  rewrite: (text: string) => string,
  weight: number,
  into: Map<string, Terms>,
): void {
  for (const { text, intent } of rows) {
    const counts = into.get(intent);
    // What is no question is no document either.
    if (!counts || intent === OUT_OF_SCOPE) continue;
    for (const [term, times] of termsOf(text, rewrite))
      counts.set(term, (counts.get(term) ?? 0) + weight * times);
  }
}

function postingsOf(documents: Terms[]): Map<number, Postings> {
  const lists = new Map<number, [topic: number, gain: number][]>();
  for (const [topic, terms] of documents.entries()) {
    for (const [term, times] of terms) {
      const list = lists.get(term) ?? [];
      lists.set(term, list);
      list.push([topic, times / (times + K1)]);
    }
  }
  return new Map(
    [...lists].map(([term, list]) => [
      term,
      {
        topics: Int32Array.from(list, ([topic]) => topic),
        gains: Float32Array.from(list, ([, gain]) => gain),
      },
    ]),
  );
}

/** BM25 over topics: each is one document of all its ways of asking and its answers. Adding allocates little. */
export function createBm25(
  topics: string[],
  rows: { examples: Example[]; passages: Example[] },
  rewrite: (text: string) => string,
): AddBm25 {
  const byTopic = new Map(topics.map((topic): [string, Terms] => [topic, new Map()]));
  countTerms(rows.examples, rewrite, 1, byTopic);
  countTerms(rows.passages, rewrite, PASSAGE_WEIGHT, byTopic);
  const postings = postingsOf([...byTopic.values()]);
  const idfOf = (count: number) => Math.log(1 + (topics.length - count + 0.5) / (count + 0.5));
  return (text, scores, weight) => {
    const terms = [...termsOf(text, rewrite).keys()];
    const idf = terms.map((term) => idfOf(postings.get(term)?.topics.length ?? 0));
    const all = idf.reduce((sum, each) => sum + each, 0) || 1;
    for (const [k, term] of terms.entries()) {
      const found = postings.get(term);
      if (!found) continue;
      const share = (weight * (idf[k] ?? 0)) / all;
      for (let i = 0; i < found.topics.length; i += 1) {
        const topic = found.topics[i] as number;
        scores[topic] = (scores[topic] as number) + share * (found.gains[i] as number);
      }
    }
  };
}
