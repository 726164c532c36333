import { normalize } from '../normalize';
import { stemOf } from '../stem';

/** How often each term occurs, by its 32-bit hash. */
export type Terms = Map<number, number>;

const RUNS = /([\p{Script=Han}]+)|([a-z]+(?:'[a-z]+)?)|([0-9]+)/gu;
/** Bounds the work on hostile text: a question is short. */
const TEXT_LIMIT = 400;
const WORD_LIMIT = 24;

function hash(text: string): number {
  let value = 2166136261;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 16777619);
  return value ^ (value >>> 15);
}

/**
 * The terms of BM25: bigrams of Chinese runs (a lone character as it is), Latin words and numbers, after the text was
 * brought to the form that the intents are learned in.
 */
export function termsOf(text: string, rewrite: (text: string) => string): Terms {
  const terms: Terms = new Map();
  const add = (term: string) => {
    const name = hash(term);
    terms.set(name, (terms.get(name) ?? 0) + 1);
  };
  for (const [run, han, word] of rewrite(normalize(text.slice(0, TEXT_LIMIT))).matchAll(RUNS)) {
    if (word) add(stemOf(word).slice(0, WORD_LIMIT));
    else if (!han || han.length === 1) add(run.slice(0, WORD_LIMIT));
    else for (let i = 0; i + 2 <= han.length; i += 1) add(han.slice(i, i + 2));
  }
  return terms;
}
