import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRecognizer } from '../../src/understanding/recognizer';
import { answerIntents, shippedExamples, shippedModel } from '../support/intents';
import { reportFigure } from '../support/size';
import { isBest, isRight, isWrongDialog, judge, parseHeldOut, share } from './judge-held-out';

/**
 * 280 more Chinese messages, written by somebody who had not seen how the classifier does and scored once when they were
 * whole: docs/understanding.md has the blind figures. Whoever mends the intents looks at the totals only.
 */
const text = readFileSync(join(__dirname, 'held-out-2.zh.jsonl'), 'utf8');
const rows = parseHeldOut(text);
/** More look-alikes for the intents that had fewer than ten, written and locked in the same way. */
const moreAlike = readFileSync(join(__dirname, 'held-out-look-alikes.zh.jsonl'), 'utf8');
const hashOf = (content: string) => createHash('sha256').update(content).digest('hex');

describe('the second held-out Chinese messages', () => {
  const recognizer = createRecognizer(shippedModel(), { answerIntents });
  const judged = judge(rows, recognizer);
  const inside = judged.filter(({ intent }) => intent !== 'oos');
  const outside = judged.filter(({ intent }) => intent === 'oos');

  it('are the locked ones, and none was learned', () => {
    expect(hashOf(moreAlike)).toBe('fecbeab5e0207f55f1c02f52b0167c02f1e5a56bf111d3c7644170873b9a1cb2');
    expect(hashOf(text)).toBe('52ff3c1dd6e00404fa3f4cfadac7280593eeacf4fd1e8ea43e90eb6f641693b2');
    const intents = new Set(shippedExamples.map(({ intent }) => intent));
    expect(inside.filter(({ intent }) => !intents.has(intent))).toEqual([]);
    expect(new Set(rows.map(({ intent }) => intent)).size).toBe(intents.size);
  });

  it('are understood at least at the measured rate', () => {
    const best = share(inside, isBest);
    const refused = share(outside, isRight);
    const wrong = share(judged, isWrongDialog);
    reportFigure('second held-out Chinese: best candidate right', best.toFixed(3));
    reportFigure('second held-out Chinese: accepted and right', share(inside, isRight).toFixed(3));
    reportFigure('second held-out Chinese: out of scope refused', refused.toFixed(3));
    reportFigure('second held-out Chinese: wrong dialog without a question', wrong.toFixed(4));
    expect(best).toBeGreaterThan(0.93);
    expect(refused).toBeGreaterThan(0.8);
    expect(wrong).toBeLessThan(0.035);
  });

  it('are told from their look-alikes', () => {
    const alike = judge(parseHeldOut(moreAlike), recognizer);
    reportFigure('more look-alikes right', share(alike, isRight).toFixed(3));
    expect(share(alike, isRight)).toBeGreaterThan(0.9);
  });
});
