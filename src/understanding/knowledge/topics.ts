import type { Article } from '../../contract/knowledge';
import type { Lexicon } from '../lexicon';
import { type Example, OUT_OF_SCOPE } from '../model';
import type { Training } from '../recognizer';

/** Of a clause shorter than this nothing can be learned. */
const CLAUSE_LENGTH = 4;

/** Articles that answer one question for different places or times share a topic: the id of the first of them. */
export function topicsOf(articles: Article[]): Map<string, Article[]> {
  const byQuestion = new Map<string, Article[]>();
  for (const article of articles) {
    const key = article.question.zh;
    byQuestion.set(key, [...(byQuestion.get(key) ?? []), article]);
  }
  return new Map([...byQuestion.values()].map((same) => [same[0]?.id ?? '', same]));
}

const phrasesOf = ({ question, variants }: Article): string[] => [
  question.zh,
  question.en,
  ...variants.zh,
  ...variants.en,
];

/** A fact that the answer names: what it comes to is no word of the answer. */
const FACT = /\{\{[^{}]*\}\}/gu;

/** Clauses of the answer: words that a question may share with it. */
const clausesOf = ({ answer }: Article): string[] =>
  [answer.zh, answer.en]
    .flatMap((text) => text.replace(FACT, ' ').split(/[。；，？、;,.?\n]/u))
    .map((clause) => clause.trim())
    .filter((clause) => clause.length >= CLAUSE_LENGTH);

/** What a place's own answer has beside the one for everywhere is names and numbers, and not what the topic is about. */
function widest(same: Article[]): Article[] {
  const everywhere = same.filter(({ areas }) => areas.length === 0);
  return everywhere.length > 0 ? everywhere : same;
}

/** What is learned beside the articles. */
export interface KnowledgeSurroundings {
  lexicon: Lexicon;
  /** What customers say that is no question of the knowledge: examples of intents. */
  concerns: string[];
  /** Questions that no article answers. */
  noAnswer: string[];
}

/** So many concerns are enough to tell questions from what is none; more only cost time. */
const CONCERNS = 400;

const everyNth = (list: string[], most: number): string[] => {
  const n = Math.ceil(list.length / most);
  return list.filter((_text, i) => i % n === 0);
};

/** What is learned from articles: ways of asking, which are judged by, and clauses of the answers, which only help. */
export function knowledgeTraining(
  articles: Article[],
  { lexicon, concerns, noAnswer }: KnowledgeSurroundings,
): Training & { passages: Example[] } {
  const rows = (textsOf: (article: Article) => string[], ofTopic = (same: Article[]) => same): Example[] =>
    [...topicsOf(articles)].flatMap(([intent, same]) =>
      [...new Set(ofTopic(same).flatMap(textsOf))].map((text) => ({ text, intent })),
    );
  const strangers = [...everyNth(concerns, CONCERNS), ...noAnswer];
  const others = strangers.map((text) => ({ text, intent: OUT_OF_SCOPE }));
  return { examples: [...rows(phrasesOf), ...others], passages: rows(clausesOf, widest), lexicon };
}
