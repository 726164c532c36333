import { normalize } from './normalize';
import { splitPinyin, syllableOf } from './pinyin';

/** How often each feature occurs in an utterance; single characters count more, words of Latin script too. */
export type Features = Map<string, number>;

const RUNS = /([\p{Script=Han}]+)|([a-z]+(?:'[a-z]+)?)|([0-9]+)/gu;
/** Hotlines and error codes mean something; other numbers are entities. */
const SHORT_NUMBER = /^\d{3,5}$/;
const CHARACTER_WEIGHT = 1.5;
const WORD_WEIGHT = 2;
const PINYIN_WEIGHT = 0.5;
/** Longer words are as good as their beginning; bounds the work on hostile text. */
const WORD_LIMIT = 24;
const TEXT_LIMIT = 400;

const add = (features: Features, name: string, weight: number) => {
  features.set(name, (features.get(name) ?? 0) + weight);
};

function addGrams(
  features: Features,
  prefix: string,
  units: string[],
  longest: number,
  weight: number,
): void {
  for (let size = 1; size <= longest; size += 1) {
    const each = size === 1 && prefix === 'h' ? weight * CHARACTER_WEIGHT : weight;
    for (let i = 0; i + size <= units.length; i += 1) {
      add(features, `${prefix}:${units.slice(i, i + size).join(prefix === 'h' ? '' : ' ')}`, each);
    }
  }
}

function addWord(features: Features, word: string): void {
  add(features, `w:${word}`, WORD_WEIGHT);
  const bounded = `^${word.slice(0, WORD_LIMIT)}$`;
  for (let size = 3; size <= 5; size += 1) {
    for (let i = 0; i + size <= bounded.length; i += 1) add(features, `c:${bounded.slice(i, i + size)}`, 0.5);
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

/**
 * Han 1–3-grams, Latin words with their character 3–5-grams and word pairs, and pinyin 1–2-grams, of Han text and of
 * Latin words that split into syllables: "guangmao" meets 光猫, and a homophone its word.
 */
export function featuresOf(text: string): Features {
  const features: Features = new Map();
  const runs = [...normalize(text).slice(0, TEXT_LIMIT).matchAll(RUNS)];
  const isPinyin = isPinyinText(runs);
  let spoken: string[] = [];
  let words: string[] = [];
  const flush = () => {
    if (spoken.length > 0) addGrams(features, 'p', spoken, 2, PINYIN_WEIGHT);
    for (let i = 0; i + 1 < words.length; i += 1) add(features, `b:${words[i]} ${words[i + 1]}`, 1);
    spoken = [];
    words = [];
  };
  for (const [, han, word, digits] of runs) {
    if (han) {
      const characters = [...han];
      addGrams(features, 'h', characters, 3, 1);
      spoken.push(...characters.map(syllableOf));
    } else if (word) {
      addWord(features, word);
      words.push(word);
      const syllables = word.length >= 4 || isPinyin ? splitPinyin(word.slice(0, WORD_LIMIT)) : null;
      if (syllables && (syllables.length > 1 || isPinyin)) spoken.push(...syllables);
    } else if (digits && SHORT_NUMBER.test(digits)) add(features, `n:${digits}`, 1);
  }
  flush();
  return features;
}
