import { Secret } from 'otpauth';
import {
  addressOf,
  foldCode,
  newRecoveryCodes,
  newSecret,
  PERIOD_MS,
  stepOf,
} from '../../../src/accounts/second-factor/totp';

describe('codes of an authenticator app', () => {
  const secret = Secret.fromUTF8('12345678901234567890').base32;

  // RFC 6238, appendix B, SHA-1; six digits are the last six of its eight.
  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('are those of RFC 6238 at second %i', (seconds, code) => {
    expect(stepOf(secret, code, seconds * 1000, 0)).toBe(Math.floor(seconds / 30));
  });

  it('may be one period early or late, no more, and never before the last one used', () => {
    const at = 1234567890_000;
    const step = Math.floor(at / PERIOD_MS);
    expect(stepOf(secret, '005924', at + PERIOD_MS, 0)).toBe(step);
    expect(stepOf(secret, '005924', at - PERIOD_MS, 0)).toBe(step);
    expect(stepOf(secret, '005924', at + 2 * PERIOD_MS, 0)).toBeNull();
    expect(stepOf(secret, '005924', at, step)).toBeNull();
    expect(stepOf(secret, '005925', at, 0)).toBeNull();
  });

  it('come from a secret of 160 bits whose address every app reads', () => {
    expect(newSecret()).toMatch(/^[A-Z2-7]{32}$/);
    expect(addressOf(secret, 'g1001', 'Desk')).toMatch(
      /^otpauth:\/\/totp\/Desk:g1001\?.*secret=GEZDGNBVGY3TQOJQ/,
    );
  });

  it('are read as people type them', () => {
    expect(foldCode(' 287 ０82 ')).toBe('287082');
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(foldCode(code.toUpperCase())).toMatch(/^[0-9a-hjkmnp-tv-z]{16}$/);
  });
});
