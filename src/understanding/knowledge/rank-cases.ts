import type { AskedCase, SolvedCase } from '../../contract/similar-cases';
import { createBm25 } from './bm25';

const SHOWN = 3;
/** The share of what the customer said that a case must have in common with it; by trial: unlike cases share up to 0.05. */
const LEAST = 0.12;
/** Being about the same concern counts like so much of the words. */
const SAME_DIALOG = 0.1;
/** Who rated a case badly was not helped by it. */
const GOOD_RATING = 3;

const same = (text: string): string => text;

/** The cases that come nearest to what a customer says, by the terms of the knowledge search; the nearest first. Pure. */
export function rankCases({ words, dialog }: AskedCase, cases: SolvedCase[]): SolvedCase[] {
  const good = cases.filter(({ rating }) => rating === null || rating >= GOOD_RATING);
  if (words.length === 0 || good.length === 0) return [];
  const ids = good.map((_, i) => String(i));
  const textsOf = (text: (each: SolvedCase) => string) =>
    good.map((each, i) => ({ text: text(each), intent: String(i) }));
  const rows = { examples: textsOf((each) => each.words), passages: textsOf(({ helped }) => helped) };
  const addBm25 = createBm25(ids, rows, same);
  // Each message is a question of its own: an address or a phone beside it says nothing of what is broken.
  const scores = words.map((message) => {
    const shared = new Float32Array(good.length);
    addBm25(message, shared, 1);
    return shared;
  });
  return good
    .map((each, i) => {
      const isSame = dialog !== null && each.dialog === dialog;
      const nearest = Math.max(...scores.map((shared) => shared[i] ?? 0));
      return { each, score: nearest + (isSame ? SAME_DIALOG : 0) };
    })
    .filter(({ score }) => score >= LEAST)
    .sort((a, b) => b.score - a.score || b.each.at - a.each.at)
    .slice(0, SHOWN)
    .map(({ each }) => each);
}
