import { normalize } from './normalize';
import { soundOf, splitPinyin } from './pinyin';
import { stemOf } from './stem';

/** How often each feature occurs in an utterance, by the 32-bit hash of the feature. */
export type Features = Map<number, number>;

const RUNS = /([\p{Script=Han}]+)|([a-z]+(?:'[a-z]+)?)|([0-9]+)/gu;
/** Hotlines and error codes mean something; other numbers are entities. */
const SHORT_NUMBER = /^\d{3,5}$/;
/** Chosen by cross-validation on training data: `docs/understanding.md`. */
const WEIGHTS = {
  han: [2, 1, 0.75],
  word: 2,
  wordPair: 1,
  stemPair: 0.6,
  letters: 0.5,
  sound: [0.5, 0.5],
  number: 1,
  whole: 2,
} as const;
/** A message up to this long counts as a whole too: "取消" alone is something else than "取消彩铃". */
const WHOLE_LIMIT = 6;
/** Longer words are as good as their beginning; bounds the work on hostile text. */
const WORD_LIMIT = 24;
const TEXT_LIMIT = 400;

/** Two words so far apart may still belong together. */
const PAIR_DISTANCE = 12;

/**
 * Combinations are many and mostly chance: those of too few examples are not learned, and an unknown one tells nothing
 * of a message. Their lowest bit marks them.
 */
const LEAST_EXAMPLES = [1, 2] as const;
const COMBINED = 1;
const marked = (name: number, mark: number): number => (name & ~1) | mark;
/** In how many examples a feature must occur to be learned. */
export const leastExamplesOf = (name: number): number => LEAST_EXAMPLES[name & 1] ?? 1;

/** FNV-1a; features of different kinds begin with different seeds. */
const SEED = {
  han: 1,
  word: 2,
  pair: 3,
  letters: 4,
  sound: 5,
  number: 6,
  whole: 7,
  stems: 8,
} as const;
const start = (kind: keyof typeof SEED): number => Math.imul(2166136261 ^ SEED[kind], 16777619);
function hash(seed: number, text: string): number {
  let value = seed;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 16777619);
  return value ^ (value >>> 15);
}

const add = (features: Features, hashed: number, weight: number, mark = 0) => {
  const name = marked(hashed, mark);
  features.set(name, (features.get(name) ?? 0) + weight);
};

/** Runs of one unit, two and so on, as many as there are weights. */
function addGrams(features: Features, seed: number, units: string[], weights: readonly number[]): void {
  for (let from = 0; from < units.length; from += 1) {
    let name = seed;
    for (let size = 0; size < weights.length && from + size < units.length; size += 1) {
      name = hash(Math.imul(name, 31), units[from + size] ?? '');
      add(features, name, weights[size] ?? 0);
    }
  }
}

function addWord(features: Features, word: string): void {
  add(features, hash(start('word'), word), WEIGHTS.word);
  const bounded = `^${word.slice(0, WORD_LIMIT)}$`;
  for (let size = 3; size <= 5; size += 1) {
    for (let i = 0; i + size <= bounded.length; i += 1)
      add(features, hash(start('letters'), bounded.slice(i, i + size)), WEIGHTS.letters);
  }
}

/** Every two words of a message, in whichever order: "card … lost" meets "lost my card". */
function addStemPairs(features: Features, words: string[]): void {
  const stems = words.map((word) => stemOf(word.slice(0, WORD_LIMIT)));
  for (const [i, one] of stems.entries()) {
    for (const other of stems.slice(i + 1, i + 1 + PAIR_DISTANCE)) {
      const [first, second] = one < other ? [one, other] : [other, one];
      const name = hash(Math.imul(hash(start('stems'), first), 31), second);
      add(features, name, WEIGHTS.stemPair, COMBINED);
    }
  }
}

/** "wo jia wang duan le": several Latin words that all split into syllables, and nothing in Chinese characters. */
function isPinyinText(runs: RegExpExecArray[]): boolean {
  const words = runs.flatMap(([, , word]) => (word ? [word] : []));
  const hasHan = runs.some(([, han]) => han);
  return (
    !hasHan && words.length >= 2 && words.every((word) => splitPinyin(word.slice(0, WORD_LIMIT)) !== null)
  );
}

/** The syllables that a word of Latin letters is typed pinyin for; a short one only among others. */
function syllablesOf(word: string, isPinyin: boolean): string[] {
  const syllables = word.length >= 4 || isPinyin ? splitPinyin(word.slice(0, WORD_LIMIT)) : null;
  return syllables && (syllables.length > 1 || isPinyin) ? syllables : [];
}

/**
 * Han 1–3-grams, Latin words with their character 3–5-grams, pairs of their stems, the sounds (pinyin 1–2-grams, of Han text
 * and of Latin words that split into syllables: "guangmao" meets 光猫, and a homophone its word), and a short
 * message as a whole. `rewrite` brings jargon, slang and English to one form first.
 */
export function featuresOf(text: string, rewrite: (text: string) => string = (same) => same): Features {
  const features: Features = new Map();
  const said = rewrite(normalize(text.slice(0, TEXT_LIMIT)));
  const runs = [...said.matchAll(RUNS)];
  const isPinyin = isPinyinText(runs);
  const sounds: string[] = [];
  const words: string[] = [];
  for (const [, han, word, digits] of runs) {
    if (han) {
      const characters = [...han];
      addGrams(features, start('han'), characters, WEIGHTS.han);
      sounds.push(...characters.map(soundOf));
    } else if (word) {
      addWord(features, word);
      words.push(word);
      sounds.push(...syllablesOf(word, isPinyin).map(soundOf));
    } else if (digits && SHORT_NUMBER.test(digits))
      add(features, hash(start('number'), digits), WEIGHTS.number);
  }
  addGrams(features, start('sound'), sounds, WEIGHTS.sound);
  const whole = runs.map(([run]) => run).join(' ');
  if (whole.length <= WHOLE_LIMIT) add(features, hash(start('whole'), whole), WEIGHTS.whole);
  for (let i = 0; i + 1 < words.length; i += 1)
    add(features, hash(start('pair'), `${words[i]} ${words[i + 1]}`), WEIGHTS.wordPair);
  addStemPairs(features, words);
  return features;
}
