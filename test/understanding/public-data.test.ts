import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate } from '../../src/understanding/evaluate';
import type { Example } from '../../src/understanding/model';
import { shippedLexicon } from '../support/intents';
import { reportFigure } from '../support/size';

const folder = join(__dirname, '../../../shared/data/intents');
const isPresent = existsSync(folder);
if (!isPresent) console.log('The public intent data are not on this machine: their tests are left out.');

const read = (name: string): Example[] =>
  readFileSync(join(folder, `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

interface Case {
  /** What is learned from; the second, if any, is supplied out-of-scope text. */
  train: string[];
  test: string[];
  /** Measured once with these settings; a change that costs more than a point is seen. */
  accuracy: number;
  isHeavy?: boolean;
}
const cases: Case[] = [
  { train: ['banking77/train_10'], test: ['banking77/test'], accuracy: 0.765, isHeavy: true },
  { train: ['banking77/train_5'], test: ['banking77/test'], accuracy: 0.67 },
  {
    train: ['clinc150/train_10'],
    test: ['clinc150/test', 'clinc150/oos_test'],
    accuracy: 0.81,
    isHeavy: true,
  },
  { train: ['banking77/train'], test: ['banking77/test'], accuracy: 0.915, isHeavy: true },
  {
    train: ['clinc150/train'],
    test: ['clinc150/test', 'clinc150/oos_test'],
    accuracy: 0.925,
    isHeavy: true,
  },
  {
    train: ['clinc150/train', 'clinc150/oos_train'],
    test: ['clinc150/test', 'clinc150/oos_test'],
    accuracy: 0.925,
    isHeavy: true,
  },
];

(isPresent ? describe : describe.skip)('the classifier on public data', () => {
  const run = cases.filter(({ isHeavy }) => !isHeavy || process.env.PROVE);
  it.each(run)(
    'learns $train to at least the measured accuracy',
    ({ train, test, accuracy }) => {
      const training = { examples: train.flatMap(read), lexicon: shippedLexicon.lexicon };
      const found = evaluate(training, test.flatMap(read));
      reportFigure(
        `${train.join(' + ')}: accuracy / accepted and right / strangers refused / AUROC / seconds`,
        [found.accuracy, found.inScopeAccuracy, found.oosRecall, found.auroc, found.trainSeconds]
          .map((value) => value?.toFixed(3) ?? '-')
          .join(' / '),
      );
      expect(found.accuracy).toBeGreaterThan(accuracy);
    },
    120_000,
  );
});
