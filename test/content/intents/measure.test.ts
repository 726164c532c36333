import { parseContent } from '../../../src/content/content';
import { learnedFiles, measureFiles, rememberMeasures } from '../../../src/content/intents/measure';
import type { MeasuredIntents } from '../../../src/contract/content-intents';
import { trainModel } from '../../../src/understanding/recognizer';
import { tinyContent } from '../../support/tiny-content';

/** Fewer to learn. */
const few = Object.fromEntries(
  Object.entries(tinyContent).filter(
    ([path]) => !/intents\/(?:restart|repeat|cancel|deny|affirm|thanks|greet)\.yaml/.test(path),
  ),
);
const ACCEPTANCE = 'intents/entities/acceptance.yaml';

describe('the intents of a draft, measured', () => {
  const measured = measureFiles(learnedFiles(few));

  it('accounts for every message at every threshold, and refuses more the higher it is', () => {
    const all = measured.messages + measured.strangers;
    for (const { right, wrong, refused, strangersRefused } of measured.effects)
      expect(right + wrong + refused + strangersRefused).toBe(all);
    const wrongs = measured.effects.map(({ wrong }) => wrong);
    expect(wrongs).toEqual([...wrongs].sort((a, b) => b - a));
    expect(measured.effects.at(-1)?.refused).toBeGreaterThan(measured.effects[0]?.refused ?? 0);
    expect(measured.accuracy).toBeGreaterThan(0.8);
  });

  it('shows which intents are taken for which, as many as are not right', () => {
    const missed = measured.intents.reduce((sum, { messages, right }) => sum + messages - right, 0);
    const shown = measured.takenFor.filter(({ intent }) => intent !== 'oos');
    // A message of which nothing is known is taken for no intent at all.
    expect(shown.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(missed);
    expect(shown.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(missed / 2);
    expect(measured.intents[0]?.f1).toBeLessThanOrEqual(measured.intents.at(-1)?.f1 ?? 0);
  });

  it('takes the threshold of the content, in what is learned too', () => {
    const files = { ...few, [ACCEPTANCE]: '# 严一点\nthreshold: 0.9\n' };
    const own = measureFiles(learnedFiles(files));
    expect([own.threshold, own.isOwnThreshold, own.chosenThreshold]).toEqual([
      0.9,
      true,
      measured.chosenThreshold,
    ]);
    const { training } = parseContent({ ...tinyContent, [ACCEPTANCE]: 'threshold: 0.9' });
    expect(trainModel(training.intents, 'v').calibration.threshold).toBe(0.9);
    expect(() => parseContent({ ...tinyContent, [ACCEPTANCE]: 'threshold: 9\n' })).toThrow('acceptance.yaml');
  });

  it('measures the same files once, whatever else changes, and tells of what went wrong once', async () => {
    let calls = 0;
    let end: (value: MeasuredIntents) => void = () => undefined;
    const measures = rememberMeasures(() => {
      calls += 1;
      return calls === 1
        ? new Promise((resolve) => {
            end = resolve;
          })
        : Promise.reject(new Error('no'));
    });
    expect(await measures.read(tinyContent)).toBeNull();
    expect(await measures.read({ ...tinyContent, 'dialogs/praise.yaml': 'x' })).toBeNull();
    end(measured);
    await Promise.resolve();
    await Promise.resolve();
    expect(await measures.read(tinyContent)).toBe(measured);
    expect(calls).toBe(1);
    const other = { ...tinyContent, [ACCEPTANCE]: 'threshold: 0' };
    expect(await measures.read(other)).toBeNull();
    await new Promise(setImmediate);
    await expect(measures.read(other)).rejects.toThrow('no');
    expect(await measures.read(other)).toBeNull();
  });
});
