import { byPattern, nearMisses, type Verdict } from '../patterns';

const MOBILE_LENGTH = 11;
const CHINESE = '零〇一二三四五六七八九';
const VALUE: Record<string, string> = { 幺: '1', 〇: '0', O: '0', o: '0', l: '1', I: '1' };

/** One digit as it may be typed: "1380013800O", "幺三八". */
const digitOf = (character: string): string => {
  const at = CHINESE.indexOf(character);
  return VALUE[character] ?? (at < 0 ? character : String(Math.max(0, at - 1)));
};

const digitsOf = (text: string): string => [...text.replace(/[-\s]/g, '')].map(digitOf).join('');

/**
 * Mainland mobile numbers, and landlines with an area code (local numbers begin with 2 to 8); spaces and hyphens do not
 * matter. A letter that looks like a digit is one, and so are numbers that are spelt out.
 */
export const findPhones = byPattern(
  'phone',
  new RegExp(
    [
      '(?<![\\dA-Za-z-])(?:(?:\\+|00)?86[-\\s]?)?(?<mobile>1[-\\s]?[3-9](?:[-\\s]?[\\dOoIl]){9})(?![\\dOoIl]|-\\d)',
      '(?<![\\d-])(?<landline>0(?:10|2\\d|[3-9]\\d{2})[-\\s]?[2-8]\\d{6,7})(?!\\d)',
      `(?<![幺${CHINESE}])(?<spelt>[一幺][三四五六七八九][幺${CHINESE}]{9})(?![幺${CHINESE}])`,
    ].join('|'),
    'gu',
  ),
  ({ groups }) => {
    const { mobile, landline, spelt } = groups ?? {};
    // One letter may be a slip, several are another thing.
    if (mobile && mobile.replace(/[^OoIl]/g, '').length > 2) return undefined;
    return digitsOf(mobile ?? landline ?? spelt ?? '');
  },
);

function judge(digits: string): Verdict<'phone'> | null {
  const off = Math.abs(MOBILE_LENGTH - digits.length);
  if (/^1[3-9]/.test(digits)) {
    if (off === 0) return null;
    return { reason: digits.length < MOBILE_LENGTH ? 'too-short' : 'too-long', off };
  }
  if (/^[2-8]\d{6,7}$/.test(digits)) return { reason: 'no-area-code' };
  return digits.length >= 9 ? { reason: 'no-such-prefix' } : null;
}

/** Numbers that were meant for a phone: a digit too few, a landline without its area code, no such prefix. */
export const findPhoneMisses = nearMisses(
  'phone',
  /(?<![\dA-Za-z.])(?:\+?86[-\s]?(?=1))?(?<digits>\d(?:[-\s]?\d){4,14})(?![\dA-Za-z]|\.\d)/g,
  ({ groups }) => judge(digitsOf(groups?.digits ?? '')),
);
