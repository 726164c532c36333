import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeModel } from '../../src/understanding/store-model';
import { shippedModel } from '../support/intents';
import { reportFigure } from '../support/size';

/** The limit of the growth of a server that serves `intents/`. */
const LIMIT_MB = 60;

it('a process that serves the shipped model and has answered 820 messages has grown by little', () => {
  const model = join(mkdtempSync(join(tmpdir(), 'model-')), 'model');
  writeFileSync(model, writeModel(shippedModel()));
  const program = join(__dirname, 'serve-model.cjs');
  const messages = join(__dirname, 'held-out.zh.jsonl');
  const bytes = Number(
    execFileSync(process.execPath, ['--expose-gc', program, model, messages], { encoding: 'utf8' }),
  );
  reportFigure('shipped model: memory of a process that serves it, MB', (bytes / 1e6).toFixed(1));
  expect(bytes).toBeGreaterThan(0);
  expect(bytes / 1e6).toBeLessThanOrEqual(LIMIT_MB);
});
