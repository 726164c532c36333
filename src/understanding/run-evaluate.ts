import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { describeProblems } from '../contract/problem';
import { crossValidate, type Evaluation, evaluate } from './evaluate';
import { examplesOf, parseIntents, readYamlFolder } from './intent-file';
import { parseLexicon } from './lexicon';
import { type Example, OUT_OF_SCOPE } from './model';

/**
 * `npm run intents:evaluate -- [--train A.jsonl] [--test B.jsonl] [--oos C.jsonl] [--json]`: lines are
 * {"text","intent"}. Without `--train` it is `intents/` that is learned, without `--test` it is cross-validated. The
 * lexicon of `intents/entities/` and every setting are the same for all data.
 */
const root = join(__dirname, '../..');
const rowSchema = z.object({ text: z.string(), intent: z.string().min(1) });

/** The rows of a file; throws with file and line for one that is none. */
function readRows(path: string): Example[] {
  if (!existsSync(path)) throw new RangeError(`${path} does not exist: name a file of JSON lines.`);
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, i): Example[] => {
      if (line.trim() === '') return [];
      try {
        const { text, intent } = rowSchema.parse(JSON.parse(line));
        return [{ text, intent }];
      } catch {
        throw new RangeError(`${path}, line ${i + 1}: write {"text": "…", "intent": "…"}.`);
      }
    });
}

function shippedExamples(): Example[] {
  const { intents, problems } = parseIntents(readYamlFolder(join(root, 'intents')));
  if (problems.length > 0) throw new RangeError(`Intents to mend:\n${describeProblems(problems)}`);
  return examplesOf(intents);
}

const percent = (share: number | null): string => (share === null ? '–' : `${(100 * share).toFixed(1)}%`);

function describe(found: Evaluation): string {
  return [
    `accuracy                     ${percent(found.accuracy)}`,
    `macro-F1                     ${percent(found.macroF1)}`,
    `in scope, accepted and right ${percent(found.inScopeAccuracy)}`,
    `out of scope, refused        ${percent(found.oosRecall)}`,
    `accepted though wrong        ${percent(found.wrongAccepted)} of all`,
    `AUROC                        ${found.auroc?.toFixed(3) ?? '–'}`,
    `training                     ${found.trainSeconds.toFixed(2)} s, calibration included`,
    `a message                    p50 ${found.p50Micros.toFixed(0)} µs, p99 ${found.p99Micros.toFixed(0)} µs`,
    `model                        ${(found.modelBytes / 1e6).toFixed(2)} MB`,
    'worst intents (F1, recall)',
    ...found.worst.map(
      ({ intent, f1, recall, messages }) =>
        `  ${intent.padEnd(44)} ${percent(f1)}  ${percent(recall)} of ${messages}`,
    ),
    'most confused',
    ...found.confused.map(({ intent, as, count }) => `  ${intent} taken for ${as}: ${count}`),
  ].join('\n');
}

function run(): void {
  const { values } = parseArgs({
    options: {
      train: { type: 'string' },
      test: { type: 'string' },
      oos: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const { lexicon } = parseLexicon(readYamlFolder(join(root, 'intents/entities')));
  const training = { examples: values.train ? readRows(values.train) : shippedExamples(), lexicon };
  const strangers = (values.oos ? readRows(values.oos) : []).map(({ text }) => ({
    text,
    intent: OUT_OF_SCOPE,
  }));
  const found = values.test
    ? evaluate(training, [...readRows(values.test), ...strangers])
    : crossValidate(training, { strangers });
  console.log(values.json ? JSON.stringify(found) : describe(found));
}

try {
  run();
} catch (error) {
  // A mistake of the caller is told in a line; anything else is a fault and shows where it happened.
  if (!(error instanceof RangeError || (error instanceof TypeError && 'code' in error))) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
