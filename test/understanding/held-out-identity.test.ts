import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createRecognizer } from '../../src/understanding/recognizer';
import { answerIntents, shippedExamples, shippedModel } from '../support/intents';
import { reportFigure } from '../support/size';

/** Messages about linking and unlinking a phone, and look-alikes that mean something else; never learned from. */
const rowSchema = z.object({ text: z.string(), intent: z.string(), like: z.string().optional() });
const rows = readFileSync(join(__dirname, 'held-out-identity.zh.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => rowSchema.parse(JSON.parse(line)));
const OURS = ['link-phone', 'unlink-phone'];

describe('the held-out messages about who the customer is', () => {
  const recognizer = createRecognizer(shippedModel(), { answerIntents });
  const judged = rows.map((row) => ({ ...row, found: recognizer.recognize(row.text) }));
  const ours = judged.filter(({ intent }) => OURS.includes(intent));
  const share = <T>(list: T[], holds: (each: T) => boolean) => list.filter(holds).length / list.length;

  it('are not learned from', () => {
    const known = new Set(shippedExamples.map(({ text }) => text.trim().toLowerCase()));
    expect(rows.filter(({ text }) => known.has(text.toLowerCase()))).toEqual([]);
  });

  it('have their intent as the best candidate', () => {
    const best = share(ours, ({ intent, found }) => found.candidates[0]?.intent === intent);
    reportFigure('held-out identity: best candidate right', best.toFixed(3));
    expect(best).toBeGreaterThanOrEqual(0.9);
  });

  it('are taken for nothing else without a question, and nothing else for them', () => {
    const isWrong = ({ intent, found }: (typeof judged)[number]) => {
      const [first] = found.intents;
      return first !== undefined && !found.isClose && first.intent !== intent;
    };
    const involved = judged.filter(
      (row) =>
        isWrong(row) && (OURS.includes(row.intent) || OURS.includes(row.found.intents[0]?.intent ?? '')),
    );
    reportFigure('held-out identity: wrong without a question', `${involved.length} of ${rows.length}`);
    expect(involved.length / rows.length).toBeLessThanOrEqual(0.04);
  });
});
