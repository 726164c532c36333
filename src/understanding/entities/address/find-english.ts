import type { Part, Piece } from './address-value';

/** Small words that end a name to the left: "the fault is in Zhongshan Road". */
const NO_NAME =
  '(?!(?:do|you|cover|in|at|on|my|is|are|the|a|an|i|we|live|lives|from|to|of|and|address|home|for|near|install|check|please|building|unit|room|it|this|that|your|our|new|whole|same|another|entire|every|other|no|or|has|have|was)\\s)';
const NAME = (longest: number): string => `(?:${NO_NAME}[a-z]+\\s+){1,${longest}}`;
const any = (source: string): RegExp => new RegExp(source, 'i');

const PARTS: [Part, RegExp][] = [
  ['road', any(`\\b(?:\\d+[a-z]?\\s+)?${NAME(3)}(?:road|street|avenue|lane|rd\\.?|st\\.?|ave\\.?)(?![a-z])`)],
  [
    'community',
    any(
      `\\b${NAME(3)}(?:gardens?|court|plaza|mansions?|estate|residences?|community|international city|village|apartments)(?![a-z])`,
    ),
  ],
  ['district', any(`\\b${NAME(2)}district(?![a-z])`)],
  [
    'building',
    /\b(?:building|block|tower)\s+(?:no\.?\s*)?(?:\d{1,4}[a-z]?|[a-z])\b(?!\s+(?:lot|few|bit)\b)/i,
  ],
  ['unit', /\bunit\s+(?:\d{1,4}[a-z]?|[b-z])\b/i],
  ['floor', /\b(?:floor\s+\d{1,2}|\d{1,2}(?:st|nd|rd|th)\s+floor)\b/i],
  ['room', /\b(?:room|flat|apartment|apt\.?)\s+(?:\d{1,5}[a-z]?|[b-z]\d{0,4})\b/i],
];
/** A city ends an address: "…, Gulou District, Nanjing". */
const CITY = /^,\s*([A-Z][a-z]+)(?=\s*(?:$|[.,;!]))/;

/** The parts of an English address in the order in which they stand; none when there is none. */
export function findEnglishAddress(text: string): Piece[] {
  const pieces = PARTS.flatMap(([part, pattern]): Piece[] => {
    const match = pattern.exec(text);
    if (!match) return [];
    const words = match[0].trim();
    return [{ part, text: words, start: match.index, end: match.index + words.length }];
  }).sort((a, b) => a.start - b.start);
  const last = pieces.at(-1);
  const city = last?.part === 'district' || last?.part === 'road' ? CITY.exec(text.slice(last.end)) : null;
  if (!last || !city?.[1]) return pieces;
  const end = last.end + city[0].length;
  return [...pieces, { part: 'city', text: city[1], start: end - city[1].length, end }];
}
