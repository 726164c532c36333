import { normalize } from '../normalize';
import { factsIn, isFactIn } from './facts';
import { withDigits } from './numerals';

/** Why a sentence is not said. */
export type Ungrounded = 'fact' | 'unsupported' | 'negation';

/** At least this share of what a sentence says must stand in its sources. */
const LEAST_SHARE = { zh: 0.6, en: 0.7 } as const;
const STOP_WORDS = new Set(
  'a an the and or of to in on at for with by from as is are be been it its this that you your we our i my if when then so can may will would should do does not no'.split(
    ' ',
  ),
);

const fold = (text: string): string => withDigits(normalize(text)).replace(/\s+/g, ' ').trim();

/** What a text is made of: pairs of Chinese characters, English words that mean something. */
function piecesOf(text: string): string[] {
  const folded = fold(text);
  const han = [...folded.matchAll(/\p{Script=Han}+/gu)].flatMap(([run]) =>
    Array.from({ length: Math.max(run.length - 1, 1) }, (_, i) => run.slice(i, i + 2)),
  );
  const words = (folded.match(/[a-z][a-z'-]+/g) ?? []).filter((word) => !STOP_WORDS.has(word));
  return [...han, ...words.map((word) => (word.length > 5 ? word.slice(0, 5) : word))];
}

const shareOf = (pieces: string[], known: Set<string>): number =>
  pieces.length === 0 ? 0 : pieces.filter((piece) => known.has(piece)).length / pieces.length;

const IDIOMS =
  /不过|不仅|不但|不同|不管|不论|差不多|不断|不久|无论|未来|非常|特别|别人|别的|没关系|not only/gu;
const NEGATION = /[不没無无未非别勿]|\b(?:not|no|never|without|cannot|nor|none)\b|n't\b|n’t\b/u;
const isNegative = (text: string): boolean => NEGATION.test(normalize(text).replace(IDIOMS, ''));

const clausesOf = (text: string): string[] =>
  text.split(/[，。；;！!？?：、\n]|[,:](?!\d)|\.(?=\s|$)/u).filter((clause) => /[\p{L}\p{N}]/u.test(clause));

/** The clause of the sources that says most of what a clause says. */
function nearest(clause: string, clauses: string[]): string | null {
  const pieces = piecesOf(clause);
  let best: { clause: string; share: number } | null = null;
  for (const other of clauses) {
    const share = shareOf(pieces, new Set(piecesOf(other)));
    if (share > (best?.share ?? 0)) best = { clause: other, share };
  }
  return best?.clause ?? null;
}

const NEGATED = [
  /(?:[不没無无未非别勿]|禁止|没有)(?:能够?|可以?|会|用|要|需要?|得|准|许|必)?(?=(\p{Script=Han}{2}))/gu,
  /(?:\b(?:not|no|never|without|cannot|nor)|n['’]t)\s+([a-z]+)/gu,
];
/** What exactly is denied: "不能携转" denies 携转. */
const deniedIn = (clause: string): string[] => {
  const folded = normalize(clause).replace(IDIOMS, '');
  return NEGATED.flatMap((pattern) => [...folded.matchAll(pattern)].map(([, denied = '']) => denied));
};

/** Whether two texts speak of the same, in at least one of their pieces. */
const areRelated = (pieces: string[], text: string): boolean => {
  const known = new Set(piecesOf(text));
  return pieces.some((piece) => piece.length > 1 && known.has(piece));
};

/** A fact must stand in a clause of the sources that speaks of the same: a number of something else is none. */
function hasStrayFact(sentence: string, sources: string[]): boolean {
  const known = sources.flatMap(clausesOf).map((clause) => ({ clause, facts: factsIn(clause) }));
  return clausesOf(sentence).some((clause) => {
    const own = piecesOf(clause);
    const pieces = own.length > 1 ? own : piecesOf(sentence);
    return [...factsIn(clause)].some(
      (fact) =>
        !known.some(
          (other) =>
            isFactIn(fact, other.facts) &&
            (fold(other.clause).includes(fold(clause)) || areRelated(pieces, other.clause)),
        ),
    );
  });
}

/** A clause that leaves a "not" out, or puts one in, says the opposite of its source. */
function turnsRound(clause: string, source: string): boolean {
  if (isNegative(source) !== isNegative(clause)) return true;
  const [denied, deniedBySource] = [deniedIn(clause), deniedIn(source)];
  const isLost = deniedBySource.some((each) => normalize(clause).includes(each) && !denied.includes(each));
  return isLost || denied.some((each) => normalize(source).includes(each) && !deniedBySource.includes(each));
}

const saysTheOpposite = (sentence: string, sources: string[]): boolean => {
  const known = sources.flatMap(clausesOf);
  return clausesOf(sentence).some((clause) => {
    const source = nearest(clause, known);
    return source !== null && turnsRound(clause, source);
  });
};

/** Pairs that most questions have, whatever they are about. */
const ASKING = new Set(
  '怎么 什么 可以 能不 不能 我想 我要 请问 一下 你们 这个 那个 多少 为什 么样 是不 有没 没有 如何 帮我 知道 告诉 想问 问一 问下 么办 还是 就是 现在 然后 因为 所以 如果 我们 咋个 不是 不要 不会 不了 了吗 的吗 吗我 哪个 哪里 哪些 哪儿 谁的 几个 东西 时候 怎样 这样 那样 这些 那些 这里 那里 一个 一样 出来 起来 过来 一直 可能 应该 已经 自己 大家 时间 事情'.split(
    ' ',
  ),
);

/** Whether sources speak of anything that a question speaks of. */
export function isAbout(question: string, sources: string[]): boolean {
  const known = new Set(sources.flatMap(piecesOf));
  return piecesOf(question).some((piece) => piece.length > 1 && !ASKING.has(piece) && known.has(piece));
}

/**
 * Whether a sentence says only what its sources say: every number, price, date and promise stands there, so do most
 * of its words, and nothing is turned round. Null when it does. In doubt it is not said.
 */
export function findUngrounded(sentence: string, sources: string[]): Ungrounded | null {
  if (hasStrayFact(sentence, sources)) return 'fact';
  const pieces = piecesOf(sentence);
  const known = new Set(sources.flatMap(piecesOf));
  const language = /\p{Script=Han}/u.test(sentence) ? 'zh' : 'en';
  if (shareOf(pieces, known) < LEAST_SHARE[language]) return 'unsupported';
  return saysTheOpposite(sentence, sources) ? 'negation' : null;
}
