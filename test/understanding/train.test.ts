import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRecognizer, trainModel } from '../../src/understanding/recognizer';
import { trainInWorker } from '../../src/understanding/train';

const training = {
  examples: ['网断了', '没有网', '上不了网', '断网'].flatMap((text) => [
    { text, intent: 'fault' },
    { text: `查${text}的账单`, intent: 'bill' },
  ]),
  lexicon: { forms: [], plans: [] },
};
const place = {
  file: join(__dirname, '../../src/understanding/train-worker.ts'),
  execArgv: ['-r', join(__dirname, '../support/register.cjs')],
};

describe('training in a thread', () => {
  it('gives the same model as training here, while this thread goes on', async () => {
    let beats = 0;
    const timer = setInterval(() => {
      beats += 1;
    }, 5);
    const model = await trainInWorker(training, 'v1', place);
    clearInterval(timer);
    const here = trainModel(training, 'v1');
    const options = { answerIntents: new Set<string>() };
    expect(model.version).toBe('v1');
    expect(createRecognizer(model, options).recognize('我家断网了')).toEqual(
      createRecognizer(here, options).recognize('我家断网了'),
    );
    expect(beats).toBeGreaterThan(3);
  });

  it('rejects when the thread fails', async () => {
    const missing = { ...place, file: join(__dirname, 'no-such-worker.ts') };
    await expect(trainInWorker(training, 'v1', missing)).rejects.toMatchObject({ code: 'internal' });
  });

  it('rejects what a thread of another release has learned', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'worker-'));
    const file = join(folder, 'worker.js');
    writeFileSync(file, "require('node:worker_threads').parentPort.postMessage(Buffer.from('other'))");
    await expect(trainInWorker(training, 'v1', { file })).rejects.toMatchObject({ code: 'internal' });
    rmSync(folder, { recursive: true });
  });
});
