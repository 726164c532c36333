import {
  compactOrderNumber,
  isOrderNumber,
  ORDER_NUMBER_LENGTH,
  readOrderNumber,
} from '../../../contract/order-number';
import { byPattern, nearMisses, type Verdict } from '../patterns';
import { isDayOfYear } from '../times/days';

/** Numbers of our orders, however they are spaced and written; only those whose check character fits. */
export const findOrderNumbers = byPattern(
  'order-number',
  /(?<![0-9A-Za-z])[FIC](?:[\s-]?[0-9A-Z]){15}(?![0-9A-Za-z])/gi,
  ([words]) => readOrderNumber(words) ?? undefined,
);

const lengthVerdict = (length: number): Verdict<'order-number'> => {
  const off = Math.abs(ORDER_NUMBER_LENGTH - length);
  return { reason: length < ORDER_NUMBER_LENGTH ? 'too-short' : 'too-long', off };
};

function judge(number: string): Verdict<'order-number'> | null {
  if (isOrderNumber(number)) return null;
  if (!/^[FIC]/.test(number)) return { reason: 'no-kind' };
  if (number.length !== ORDER_NUMBER_LENGTH) return lengthVerdict(number.length);
  const [year, month, day] = [number.slice(1, 3), number.slice(3, 5), number.slice(5, 7)].map(Number);
  return isDayOfYear(2000 + (year ?? 0), month ?? 0, day ?? 0)
    ? { reason: 'check' }
    : { reason: 'no-such-day' };
}

/** What was meant for the number of an order: a character wrong, missing or too many, no letter in front. */
export const findOrderNumberMisses = nearMisses(
  'order-number',
  /(?<![0-9A-Za-z@._-])(?=(?:[A-Z]?[\s-]?\d){5})[A-Z]?[\s-]?\d{5}(?:[\s-]?(?=[A-Z]*\d)[0-9A-Z]+)*[A-Z]*(?![0-9A-Za-z@_])/gi,
  ([words]) => judge(compactOrderNumber(words)),
);
