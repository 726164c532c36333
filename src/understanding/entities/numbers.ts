import { byPattern } from './patterns';

const DIGITS: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const UNITS: Record<string, number> = { 十: 10, 百: 100, 千: 1000, 万: 10_000 };

/** A whole number in digits or in Chinese up to 万; null when it is neither. */
export function readNumber(text: string): number | null {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  if (/^[零〇一二两三四五六七八九]+$/.test(text)) {
    return Number([...text].map((digit) => DIGITS[digit]).join(''));
  }
  let total = 0;
  let digit = 0;
  for (const character of text) {
    const unit = UNITS[character];
    if (unit !== undefined) {
      total += (digit || 1) * unit;
      digit = 0;
    } else if (DIGITS[character] !== undefined) digit = DIGITS[character] ?? 0;
    else return null;
  }
  return text === '' ? null : total + digit;
}

/** Mainland mobile numbers, and landlines with an area code; spaces and hyphens do not matter. */
export const findPhones = byPattern(
  'phone',
  /(?<![\d-])(?:(?:\+?86[-\s]?)?(1[3-9]\d)[-\s]?(\d{4})[-\s]?(\d{4})|(0\d{2,3})[-\s]?(\d{7,8}))(?!\d)/g,
  (match) => match.slice(1).filter(Boolean).join(''),
);

export const findOrderNumbers = byPattern(
  'order-number',
  /(?<![0-9A-Za-z])([FIC])\s?-?(\d{6})-?([0-9A-HJKMNP-TV-Z]{8,9})(?![0-9A-Za-z])/gi,
  ([, kind = '', day = '', rest = '']) => `${kind}${day}${rest}`.toUpperCase(),
);

/** Letters and digits after the word for an account, or 8 to 12 digits that are no phone. */
export const findAccounts = byPattern(
  'broadband-account',
  /(?:宽带账号|宽带帐号|宽带号|账号|帐号|account(?: number| no\.?)?)\s*(?:是|为|:|is)?\s*([a-z0-9@._-]{6,32})/gi,
  ([, account]) => account?.toLowerCase(),
);

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643-1999: 17 digits and a check character modulo 11. */
export function isIdCard(number: string): boolean {
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
  return '10X98765432'[sum % 11] === number[17]?.toUpperCase();
}

export const findIdCards = byPattern('id-card', /(?<!\d)\d{17}[\dXx](?![\dA-Za-z])/g, ([number]) =>
  isIdCard(number) ? number.toUpperCase() : undefined,
);

/** Megabits a second. */
export const findSpeeds = byPattern(
  'speed',
  /(?<![\w.])(\d+(?:\.\d+)?|[一二两三四五六七八九百千十]{1,6})\s*(兆|千兆|mbps|mb\/s|gbps|m(?![a-z])|g(?![a-z]))/gi,
  ([, number = '', unit = '']) => {
    const value = unit === '千兆' ? (readNumber(number) ?? 1) : readNumber(number);
    if (value === null || value <= 0) return undefined;
    // "5G" is a generation of mobile networks, "2.4G" a band of Wi-Fi.
    if (/^g$/i.test(unit) && /^(?:[3-6]|2\.4)$/.test(number)) return undefined;
    return /千兆|^g/i.test(unit) ? value * 1000 : value;
  },
);

/** Yuan. */
export const findAmounts = byPattern(
  'amount',
  /(?:[¥￥]\s*(\d+(?:\.\d{1,2})?))|(\d+块\d)(?![\d个张次月年天件项笔M兆])|(\d+(?:\.\d{1,2})?|[一二两三四五六七八九十百千万]{1,8})\s*(?:元|块钱|块|yuan|rmb|cny)/gi,
  // "19块9" is 19.9.
  ([, sign, pieces, words]) => readNumber(sign ?? pieces?.replace('块', '.') ?? words ?? '') ?? undefined,
);
