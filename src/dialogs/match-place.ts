/**
 * Whether an address that was said is the one of an account. `unsure`: nothing that both of them say tells them apart,
 * and nothing says that they are one.
 */
export type PlaceMatch = 'same' | 'other' | 'unsure';

const NUMERALS = '零一二三四五六七八九';
const NUMBERED: [part: string, patterns: RegExp[]][] = [
  ['number', [/(\d{1,5})\s*号(?!楼)/u, /^\s*(\d{1,5})\s+[a-z]/iu]],
  ['building', [/([0-9a-z]{1,4})\s*(?:号楼|栋|幢|座)/iu, /\bbuilding\s*([0-9a-z]{1,4})/iu]],
  ['unit', [/([0-9a-z]{1,4})\s*单元/iu, /\bunit\s*([0-9a-z]{1,4})/iu]],
  ['room', [/(?<!\d)(\d{3,4})(?:室|房)?\s*$/u, /\broom\s*(\d{3,4})/iu]],
];
/** What a name of each kind ends with: a line that has a name of the kind is at a place of that name only. */
const NAMED: [part: string, kind: RegExp][] = [
  ['road', /路|街|巷|胡同|大道|\b(?:road|rd|street|st|avenue|lane)\b/iu],
  [
    'community',
    /小区|社区|花园|花苑|城|新村|家园|公寓|广场|苑|府|湾|庭|园|庄|村|\b(?:estate|garden|village)s?\b/iu,
  ],
];

/** "十二" as "12": customers and operators write numbers either way. */
const inDigits = (text: string): string =>
  text
    .replace(/[一二三四五六七八九]?十[一二三四五六七八九]?/gu, (word) => {
      const [tens = '', ones = ''] = word.split('十');
      return String((tens ? NUMERALS.indexOf(tens) : 1) * 10 + (ones ? NUMERALS.indexOf(ones) : 0));
    })
    .replace(/[零一二三四五六七八九](?=\s*(?:号|栋|幢|座|单元))/gu, (word) => String(NUMERALS.indexOf(word)));

const numberIn = (text: string, patterns: RegExp[]): string | null =>
  patterns.map((pattern) => pattern.exec(text)?.[1]?.toLowerCase()).find((found) => found !== undefined) ??
  null;

const asText = (value: unknown): string => (typeof value === 'string' ? value.normalize('NFKC') : '');

/**
 * Compares an address as it was understood (an object with `full` and its parts) with a line of text of the operator's.
 * "3栋" and "3号楼" are one building; a part that one of the two does not say tells nothing.
 */
export function matchPlace(said: unknown, line: unknown): PlaceMatch {
  const parts: Record<string, unknown> = typeof said === 'object' && said !== null ? { ...said } : {};
  const [full, known] = [asText(parts.full), asText(line)];
  if (full === '' || known === '') return 'unsure';
  if (full === known) return 'same';
  const names = NAMED.filter(([part]) => asText(parts[part]) !== '');
  const isNamed = names.some(([part]) => known.toLowerCase().includes(asText(parts[part]).toLowerCase()));
  if (!isNamed && names.some(([, kind]) => kind.test(known))) return 'other';
  const [one, other] = [inDigits(full), inDigits(known)];
  const differs = NUMBERED.some(([part, patterns]) => {
    if (asText(parts[part]) === '') return false;
    const [mine, theirs] = [numberIn(one, patterns), numberIn(other, patterns)];
    return mine !== null && theirs !== null && mine !== theirs;
  });
  if (differs) return 'other';
  return isNamed ? 'same' : 'unsure';
}
