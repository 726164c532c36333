import { Converter } from 'opencc-js/t2cn';

/**
 * What an utterance means, found offline: text normalisation, the intent classifier, entities and the danger lane.
 * Recipe and measurements: docs of the project, "Understanding".
 */
const toSimplified = Converter({ from: 'tw', to: 'cn' });

const REMEMBERED = 500;

/** The same message is read by many finders one after the other: what was lately converted is not converted again. */
function remembering(convert: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= REMEMBERED) known.clear();
    const converted = convert(text);
    known.set(text, converted);
    return converted;
  };
}

/** One form for text that means the same: NFKC, lower case, simplified characters, single spaces. */
export const normalize = remembering((text) => {
  const folded = text.normalize('NFKC').toLowerCase();
  const simplified = /\p{Script=Han}/u.test(folded) ? toSimplified(folded) : folded;
  return simplified.replace(/\s+/g, ' ').trim();
});

/** Full-width ASCII as ASCII, character by character: offsets stay those of the text. */
export const toHalfWidth = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ');

const simplified = new Map<string, string>();

/** One character in its simplified form; looked up once. */
function simplify(character: string): string {
  const known = simplified.get(character);
  if (known !== undefined) return known;
  const converted = toSimplified(character);
  const same = converted.length === character.length ? converted : character;
  simplified.set(character, same);
  return same;
}

/** Half-width and simplified, character by character: what entities are found in, with the offsets of the text. */
export const toReadable = remembering((text) => toHalfWidth(text).replace(/\p{Script=Han}/gu, simplify));
