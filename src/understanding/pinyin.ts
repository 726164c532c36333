import { pinyin } from 'pinyin-pro';

const known = new Map<string, string>();

/** The usual reading of one character without its tone; looked up once. */
export function syllableOf(character: string): string {
  const found = known.get(character);
  if (found !== undefined) return found;
  const syllable = pinyin(character, { toneType: 'none' }).replaceAll('ü', 'v');
  known.set(character, syllable);
  return syllable;
}

/** Sounds that the south does not tell apart, and that homophones mix, as one: zh is z, l is n, -ng is -n. */
const foldSound = (syllable: string): string =>
  syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^l/, 'n')
    .replace(/([ie])ng$/, '$1n');

const sounds = new Map<string, string>();

/** The folded sound of a character or of a typed syllable; looked up once. */
export function soundOf(characterOrSyllable: string): string {
  const found = sounds.get(characterOrSyllable);
  if (found !== undefined) return found;
  const isSyllable = /^[a-z]/.test(characterOrSyllable);
  const sound = foldSound(isSyllable ? characterOrSyllable : syllableOf(characterOrSyllable));
  // Syllables and characters are few; what else is passed must not fill the memory.
  if (sounds.size < 30_000) sounds.set(characterOrSyllable, sound);
  return sound;
}

const INITIALS = 'b p m f d t n l g k h j q x zh ch sh r z c s y w'.split(' ');
const FINALS =
  'a o e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un uang v ve ue'.split(
    ' ',
  );
/** Every initial with every final: a few that Chinese lacks do no harm, since all of a word must split. */
const SYLLABLES = new Set([
  ...INITIALS.flatMap((initial) => FINALS.map((final) => initial + final)),
  'a',
  'ai',
  'an',
  'ang',
  'e',
  'en',
  'er',
  'o',
  'ou',
]);
const LONGEST = 6;

/** Splits a Latin word into pinyin syllables, the longest first; null when it does not split without rest. */
export function splitPinyin(word: string): string[] | null {
  if (word === '') return [];
  for (let length = Math.min(LONGEST, word.length); length > 0; length -= 1) {
    const head = word.slice(0, length);
    if (!SYLLABLES.has(head)) continue;
    const rest = splitPinyin(word.slice(length));
    if (rest) return [head, ...rest];
  }
  return null;
}
