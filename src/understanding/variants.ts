import { createExampleIndex, type ExampleHint } from './example-index';
import type { Lexicon } from './lexicon';
import type { Example } from './model';

/**
 * Other ways to type an example, made without a model: how people begin and end, who is meant, what they want, what
 * comes first, values that are as good. The same examples always make the same; nothing is added by itself.
 */
export interface Variant {
  text: string;
  /** The example that it was made from. */
  from: string;
  /** What it comes close to in another intent; null for nothing. */
  near: ExampleHint | null;
}

type Rewrite = (text: string) => string[];

/** Words of one row can stand for each other, where the text holds one of them. */
const swapping =
  (rows: readonly (readonly string[])[], bounded = false): Rewrite =>
  (text) =>
    rows.flatMap((row) => {
      const held = row.find((word) => findWord(text, word, bounded) >= 0);
      if (held === undefined) return [];
      const at = findWord(text, held, bounded);
      return row
        .filter((word) => word !== held)
        .map((word) => text.slice(0, at) + word + text.slice(at + held.length));
    });

function findWord(text: string, word: string, bounded: boolean): number {
  const at = text.indexOf(word);
  if (at < 0 || !bounded) return at;
  const isLetter = (char: string | undefined) => char !== undefined && /[a-z']/i.test(char);
  return isLetter(text[at - 1]) || isLetter(text[at + word.length]) ? -1 : at;
}

const begins =
  (openings: readonly string[], unless: RegExp): Rewrite =>
  (text) =>
    unless.test(text) ? [] : openings.map((opening) => opening + text);
const ends =
  (endings: readonly string[], unless: RegExp): Rewrite =>
  (text) =>
    unless.test(text) ? [] : endings.map((ending) => text + ending);

/** Whom it is about and what is wanted, where the text begins with it. */
const BEGINNINGS = [
  ['我家', '家里', '我这边', '我们家'],
  ['我要', '我想', '帮我', '能不能'],
];
function begun(text: string): string[] {
  const row = BEGINNINGS.find((words) => words.some((word) => text.startsWith(word))) ?? [];
  const held = row.find((word) => text.startsWith(word)) ?? '';
  return row.filter((word) => word !== held).map((word) => word + text.slice(held.length));
}

/** What follows a comma comes first; a time that stands at the beginning comes last. */
function turned(text: string): string[] {
  const halves = /^([^，,]{2,})[，,]\s*([^，,]{2,})$/u.exec(text);
  if (halves) return [`${halves[2]}，${halves[1]}`];
  const timed =
    /^((?:从)?(?:今天|今早|昨天|昨晚|前天|刚才|刚刚|最近|这两天|早上|晚上)(?:开始)?)(?!.*[，,])(.{3,})$/u.exec(
      text,
    );
  return timed ? [`${timed[2]}，${timed[1]}`] : [];
}

const ZH: Rewrite[] = [
  begun,
  swapping([
    ['怎么办', '咋办', '如何办'],
    ['怎么', '咋'],
    ['为什么', '为啥', '凭什么'],
    ['多少钱', '什么价', '收多少'],
    ['什么时候', '啥时候', '几时', '多久'],
    ['不能', '没法', '不让'],
  ]),
  turned,
  swapping([
    ['今天', '昨天', '这两天'],
    ['昨晚', '今早', '刚才'],
    ['100兆', '300兆', '500兆'],
    ['一个月', '两个月', '半年'],
  ]),
  ends(['，谢谢', '，帮我看看'], /[吗呢么吧?？。！!]$|谢谢|看看/u),
  begins(['你好，', '那个，', '麻烦问下，'], /^(?:你好|您好|喂|那个|麻烦|请问)/u),
  (text) => (/.{4,}[啊呀呢啦]$/u.test(text) ? [text.slice(0, -1)] : []),
];

const EN: Rewrite[] = [
  swapping(
    [
      ['i want to', "i'd like to", 'can i', 'i need to'],
      ['how do i', 'how can i', 'how to'],
      ['my', 'our', 'the'],
      ["isn't", 'is not', 'isnt'],
      ["can't", 'cannot', 'cant'],
      ["doesn't", 'does not', 'doesnt'],
      ['internet', 'broadband', 'wifi'],
    ],
    true,
  ),
  swapping([['today', 'since yesterday', 'since this morning']], true),
  ends([' please', ' thanks'], /[?!.]$|please|thanks/i),
  begins(['hi, ', 'hello, '], /^(?:hi|hello|hey)\b/i),
];

/** So many examples are varied, evenly over all of them. */
const SEEDS = 60;
/** So many variants at most are compared with every example there is: each takes milliseconds. */
const COMPARED = 120;

/** Pinyin is Latin too: English is what holds a word that it cannot do without. */
const ENGLISH = /\b(?:i|my|our|the|a|is|isn't|are|to|not|how|what|why|can|can't|do|does|no|it|was|very)\b/i;
const rewritesOf = (text: string): Rewrite[] =>
  /\p{Script=Han}/u.test(text) ? ZH : ENGLISH.test(text) ? EN : [];

/** Variants of examples, of each way in turn, without what is the same as another. */
export function makeVariants(examples: readonly string[]): Omit<Variant, 'near'>[] {
  const step = Math.max(1, Math.floor(examples.length / SEEDS));
  const seeds = examples.filter((_, i) => i % step === 0).slice(0, SEEDS);
  const seen = new Set(examples);
  const ways = Array.from({ length: Math.max(ZH.length, EN.length) }, (_, way) =>
    seeds.flatMap((from) =>
      (rewritesOf(from)[way]?.(from) ?? []).map((text) => ({ text: text.trim(), from })),
    ),
  );
  const most = Math.max(...ways.map((made) => made.length));
  return Array.from({ length: most }, (_, i) => ways.flatMap((made) => made[i] ?? []))
    .flat()
    .filter(({ text }) => !seen.has(text) && Boolean(seen.add(text)));
}

/** What variants are made of and held against; `index` is that of the examples. */
export interface Known {
  examples: readonly Example[];
  lexicon: Lexicon;
  index: ReturnType<typeof createExampleIndex>;
}

export interface VariantRequest {
  intent: string;
  /** What was shown already. */
  shown: readonly string[];
  limit: number;
}

/**
 * Variants of an intent's examples that teach something: neither one that hardly differs from an example or another
 * variant, nor one that reads the same as one of another intent. Those that come close to another intent come last.
 */
export function suggestVariants(
  { examples, lexicon, index }: Known,
  { intent, shown, limit }: VariantRequest,
): Variant[] {
  const own = examples.filter((example) => example.intent === intent).map(({ text }) => text);
  const known = new Set(shown);
  const candidates = makeVariants(own).filter(({ text }) => !known.has(text));
  const [clear, close]: [Variant[], Variant[]] = [[], []];
  const isAlike = (text: string): boolean => {
    const others = [...clear, ...close].map((variant) => ({ text: variant.text, intent }));
    return createExampleIndex(others, lexicon).hintsOf({ text, intent }).length > 0;
  };
  for (const { text, from } of candidates.slice(0, COMPARED)) {
    if (clear.length === limit) break;
    // One of each example in a batch: the others come with the next.
    if ([...clear, ...close].some((variant) => variant.from === from)) continue;
    const hints = index.hintsOf({ text, intent });
    if (hints.some(({ type }) => type !== 'near') || isAlike(text)) continue;
    const [near = null] = hints;
    (near ? close : clear).push({ text, from, near });
  }
  return [...clear, ...close].slice(0, limit);
}
