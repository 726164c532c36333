import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createSayAnswer } from '../dialogs/tables/fact-texts';
import {
  evaluateKnowledge,
  type KnowledgeEvaluation,
  type Question,
} from '../understanding/knowledge/evaluate';
import { createKnowledge } from '../understanding/knowledge/find-answers';
import { createRanker, rankTopics } from '../understanding/knowledge/rank';
import { learn } from '../understanding/learn';
import { parseContent, readContentFiles } from './content';

/**
 * `npm run knowledge:evaluate -- [--questions A.jsonl …] [--json]`: lines are {"text","article"}, article null where
 * none answers. Without questions it is those of the tests. What is learned is `dialogs/knowledge/`.
 */
const root = join(__dirname, '../..');
const folder = join(root, 'test/understanding/knowledge');
const SHIPPED = ['questions.jsonl', 'questions-2.jsonl'].map((name) => join(folder, name));
const rowSchema = z.object({ text: z.string().min(1), article: z.string().nullable() });

function readQuestions(path: string): Question[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return [];
    const row = rowSchema.safeParse(JSON.parse(line));
    if (!row.success)
      throw new RangeError(`${path}, line ${i + 1}: write {"text": "…", "article": "id" or null}.`);
    return [row.data];
  });
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

const describe = (path: string, found: KnowledgeEvaluation): string =>
  [
    path,
    `  questions with an answer     ${found.questions}`,
    `  hit@1, MRR                   ${percent(found.hitAt1)}, ${found.mrr.toFixed(3)}`,
    `  answered at once and right   ${percent(found.answered)}`,
    `  asked which of two, right    ${percent(found.askedBack)}`,
    `  answered wrongly             ${percent(found.wrong)}`,
    `  questions without an answer  ${found.strangers}`,
    `  refused                      ${percent(found.refused)}`,
    `  answered all the same        ${percent(found.wronglyAnswered)}`,
    `  a question                   p50 ${found.p50Micros.toFixed(0)} µs, p99 ${found.p99Micros.toFixed(0)} µs`,
    ...found.mistakes.map(({ text, expected, given }) => `    "${text}": ${given}, not ${expected ?? 'any'}`),
  ].join('\n');

function run(): void {
  const { values } = parseArgs({
    options: { questions: { type: 'string', multiple: true }, json: { type: 'boolean' } },
  });
  const { dialogs, training } = parseContent(readContentFiles(root));
  const { knowledge } = training;
  if (!knowledge?.passages) throw new RangeError('dialogs/knowledge/ holds no articles: write one first.');
  const began = performance.now();
  const model = learn(knowledge, 'evaluation');
  const seconds = (performance.now() - began) / 1000;
  const score = createRanker(model.linear, { ...knowledge, passages: knowledge.passages });
  const rank = (text: string) => rankTopics(score, model.linear.intents, text);
  const articles = [...dialogs.articles.values()];
  const timeZone = 'Asia/Shanghai';
  const { findAnswers } = createKnowledge({
    articles,
    model,
    timeZone,
    sayAnswer: createSayAnswer(dialogs.facts, timeZone),
  });
  const found = (values.questions ?? SHIPPED).map((path): [string, KnowledgeEvaluation] => [
    path,
    evaluateKnowledge(readQuestions(path), { findAnswers, rank, now: Date.now() }),
  ]);
  if (values.json) {
    console.log(JSON.stringify(Object.fromEntries(found)));
    return;
  }
  const { accuracy, kept, refused } = model.calibration;
  console.log(`${articles.length} articles, learned and calibrated in ${seconds.toFixed(1)} s`);
  console.log(
    `ways of asking that were left out: hit@1 ${percent(accuracy)}, answered ${percent(kept)}; topics that were left out: refused ${percent(refused)}`,
  );
  for (const [path, each] of found) console.log(describe(path, each));
}

try {
  run();
} catch (error) {
  // A mistake of the caller is told in a line; anything else is a fault and shows where it happened.
  if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
