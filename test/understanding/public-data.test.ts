import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bestOf, type Example, marginsOf, trainLinearModel } from '../../src/understanding/model';
import { reportFigure } from '../support/size';

const folder = join(__dirname, '../../../shared/data/intents');
const isPresent = existsSync(folder);
if (!isPresent) console.log('The public intent data are not on this machine: their tests are left out.');

const read = (name: string): Example[] =>
  readFileSync(join(folder, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** Measured once with these settings; a change of the features that costs more than a point is seen. */
const floors: [name: string, accuracy: number][] = [
  ['banking77', 0.74],
  ['clinc150', 0.8],
];

(isPresent ? describe : describe.skip)('the classifier on public data, ten examples an intent', () => {
  it.each(floors)('is right about %s at least at the measured rate', (name, floor) => {
    const model = trainLinearModel(read(`${name}/train_10.jsonl`));
    const test = read(`${name}/test.jsonl`).filter(({ intent }) => model.intents.includes(intent));
    const right = test.filter(({ text, intent }) => {
      const margins = marginsOf(model, text);
      return margins !== null && model.intents[bestOf(margins, 1)[0] ?? 0] === intent;
    });
    reportFigure(`accuracy on ${name}, ten examples an intent`, right.length / test.length);
    expect(right.length / test.length).toBeGreaterThan(floor);
  });
});
