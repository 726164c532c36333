import { nearMisses } from '../patterns';

const LENGTH = 6;

/**
 * Digits that were meant for a one-time code; those that are one never come here, since the channel seals them. A
 * whole message of digits, or digits after the word for it.
 */
export const findCodeMisses = nearMisses(
  'one-time-code',
  /(?<=^\s*|(?:验证码|校验码|code)\s*(?:是|为|:|is)?\s*)\d(?:[\s-]?\d){2,8}(?=\s*(?:$|[,，。.]))/gi,
  ([words]) => {
    const digits = words.replace(/\D/g, '');
    if (digits.length === LENGTH) return { reason: 'spaced' };
    return { reason: 'wrong-length', off: Math.abs(LENGTH - digits.length) };
  },
);
