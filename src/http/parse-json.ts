import { AppError } from '../errors';

/** Arrays and objects may lie in each other so deep; what is deeper would overflow whoever walks it later. */
export const NESTING_LIMIT = 32;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = [0x5b, 0x7b];
const CLOSING = [0x5d, 0x7d];

/** How deep arrays and objects lie in each other, in one pass and without parsing; strings do not count. */
function nestingOf(json: Buffer): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let i = 0; i < json.length && deepest <= NESTING_LIMIT; i += 1) {
    const byte = json[i] ?? 0;
    if (isInString) {
      if (byte === BACKSLASH) i += 1;
      else if (byte === QUOTE) isInString = false;
    } else if (byte === QUOTE) isInString = true;
    else if (OPENING.includes(byte)) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (CLOSING.includes(byte)) depth -= 1;
  }
  return deepest;
}

/** Parses JSON that somebody sent. Throws `bad-request` for what is none, or is nested deeper than the limit. */
export function parseJson(json: Buffer, what = 'The body'): unknown {
  if (nestingOf(json) > NESTING_LIMIT) {
    throw new AppError('bad-request', `${what} is nested more than ${NESTING_LIMIT} levels deep.`);
  }
  try {
    return JSON.parse(json.toString('utf8'));
  } catch (error) {
    throw new AppError('bad-request', `${what} is not valid JSON.`, { cause: error });
  }
}
