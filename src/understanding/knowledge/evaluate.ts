import type { FindAnswers } from '../../contract/knowledge';

/** A question as a customer types it, and the article that answers it; null when none does. */
export interface Question {
  text: string;
  article: string | null;
}

export interface KnowledgeEvaluation {
  questions: number;
  /** Of the questions that have an answer: the right article is the nearest, whatever the threshold. */
  hitAt1: number;
  /** Mean of 1 ÷ the rank of the right article. */
  mrr: number;
  /** Of the questions that have an answer: given at once and right; asked back with the right one among two. */
  answered: number;
  askedBack: number;
  /** Of the questions that have an answer: another one was given. */
  wrong: number;
  strangers: number;
  /** Of the questions without an answer: nothing was given, and nothing asked. */
  refused: number;
  /** Of the questions without an answer: one was given all the same. */
  wronglyAnswered: number;
  p50Micros: number;
  p99Micros: number;
  mistakes: { text: string; expected: string | null; given: string }[];
}

const share = <T>(list: T[], holds: (one: T) => boolean): number =>
  list.filter(holds).length / Math.max(list.length, 1);

const percentile = (sorted: number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;

function microsOf(questions: Question[], find: (text: string) => unknown): number[] {
  for (const { text } of questions) find(text);
  return questions
    .map(({ text }) => {
      const began = process.hrtime.bigint();
      find(text);
      return Number(process.hrtime.bigint() - began) / 1000;
    })
    .sort((a, b) => a - b);
}

/** Puts every question; `rank` gives all articles, nearest first. */
export function evaluateKnowledge(
  questions: Question[],
  { findAnswers, rank, now }: { findAnswers: FindAnswers; rank: (text: string) => string[]; now: number },
): KnowledgeEvaluation {
  const find = (text: string) => findAnswers(text, { now, area: null });
  const asked = questions.map(({ text, article }) => {
    const { status, articles } = find(text);
    const place = article === null ? -1 : rank(text).indexOf(article);
    const given = articles.slice(0, 2).map(({ id }) => id);
    return { text, article, status, given, place };
  });
  const inside = asked.filter(({ article }) => article !== null);
  const outside = asked.filter(({ article }) => article === null);
  const isRight = ({ given, article }: (typeof asked)[number]) => given[0] === article;
  const isGiven = ({ status }: (typeof asked)[number]) => status === 'found';
  const micros = microsOf(questions, find);
  return {
    questions: inside.length,
    hitAt1: share(inside, ({ place }) => place === 0),
    mrr:
      inside.reduce((sum, { place }) => sum + (place < 0 ? 0 : 1 / (place + 1)), 0) /
      Math.max(inside.length, 1),
    answered: share(inside, (one) => isGiven(one) && isRight(one)),
    askedBack: share(
      inside,
      ({ status, given, article }) => status === 'close' && given.includes(article ?? ''),
    ),
    wrong: share(inside, (one) => isGiven(one) && !isRight(one)),
    strangers: outside.length,
    refused: share(outside, ({ status }) => status === 'none'),
    wronglyAnswered: share(outside, isGiven),
    p50Micros: percentile(micros, 0.5),
    p99Micros: percentile(micros, 0.99),
    mistakes: asked
      .filter((one) => isGiven(one) && !isRight(one))
      .map(({ text, article, given }) => ({ text, expected: article, given: given[0] ?? '' })),
  };
}
