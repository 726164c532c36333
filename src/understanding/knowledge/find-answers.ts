import { dayOf } from '../../calendar-day';
import type { Locale } from '../../contract/activity';
import {
  type Article,
  type AskedAt,
  type FindAnswers,
  type FindArticles,
  type FoundAnswers,
  NO_ANSWERS,
  type ScoredArticle,
} from '../../contract/knowledge';
import { OUT_OF_SCOPE } from '../model';
import type { TrainedModel } from '../recognizer';
import { fitOfArea, holdsOn } from './holds';
import { createRanker, topScores } from './rank';
import { knowledgeTraining, topicsOf } from './topics';

/**
 * Answers to questions, found offline: BM25 over Chinese bigrams and words, and the classifier's features learned on
 * every way of asking, together. Thresholds come with the model. docs/knowledge.md says how it is measured.
 */
export interface Knowledge {
  findAnswers: FindAnswers;
  holds: (article: Article, at: AskedAt) => boolean;
  findArticles: FindArticles;
}

/** A second article this near the first is asked about even when both are likely. */
const CLOSE_LEAD = 0.15;
/** Never chosen: what does not hold today or here. */
const OUT = Number.NEGATIVE_INFINITY;

export const NO_KNOWLEDGE: Knowledge = {
  findAnswers: () => NO_ANSWERS,
  holds: () => false,
  findArticles: () => [],
};

export interface KnowledgeOptions {
  articles: Article[];
  /** What `trainKnowledge` learned from these very articles. */
  model: TrainedModel;
  /** The operator's zone: whose days the validity of an answer counts in. */
  timeZone: string;
  /** An answer as it is said then and there; null when a fact of it does not hold. */
  sayAnswer: (text: string, at: AskedAt & { locale: Locale }) => string | null;
}

/** Of the articles of one topic the one that holds now and here; what is written for the place comes first. */
function articleFor(same: Article[], day: string, { area }: AskedAt): Article | null {
  const held = same.filter((article) => holdsOn(article, day));
  const fits = (fit: string, isLocal: boolean) =>
    held.find((article) => fitOfArea(article, area) === fit && article.areas.length > 0 === isLocal);
  return fits('here', true) ?? fits('here', false) ?? fits('unknown', true) ?? null;
}

const isAlways = ({ from, until, areas }: Article): boolean => !from && !until && areas.length === 0;

function decide(articles: ScoredArticle[], certainty: number, { calibration }: TrainedModel): FoundAnswers {
  const { threshold, levels } = calibration;
  const [first, second] = articles;
  if (!first || !levels) return NO_ANSWERS;
  const isClose = second !== undefined && first.score - second.score < CLOSE_LEAD;
  if (certainty >= threshold && !isClose)
    return { status: 'found', isSure: certainty >= levels.sure, articles };
  if (certainty >= levels.ask && second) return { status: 'close', isSure: false, articles };
  return NO_ANSWERS;
}

/** Joins articles and their trained model into what turns look answers up with. */
export function createKnowledge({ articles, model, timeZone, sayAnswer }: KnowledgeOptions): Knowledge {
  if (articles.length === 0) return NO_KNOWLEDGE;
  const { lexicon, intents } = model.linear;
  const score = createRanker(
    model.linear,
    knowledgeTraining(articles, { lexicon, concerns: [], noAnswer: [] }),
  );
  const byTopic = topicsOf(articles);
  const topics = intents.map((topic) => byTopic.get(topic) ?? []);
  const fixed = topics.map((same) => same.find((article) => same.length === 1 && isAlways(article)) ?? null);

  /** Scores of the topics that hold, and the article of each. */
  function scoreAt(text: string, at: AskedAt) {
    const day = dayOf(at.now, timeZone);
    const articleOf = (i: number) => fixed[i] ?? articleFor(topics[i] ?? [], day, at);
    const scores = score(text);
    for (const [i, topic] of intents.entries()) if (topic !== OUT_OF_SCOPE && !articleOf(i)) scores[i] = OUT;
    return { scores, articleOf };
  }

  return {
    holds: (article, at) =>
      holdsOn(article, dayOf(at.now, timeZone)) && fitOfArea(article, at.area) !== 'elsewhere',
    findAnswers(text, at) {
      const { scores, articleOf } = scoreAt(text, at);
      const { best, certainty } = topScores(scores, intents);
      const found = best.flatMap((i): ScoredArticle[] => {
        const article = articleOf(i);
        return article ? [{ id: article.id, score: scores[i] ?? OUT }] : [];
      });
      return decide(found, certainty, model);
    },
    findArticles(text, { locale, ...at }) {
      const { scores, articleOf } = scoreAt(text, at);
      return topScores(scores, intents).best.flatMap((i) => {
        const article = articleOf(i);
        if (!article) return [];
        const { id, question, answer, source } = article;
        const said = sayAnswer(answer[locale], { ...at, locale });
        return said === null ? [] : [{ id, title: question[locale], text: said, source: source[locale] }];
      });
    },
  };
}
