import type { Frame } from '../contract/dialog';
import type { Entity, Understanding } from '../contract/understanding';
import { fold, isSaid } from './read-option';
import { redo } from './run-steps';
import type { Slot } from './schema';
import { dialogOf, evaluateIn, isFilled, setSlot, type Turn } from './turn';

const CORRECTION =
  /不对|不是|错了|搞错|更正|改成|改为|改到|换成|换到|应该是|写错|说错|其实|还是|唔係|\b(?:wrong|not|actually|correction|i mean|instead|rather)\b/iu;
const ADDRESS_ORDER = [
  'province',
  'city',
  'district',
  'town',
  'road',
  'number',
  'community',
  'building',
  'unit',
  'floor',
  'room',
] as const;

const isAddress = (type: string): boolean => type === 'address' || type === 'address-part';
const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** An address read from parts that were said at different times. */
function joinAddress(parts: Record<string, unknown>): Record<string, unknown> {
  const isEnglish = /[a-z]{3}/i.test(String(parts.road ?? parts.building ?? ''));
  const said = ADDRESS_ORDER.flatMap((name) => (parts[name] ? [String(parts[name])] : []));
  return { ...parts, full: said.join(isEnglish ? ', ' : '') };
}

const LINE_PARTS: [string, RegExp][] = [
  ['building', /[0-9a-z]{1,4}\s*(?:号楼|栋|幢|座)/iu],
  ['unit', /[0-9a-z]{1,4}\s*单元/iu],
  ['room', /\d{3,4}(?:室|房)?$/u],
];

/** The operator's own line of text has no parts: what was said is changed within the line. */
function patchLine(line: string, after: Record<string, unknown>): Record<string, unknown> {
  const full = LINE_PARTS.reduce((text, [name, pattern]) => {
    const part = after[name];
    if (!part) return text;
    return pattern.test(text) ? text.replace(pattern, () => String(part)) : `${text}${part}`;
  }, line);
  return { full };
}

/** A correction changes only the parts that were said; without one only what was missing is added. */
function mergeAddress(old: unknown, fresh: unknown, mayChange: boolean): Record<string, unknown> {
  const [before, after] = [asRecord(old), asRecord(fresh)];
  const isElsewhere = ['road', 'community'].some((name) => after[name] && after[name] !== before[name]);
  const isLine = typeof before.full === 'string' && Object.keys(before).length === 1;
  if (!isFilled(old)) return joinAddress(after);
  if (isElsewhere && (before.road || before.community || isLine))
    return mayChange ? joinAddress(after) : before;
  if (isLine) return mayChange ? patchLine(String(before.full), after) : before;
  return joinAddress(mayChange ? { ...before, ...after } : { ...after, ...before });
}

const fits = (entity: Entity, wanted: string | undefined): boolean =>
  wanted === entity.type || (wanted === 'address' && isAddress(entity.type));

const isSame = (a: unknown, b: unknown): boolean => {
  const [one, other] = [asRecord(a).full, asRecord(b).full];
  return one !== undefined || other !== undefined ? one === other : JSON.stringify(a) === JSON.stringify(b);
};

export interface Filling {
  filled: string[];
  corrected: string[];
}

interface Place {
  name: string;
  value: unknown;
}

/** Where a fact belongs and what the slot holds with it; null when it changes nothing. */
function placeOf(
  frame: Frame,
  slots: Record<string, Slot>,
  entity: Entity,
  { asked, isCorrection }: { asked: string | null; isCorrection: boolean },
): Place | null {
  const names = Object.keys(slots).filter((name) => fits(entity, slots[name]?.entity));
  const name =
    names.find((each) => each === asked) ?? names.find((each) => !isFilled(frame.slots[each])) ?? names[0];
  if (!name) return null;
  const old = frame.slots[name];
  const mayChange = !isFilled(old) || isCorrection || slots[name]?.isLatest === true;
  if (isAddress(entity.type)) {
    const value = mergeAddress(old, entity.value, isCorrection || name === asked);
    return isSame(old, value) ? null : { name, value };
  }
  return mayChange && !isSame(old, entity.value) ? { name, value: entity.value } : null;
}

/** Digits alone are the room when an address lacks one and is asked for. */
function roomOf(
  frame: Frame,
  slots: Record<string, Slot>,
  text: string,
  asked: string | null,
): Entity | null {
  if (!asked || slots[asked]?.entity !== 'address' || !isFilled(frame.slots[asked])) return null;
  const match = /^\s*(?:是|就是|在|住|it'?s )?\s*(\d{3,4})\s*(?:室|号|房)?(?=$|[\s,，。.!！])/u.exec(text);
  const room = match?.[1];
  return room ? { type: 'address-part', text: room, start: 0, end: room.length, value: { room } } : null;
}

/** Answers to questions that were not put yet, or that are taken back. */
function fillMentions(turn: Turn, frame: Frame, text: string, isCorrection: boolean, result: Filling): void {
  const said = fold(text);
  for (const step of dialogOf(turn, frame)?.steps ?? []) {
    if (step.type !== 'choose' || step.id === frame.step) continue;
    const old = frame.slots[step.slot];
    const words = isFilled(old) && !isCorrection ? [] : step.options;
    const option = words.find(({ mentions }) => mentions.some((word) => isSaid(said, fold(word))));
    if (!option || option.value === old) continue;
    setSlot(turn, frame, step.slot, option.value);
    (isFilled(old) ? result.corrected : result.filled).push(step.slot);
  }
}

/**
 * Puts what was said into the slots of a dialog: empty ones are filled, volunteered ones too; a filled one changes
 * only when the customer says so. What hangs on a changed slot is found out again.
 */
export function fillSlots(
  turn: Turn,
  frame: Frame,
  understanding: Understanding,
  asked: string | null,
): Filling {
  const slots = dialogOf(turn, frame)?.slots ?? {};
  const isCorrection = CORRECTION.test(understanding.text);
  const result: Filling = { filled: [], corrected: [] };
  const room = roomOf(frame, slots, understanding.text, asked);
  for (const entity of room ? [...understanding.entities, room] : understanding.entities) {
    const place = placeOf(frame, slots, entity, { asked, isCorrection });
    if (!place) continue;
    const { name, value } = place;
    const accept = slots[name]?.accept;
    if (accept && evaluateIn(turn, accept, { value }) !== true) continue;
    const isChange = isFilled(frame.slots[name]) && !isAddition(frame.slots[name], value);
    setSlot(turn, frame, name, value);
    (isChange ? result.corrected : result.filled).push(name);
  }
  fillMentions(turn, frame, understanding.text, isCorrection, result);
  for (const name of result.corrected) redo(turn, frame, name);
  return result;
}

/** True when all that was known still stands and something was added. */
function isAddition(old: unknown, value: unknown): boolean {
  const [before, after] = [asRecord(old), asRecord(value)];
  const parts = Object.keys(before).filter((name) => name !== 'full');
  return parts.length > 0 && 'full' in after && parts.every((name) => before[name] === after[name]);
}
