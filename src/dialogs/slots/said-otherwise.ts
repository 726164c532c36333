import { isOrderNumber } from '../../contract/order-number';
import type { Entity } from '../../contract/understanding';
import type { Slot } from '../schema';

/** Words that take back what follows them. */
const DENIAL = /(?:不是|并非|不要打|别打|不打|别用|不用|不要|\bnot)\s*(?:用|打)?\s*$/iu;

/** "是139…不是138…": what is taken back while another of its kind is named. */
export function denied(text: string, entity: Entity, entities: Entity[]): boolean {
  const isDenied = ({ start }: Entity) => DENIAL.test(text.slice(0, start));
  const isOther = (other: Entity) => other.type === entity.type && other !== entity && !isDenied(other);
  return isDenied(entity) && entities.some(isOther);
}

const PART = '([0-9A-Za-z]{2,8})';
const SWAPS: [pattern: RegExp, order: 'old-new' | 'new-old'][] = [
  [
    new RegExp(`不是\\s*${PART}\\s*[,，、]?\\s*(?:而?是|应该是|改成)\\s*${PART}(?![0-9A-Za-z])`, 'u'),
    'old-new',
  ],
  [new RegExp(`(?<!不)是\\s*${PART}\\s*[,，、]?\\s*不是\\s*${PART}(?![0-9A-Za-z])`, 'u'), 'new-old'],
  [new RegExp(`${PART}\\s*(?:改成|改为|换成)\\s*${PART}(?![0-9A-Za-z])`, 'u'), 'old-new'],
  [new RegExp(`\\bnot\\s+${PART}\\s*,?\\s*(?:but|it'?s)\\s+${PART}\\b`, 'i'), 'old-new'],
  [new RegExp(`\\b${PART}\\s*,?\\s*not\\s+${PART}\\b`, 'i'), 'new-old'],
];
/** Kinds whose value is one number, of which a part may be said to be another. */
const NUMBERS = new Set(['phone', 'order-number', 'broadband-account']);

/** The two parts of "不是138,是139" (either way round); null when nothing of the sort was said. */
function swapIn(text: string): { before: string; after: string } | null {
  for (const [pattern, order] of SWAPS) {
    const [, one = '', other = ''] = pattern.exec(text) ?? [];
    if (one.length < 2 || one.length !== other.length) continue;
    return order === 'old-new' ? { before: one, after: other } : { before: other, after: one };
  }
  return null;
}

/** A number of which one part was corrected, as if it had been said whole; the part must stand in it once. */
export function patchedNumber(
  text: string,
  values: Record<string, unknown>,
  slots: Record<string, Slot>,
): Entity | null {
  const swap = swapIn(text);
  if (!swap) return null;
  for (const [name, { entity }] of Object.entries(slots)) {
    const value = values[name];
    if (!entity || !NUMBERS.has(entity) || typeof value !== 'string') continue;
    const pieces = value.split(swap.before);
    if (pieces.length !== 2) continue;
    const whole = pieces.join(swap.after);
    if (entity === 'order-number' && !isOrderNumber(whole)) continue;
    const start = text.indexOf(swap.after);
    return { type: entity, text: swap.after, start, end: start + swap.after.length, value: whole };
  }
  return null;
}
