import { createHmac } from 'node:crypto';
import type { OrderKind } from '../contract/operations';

/**
 * Numbers of work orders: F, I or C for the kind, the day (yyMMdd in the operator's zone), 8 characters of
 * HMAC(command id) and a check character, all of Crockford's base32 but the I. The command id is
 * `<turnId>:<step>:<n>`, so a retried turn gives the same number.
 */
const LETTERS: Record<OrderKind, string> = { fault: 'F', installation: 'I', complaint: 'C' };
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const FORM = /^[FIC]\d{6}[0-9A-HJKMNP-TV-Z]{9}$/;
const BODY_LENGTH = 15;

/** Makes the numbers of one installation; `key` keeps them from being foretold. */
export function createOrderNumbers(key: Buffer, timeZone: string) {
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: '2-digit',
    month: '2-digit',
    day: '2-digit',
  });
  const dayOf = (at: number): string => {
    const parts = Object.fromEntries(formatter.formatToParts(at).map(({ type, value }) => [type, value]));
    return `${parts.year}${parts.month}${parts.day}`;
  };
  return ({ kind, at, commandId }: { kind: OrderKind; at: number; commandId: string }): string => {
    // 40 bits are 8 characters of 5.
    const digest = createHmac('sha256', key).update(commandId).digest();
    const secret = Array.from({ length: 8 }, (_, i) => ALPHABET[fiveBits(digest, i * 5)]).join('');
    const body = LETTERS[kind] + dayOf(at) + secret;
    return body + checkCharacter(body);
  };
}
export type OrderNumbers = ReturnType<typeof createOrderNumbers>;

const fiveBits = (bytes: Buffer, from: number): number =>
  (bytes.readUInt16BE(from >> 3) >> (11 - (from & 7))) & 31;

/** True for a number in the form that we print whose check character fits. */
export const isOrderNumber = (text: string): boolean =>
  FORM.test(text) && checkCharacter(text.slice(0, BODY_LENGTH)) === text[BODY_LENGTH];

/**
 * The number that a customer means: spaces, hyphens and small letters do not matter, and O, I and L are read as the
 * digits that they look like. Null for what is none.
 */
export function readOrderNumber(text: string): string | null {
  const compact = text.slice(0, 64).replace(/[\s-]/g, '').toUpperCase();
  const number = compact.slice(0, 1) + compact.slice(1).replaceAll('O', '0').replace(/[IL]/g, '1');
  return isOrderNumber(number) ? number : null;
}

/** The letter I stands for itself only in front, where it is worth what Crockford reads it as: 1. */
const worthOf = (character: string): number => ALPHABET.indexOf(character === 'I' ? '1' : character);

/**
 * One check symbol of a Reed-Solomon code over the field of 32 elements: the sum of all characters, each times a
 * power of its own of x, is zero. Sixteen weights that differ and are not zero find every single wrong character and
 * every swap of any two.
 */
function checkCharacter(body: string): string {
  // Horner's rule from the first character on; the check character itself has weight 1.
  const sum = [...body].reduce((total, character) => timesX(total ^ worthOf(character)), 0);
  return ALPHABET[sum] ?? '';
}

/** Times x modulo x^5 + x^2 + 1, whose root has order 31. */
const timesX = (value: number): number => ((value << 1) ^ (value & 16 ? 0b100101 : 0)) & 31;
