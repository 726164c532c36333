import { byPattern, nearMisses, type Verdict } from '../patterns';
import { isDayOfYear } from '../times/days';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const LENGTH = 18;
/** GB/T 2260: the first two digits are a province; 83 is Taiwan's residence permit. */
const REGION = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;

/** GB 11643-1999: 17 digits and a check character modulo 11 (ISO 7064, MOD 11-2). */
const isChecked = (number: string): boolean => {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
  return '10X98765432'[sum % 11] === number[17]?.toUpperCase();
};

const bornOf = (number: string): [year: number, month: number, day: number] => [
  Number(number.slice(6, 10)),
  Number(number.slice(10, 12)),
  Number(number.slice(12, 14)),
];

/** Why 18 characters are no number of an ID card; null when they are one. `now` rules out births to come. */
export function judgeIdCard(number: string, now: number): Verdict<'id-card'> | null {
  if (number.length !== LENGTH) return { reason: 'wrong-length', off: Math.abs(LENGTH - number.length) };
  if (!REGION.test(number)) return { reason: 'region' };
  const [year, month, day] = bornOf(number);
  const isBorn = year >= 1900 && isDayOfYear(year, month, day) && Date.UTC(year, month - 1, day) <= now;
  if (!isBorn) return { reason: 'birth-date' };
  return isChecked(number) ? null : { reason: 'check' };
}

/** Numbers of ID cards whose region, day of birth and check character hold. */
export const idCardFinder = (now: number) =>
  byPattern('id-card', /(?<!\d)\d{17}[\dXx](?![\dA-Za-z])/g, ([number]) =>
    judgeIdCard(number, now) === null ? number.toUpperCase() : undefined,
  );

export const findIdCardMisses = nearMisses(
  'id-card',
  /(?<![\dA-Za-z])\d{15,19}[\dXx]?(?![\dA-Za-z])/g,
  ([number], now) => judgeIdCard(number, now),
);
