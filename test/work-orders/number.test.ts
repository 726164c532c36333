import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { isOrderNumber, readOrderNumber } from '../../src/contract/order-number';
import type { OrderKind } from '../../src/contract/orders';
import { findOrderNumbers } from '../../src/understanding/entities/numbers/order-numbers';
import { createOrderNumbers } from '../../src/work-orders/number';
import { SEED, size } from '../support/size';

const KEY = Buffer.from('key-of-numbers');
const numbers = createOrderNumbers(KEY, 'Asia/Shanghai');
const AT = Date.UTC(2026, 10, 24, 2);
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const anyNumber = fc
  .record({
    kind: fc.constantFrom<OrderKind>('fault', 'installation', 'complaint'),
    at: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2099, 11, 31) }),
    commandId: fc.string(),
  })
  .map(numbers);
const parameters = { seed: SEED, numRuns: size({ test: 200, prove: 5000 }) };

describe('order numbers', () => {
  it('are letter, day, eight characters and a check', () => {
    const of = (kind: OrderKind) => numbers({ kind, at: AT, commandId: 'turn:step:1' });
    expect(of('fault')).toMatch(/^F261124[0-9A-HJKMNP-TV-Z]{9}$/);
    expect([of('installation')[0], of('complaint')[0]]).toEqual(['I', 'C']);
  });

  it('take the day on the clock of the operator', () => {
    const lateEvening = { kind: 'fault', at: Date.UTC(2026, 10, 24, 17), commandId: 'a' } as const;
    expect(numbers(lateEvening)).toMatch(/^F261125/);
    expect(createOrderNumbers(KEY, 'UTC')(lateEvening)).toMatch(/^F261124/);
  });

  it('are the same for the same command, differ by command and cannot be foretold without the key', () => {
    const of = (commandId: string) => numbers({ kind: 'fault', at: AT, commandId });
    expect(of('turn:step:1')).toBe(of('turn:step:1'));
    expect(of('turn:step:1')).not.toBe(of('turn:step:2'));
    const others = createOrderNumbers(Buffer.from('another'), 'Asia/Shanghai');
    expect(others({ kind: 'fault', at: AT, commandId: 'turn:step:1' })).not.toBe(of('turn:step:1'));
  });

  it('spell the first 40 bits of the HMAC in base32', () => {
    const digest = createHmac('sha256', KEY).update('turn:step:1').digest('hex');
    const number = numbers({ kind: 'fault', at: AT, commandId: 'turn:step:1' });
    const bits = [...number.slice(7, 15)].reduce(
      (sum, character) => sum * 32n + BigInt('0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(character)),
      0n,
    );
    expect(bits.toString(16).padStart(10, '0')).toBe(digest.slice(0, 10));
  });

  it('use the whole alphabet in every place', () => {
    const seen = Array.from({ length: 9 }, () => new Set<string>());
    for (let i = 0; i < 2000; i += 1) {
      const number = numbers({ kind: 'fault', at: AT, commandId: `c${i}` });
      for (const [place, set] of seen.entries()) set.add(number[7 + place] ?? '');
    }
    expect(seen.map((set) => set.size)).toEqual(Array.from({ length: 9 }, () => 32));
  });

  it('are valid, and found in what a customer writes', () => {
    fc.assert(
      fc.property(anyNumber, (number) => {
        expect(isOrderNumber(number)).toBe(true);
        expect(findOrderNumbers(`查一下${number.toLowerCase()}的进度`)).toMatchObject([{ value: number }]);
      }),
      parameters,
    );
  });

  it('are not valid with any single character wrong', () => {
    fc.assert(
      fc.property(anyNumber, (number) => {
        const wrong = [...number].flatMap((right, i) =>
          [...ALPHABET]
            .filter((other) => other !== right)
            .map((other) => number.slice(0, i) + other + number.slice(i + 1)),
        );
        expect(wrong).toHaveLength(16 * 35);
        expect(wrong.filter(isOrderNumber)).toEqual([]);
      }),
      parameters,
    );
  });

  it('are not valid with any two characters swapped, neighbours or not', () => {
    fc.assert(
      fc.property(anyNumber, (number) => {
        const swapped = [...number].flatMap((one, i) =>
          [...number].slice(i + 1).map((other, k) => {
            const characters = [...number];
            characters[i] = other;
            characters[i + 1 + k] = one;
            return characters.join('');
          }),
        );
        expect(swapped.filter((other) => other !== number && isOrderNumber(other))).toEqual([]);
      }),
      parameters,
    );
  });

  it('are read as people write them', () => {
    fc.assert(
      fc.property(anyNumber, (number) => {
        const spoken = `${number.slice(0, 1)} ${number.slice(1, 7)}-${number.slice(7)}`.toLowerCase();
        const confused = spoken.slice(0, 1) + spoken.slice(1).replaceAll('0', 'o').replaceAll('1', 'l');
        expect(readOrderNumber(confused)).toBe(number);
      }),
      parameters,
    );
  });

  it.each(['', 'F', 'F261124', 'X261124000000000', "F261124'; DROP--", '\u0000', 'F26112400000000é'])(
    'do not include %j',
    (text) => {
      expect(isOrderNumber(text)).toBe(false);
      expect(readOrderNumber(text)).toBeNull();
    },
  );

  it('are not looked for in a text of a megabyte', () => {
    expect(readOrderNumber('F'.repeat(1e6))).toBeNull();
  });
});
