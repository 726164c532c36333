/**
 * The form of work-order numbers: F, I or C for the kind, the day (yyMMdd), 8 characters and a check character, all of
 * Crockford's base32 but the I. Who makes them adds the check, and whoever reads what a customer typed looks at it.
 */
export const ORDER_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const FORM = /^[FIC]\d{6}[0-9A-HJKMNP-TV-Z]{9}$/;
const BODY_LENGTH = 15;
/** Characters of a whole number. */
export const ORDER_NUMBER_LENGTH = BODY_LENGTH + 1;

/** True for a number in the form that we print whose check character fits. */
export const isOrderNumber = (text: string): boolean =>
  FORM.test(text) && checkCharacter(text.slice(0, BODY_LENGTH)) === text[BODY_LENGTH];

/** As it would be printed: no spaces or hyphens, capitals, and O, I and L as the digits that they look like. */
export function compactOrderNumber(text: string): string {
  const compact = text.slice(0, 64).replace(/[\s-]/g, '').toUpperCase();
  return compact.slice(0, 1) + compact.slice(1).replaceAll('O', '0').replace(/[IL]/g, '1');
}

/** The number that a customer means; null for what is none. */
export function readOrderNumber(text: string): string | null {
  const number = compactOrderNumber(text);
  return isOrderNumber(number) ? number : null;
}

/** The letter I stands for itself only in front, where it is worth what Crockford reads it as: 1. */
const worthOf = (character: string): number => ORDER_ALPHABET.indexOf(character === 'I' ? '1' : character);

/**
 * One check symbol of a Reed-Solomon code over the field of 32 elements: the sum of all characters, each times a
 * power of its own of x, is zero. Sixteen weights that differ and are not zero find every single wrong character and
 * every swap of any two.
 */
export function checkCharacter(body: string): string {
  // Horner's rule from the first character on; the check character itself has weight 1.
  const sum = [...body].reduce((total, character) => timesX(total ^ worthOf(character)), 0);
  return ORDER_ALPHABET[sum] ?? '';
}

/** Times x modulo x^5 + x^2 + 1, whose root has order 31. */
const timesX = (value: number): number => ((value << 1) ^ (value & 16 ? 0b100101 : 0)) & 31;
