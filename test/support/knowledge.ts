import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseContent, readContentFiles } from '../../src/content/content';
import { createKnowledge } from '../../src/understanding/knowledge/find-answers';
import { createRanker, rankTopics } from '../../src/understanding/knowledge/rank';
import { learn } from '../../src/understanding/learn';
import type { TrainedModel, Training } from '../../src/understanding/recognizer';
import { MODEL_SCHEMA, readModel, writeModel } from '../../src/understanding/store-model';

const CACHE = join(__dirname, '../../node_modules/.cache/models');

/** Learned once for all test files, and again only when what is learned from changes. */
function learnOnce(training: Training): TrainedModel {
  const hash = createHash('sha256')
    .update(JSON.stringify([MODEL_SCHEMA, training]))
    .digest('hex')
    .slice(0, 32);
  const path = join(CACHE, `${hash}.model`);
  if (existsSync(path)) return readModel(readFileSync(path));
  const model = learn(training, hash);
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(`${path}.${process.pid}`, writeModel(model));
  renameSync(`${path}.${process.pid}`, path);
  return model;
}

/** The articles that ship, learned, and every topic ranked for a question. */
export function shippedKnowledge() {
  const { dialogs, training } = parseContent(readContentFiles(join(__dirname, '../..')));
  const articles = [...dialogs.articles.values()];
  if (!training.knowledge?.passages) throw new Error('no articles ship');
  const rows = { examples: training.knowledge.examples, passages: training.knowledge.passages };
  const model = learnOnce(training.knowledge);
  const score = createRanker(model.linear, rows);
  const rank = (text: string) => rankTopics(score, model.linear.intents, text);
  const knowledge = createKnowledge({ articles, model, timeZone: 'Asia/Shanghai' });
  return { articles, model, rank, ...knowledge, dialogs: { ...dialogs, ...knowledge } };
}
