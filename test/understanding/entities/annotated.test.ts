import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createUnderstand } from '../../../src/understanding/understand';
import { shippedLexicon } from '../../support/intents';
import { reportFigure } from '../../support/size';

const rowSchema = z.object({
  text: z.string(),
  entities: z.array(z.object({ type: z.string(), start: z.number(), end: z.number() })),
});
const rows = readFileSync(join(__dirname, 'annotated.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => rowSchema.parse(JSON.parse(line)));

const recognizer = {
  version: 'none',
  recognize: () => ({ intents: [], candidates: [], isClose: false }),
};
const understand = createUnderstand({
  recognizer,
  timeZone: 'Asia/Shanghai',
  lexicon: shippedLexicon.lexicon,
});
/** 24 November 2026, 10:00 in Shanghai. */
const now = Date.UTC(2026, 10, 24, 2);

type Found = { type: string; start: number; end: number };
/** A time is right when it lies where it was said: the words around it ("以后", "可以") are not what is asked of it. */
const isSame = (a: Found, b: Found): boolean =>
  a.type === b.type &&
  (a.type === 'datetime' || a.type === 'light'
    ? a.start < b.end && b.start < a.end
    : a.start === b.start && a.end === b.end);

interface Score {
  type: string;
  expected: number;
  found: number;
  right: number;
}

function scoreOf(type: string): Score {
  const pairs = rows.map(({ text, entities }) => ({
    expected: entities.filter((each) => each.type === type),
    found: understand(text, { now, localeHint: null }).entities.filter((each) => each.type === type),
  }));
  const count = (read: (pair: (typeof pairs)[number]) => number) =>
    pairs.reduce((sum, pair) => sum + read(pair), 0);
  return {
    type,
    expected: count(({ expected }) => expected.length),
    found: count(({ found }) => found.length),
    right: count(
      ({ expected, found }) => expected.filter((each) => found.some((other) => isSame(each, other))).length,
    ),
  };
}

describe('the entities of annotated messages', () => {
  const types = [...new Set(rows.flatMap(({ entities }) => entities.map(({ type }) => type)))].sort();
  const scores = types.map(scoreOf);

  it('are of at least three hundred messages', () => {
    expect(rows.length).toBeGreaterThanOrEqual(300);
  });

  it.each(scores)('of type $type are found ($right of $expected, $found reported)', (score) => {
    const [precision, recall] = [score.right / score.found, score.right / score.expected];
    reportFigure(
      `entities: ${score.type}, precision / recall`,
      `${precision.toFixed(2)} / ${recall.toFixed(2)} of ${score.expected}`,
    );
    expect(precision).toBeGreaterThanOrEqual(0.8);
    expect(recall).toBeGreaterThanOrEqual(0.8);
  });

  it('are right together at least at the measured rate', () => {
    const sum = (read: (score: Score) => number) => scores.reduce((total, score) => total + read(score), 0);
    const right = sum((score) => score.right);
    const precision = right / sum((score) => score.found);
    const recall = right / sum((score) => score.expected);
    reportFigure('entities: precision / recall', `${precision.toFixed(3)} / ${recall.toFixed(3)}`);
    expect(precision).toBeGreaterThan(0.93);
    expect(recall).toBeGreaterThan(0.93);
  });
});
