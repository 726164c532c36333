import fc from 'fast-check';
import { deriveKey, seal, unseal } from '../../src/customers/seal';
import { SEED } from '../support/size';

const KEY = 'data-key-of-tests-000000';

describe('sealing', () => {
  it('opens what it sealed, in any script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
        expect(unseal(KEY, seal(KEY, plain))).toBe(plain);
      }),
      { seed: SEED },
    );
  });

  it('never gives the same result twice, and says its version', () => {
    expect(seal(KEY, '123456')).not.toBe(seal(KEY, '123456'));
    expect(seal(KEY, '123456')).toMatch(/^s1\.[\w-]+$/);
  });

  it('throws for a change of any one character', () => {
    const sealed = seal(KEY, '123456');
    for (let i = 0; i < sealed.length; i += 1) {
      for (const other of ['A', 'B', '_', '.', 'é']) {
        if (sealed[i] === other) continue;
        const changed = sealed.slice(0, i) + other + sealed.slice(i + 1);
        expect(() => unseal(KEY, changed)).toThrow('cannot be opened');
      }
    }
  });

  it('throws for a shortened, lengthened, plain or empty value', () => {
    const sealed = seal(KEY, '123456');
    for (let i = 0; i < sealed.length; i += 1)
      expect(() => unseal(KEY, sealed.slice(0, i))).toThrow('cannot be opened');
    for (const other of [`${sealed}A`, `${sealed}=`, ` ${sealed}`, '123456', ''])
      expect(() => unseal(KEY, other)).toThrow('cannot be opened');
  });

  it('throws for a shortened tag, though nothing is sealed', () => {
    const bytes = Buffer.from(seal(KEY, '').slice('s1.'.length), 'base64url');
    for (let length = 0; length < bytes.length; length += 1) {
      const short = `s1.${bytes.subarray(0, length).toString('base64url')}`;
      expect(() => unseal(KEY, short)).toThrow('cannot be opened');
    }
  });

  it('throws for another key', () => {
    expect(() => unseal('another-key-of-tests-000', seal(KEY, '123456'))).toThrow('cannot be opened');
  });

  it('derives keys that differ by purpose', () => {
    expect(deriveKey(KEY, 'one')).toHaveLength(32);
    expect(deriveKey(KEY, 'one').equals(deriveKey(KEY, 'two'))).toBe(false);
  });
});
