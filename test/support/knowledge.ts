import { join } from 'node:path';
import { parseContent, readContentFiles } from '../../src/content/content';
import { createSayAnswer } from '../../src/dialogs/tables/fact-texts';
import { createKnowledge } from '../../src/understanding/knowledge/find-answers';
import { createRanker, rankTopics } from '../../src/understanding/knowledge/rank';
import { learn } from '../../src/understanding/learn';
import { learnOnce } from './learn-once';

/** The articles that ship, learned, and every topic ranked for a question. */
export function shippedKnowledge() {
  const { dialogs, training } = parseContent(readContentFiles(join(__dirname, '../..')));
  const articles = [...dialogs.articles.values()];
  if (!training.knowledge?.passages) throw new Error('no articles ship');
  const rows = { examples: training.knowledge.examples, passages: training.knowledge.passages };
  const { knowledge: material } = training;
  const model = learnOnce(material, (hash) => learn(material, hash));
  const score = createRanker(model.linear, rows);
  const timeZone = 'Asia/Shanghai';
  const rank = (text: string) => rankTopics(score, model.linear.intents, text);
  const knowledge = createKnowledge({
    articles,
    model,
    timeZone,
    sayAnswer: createSayAnswer(dialogs.facts, timeZone),
  });
  return { articles, model, rank, ...knowledge, dialogs: { ...dialogs, ...knowledge } };
}
