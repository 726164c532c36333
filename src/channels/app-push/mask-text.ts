import type { Entity } from '../../contract/understanding';
import { maskPhones } from '../../handoff/mask-personal';
import { createMask } from '../mask';

export type FindEntities = (text: string) => Pick<Entity, 'type' | 'start' | 'end'>[];

/** Characters of a push's text; more is not shown by phones. */
const TEXT_LIMIT = 80;

const PERSONAL = new Set([
  'phone',
  'broadband-account',
  'id-card',
  'one-time-code',
  'address',
  'address-part',
  'person',
  'ssid',
]);

/** Nothing of it is needed again. */
const mask = createMask(() => '');
const MAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g;
/** Accounts and whatever else is a long number; the number of a work order begins with a letter. */
const LONG_NUMBER = /(?<![\dA-Za-z])\d{7,}(?![\dA-Za-z])/g;

function hideEntities(text: string, find: FindEntities): string {
  let hidden = '';
  let at = 0;
  const spans = find(text).filter(({ type }) => PERSONAL.has(type));
  for (const { start, end } of spans.sort((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    hidden += `${text.slice(at, Math.max(at, start))}***`;
    at = end;
  }
  return hidden + text.slice(at);
}

const hideNames = (text: string, names: string[]): string =>
  names
    .map((name) => name.trim())
    .filter((name) => name.length >= 2)
    .reduce((sum, name) => sum.replaceAll(name, '***'), text);

/** A text without documents, numbers, addresses and names, those that are known to be the customer's and those that are found. */
export const hidePersonal = (text: string, names: string[], find: FindEntities): string =>
  hideEntities(maskPhones(mask(hideNames(text, names)).text).replace(MAIL, '***'), find).replace(
    LONG_NUMBER,
    '***',
  );

/**
 * What stands on a locked screen: one line, short, without documents, numbers, addresses and names, those that are known
 * to be the customer's and those that are found.
 */
export function pushText(text: string, names: string[], find: FindEntities): string {
  const line = text
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...hidePersonal(line, names, find)];
  return characters.length <= TEXT_LIMIT
    ? characters.join('')
    : `${characters.slice(0, TEXT_LIMIT - 1).join('')}…`;
}
