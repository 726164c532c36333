import type { Entry } from '../contract/conversation';
import { SEALED_MARKS } from '../contract/sealed';
import { toHalfWidth } from '../understanding/normalize';

/** What must never be stored, and what is written in its place. Judged on half-width text of the same length. */
const rules: [pattern: RegExp, mark: string][] = [
  // 18 characters of an ID card, also in groups.
  [/(?<![\dA-Za-z])\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?![\dA-Za-z])/g, '[证件号]'],
  // 16 to 19 digits of a bank card, also in groups of four.
  [/(?<![\dA-Za-z])\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![\dA-Za-z])/g, '[银行卡号]'],
  // What follows the word for a password; in English only what looks like one ("the password is wrong" does not).
  [/(?<=(?:密码|口令)\s{0,2}(?:是|为|:|=)\s{0,2})[\x21-\x7e]{4,64}/g, '[密码]'],
  [/(?<=\b(?:password|passcode|pwd|pin)\s{0,2}(?:is|:|=)\s{0,2})(?=\S{0,63}\d)[\x21-\x7e]{4,64}/gi, '[密码]'],
];

/** Six digits that stand alone: what operators send as a one-time code. */
const CODE = /(?<![\dA-Za-z.-])\d{6}(?![\dA-Za-z-]|\.\d|\s?(?:元|块|号楼|栋|M|兆))/g;

function replaceAll(text: string, pattern: RegExp, mark: string): { text: string; found: string[] } {
  const found: string[] = [];
  let result = '';
  let at = 0;
  for (const match of toHalfWidth(text).matchAll(pattern)) {
    result += text.slice(at, match.index) + mark;
    at = match.index + match[0].length;
    found.push(match[0]);
  }
  return { text: result + text.slice(at), found };
}

/** Where a text has what must never be stored, in UTF-16 units. */
export const findSecrets = (text: string): { from: number; to: number }[] =>
  [...rules.map(([pattern]) => pattern), CODE].flatMap((pattern) =>
    [...toHalfWidth(text).matchAll(pattern)].map(({ index, 0: found }) => ({
      from: index,
      to: index + found.length,
    })),
  );

export type Mask = (text: string) => { text: string; sealed: Entry['sealed'] };

/**
 * Masks ID cards, bank cards, passwords and one-time codes before anything is stored. A code is kept beside the text,
 * encrypted by `seal`, for the one port that reads it; of several the first.
 */
export function createMask(seal: (plain: string) => string): Mask {
  return (text) => {
    const masked = rules.reduce((sum, [pattern, mark]) => replaceAll(sum, pattern, mark).text, text);
    const code = replaceAll(masked, CODE, SEALED_MARKS['one-time-code']);
    const [first] = code.found;
    const sealed: Entry['sealed'] = first ? { 'one-time-code': seal(first) } : {};
    return { text: code.text, sealed };
  };
}
