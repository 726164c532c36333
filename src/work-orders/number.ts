import { createHmac } from 'node:crypto';
import { checkCharacter, ORDER_ALPHABET } from '../contract/order-number';
import type { OrderKind } from '../contract/orders';

/**
 * Numbers of work orders: F, I or C for the kind, the day (yyMMdd in the operator's zone), 8 characters of
 * HMAC(command id) and a check character, all of Crockford's base32 but the I. The command id is
 * `<turnId>:<step>:<n>`, so a retried turn gives the same number.
 */
const LETTERS: Record<OrderKind, string> = { fault: 'F', installation: 'I', complaint: 'C' };

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
    const secret = Array.from({ length: 8 }, (_, i) => ORDER_ALPHABET[fiveBits(digest, i * 5)]).join('');
    const body = LETTERS[kind] + dayOf(at) + secret;
    return body + checkCharacter(body);
  };
}
export type OrderNumbers = ReturnType<typeof createOrderNumbers>;

const fiveBits = (bytes: Buffer, from: number): number =>
  (bytes.readUInt16BE(from >> 3) >> (11 - (from & 7))) & 31;
