import type { Frame } from '../../contract/dialog';
import type { Entity, Understanding } from '../../contract/understanding';
import { fold, isSaid } from '../read-option';
import { redo } from '../run-steps';
import type { LocalizedText, Slot } from '../schema';
import { dialogOf, evaluateIn, isFilled, setSlot, type Turn } from '../turn';
import { asRecord, isAddition, mergeAddress } from './merge-address';
import { denied, patchedNumber } from './said-otherwise';

const CORRECTION =
  /不对|不是|错了|搞错|更正|改成|改为|改到|换成|换到|应该是|写错|说错|其实|还是|唔係|\b(?:wrong|not|actually|correction|i mean|instead|rather)\b/iu;

/** True when the customer takes something back. */
export const isCorrection = (text: string): boolean => CORRECTION.test(text);

const isAddress = (type: string): boolean => type === 'address' || type === 'address-part';

/** Whether an entity may fill a slot of such a type. */
export const fits = (entity: Entity, wanted: string | undefined): boolean =>
  wanted === entity.type || (wanted === 'address' && isAddress(entity.type));

const isSame = (a: unknown, b: unknown): boolean => {
  const [one, other] = [asRecord(a).full, asRecord(b).full];
  return one !== undefined || other !== undefined ? one === other : JSON.stringify(a) === JSON.stringify(b);
};

/** A value that a slot does not take, and what is said about it. */
export interface Refused {
  name: string;
  message: LocalizedText;
}

export interface Filling {
  filled: string[];
  corrected: string[];
  refused: Refused[];
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
  { asked, isCorrection, text }: { asked: string | null; isCorrection: boolean; text: string },
): Place | null {
  const before = text.slice(0, entity.start).trimEnd().toLowerCase();
  const isMeant = (name: string) => !slots[name]?.notAfter.some((word) => before.endsWith(word));
  const names = Object.keys(slots).filter((name) => fits(entity, slots[name]?.entity) && isMeant(name));
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

/** An address whose floor is known and whose room is not. */
const roomlessOf = (frame: Frame, slots: Record<string, Slot>): string | undefined =>
  Object.keys(slots).find((name) => {
    const { floor, room } = asRecord(frame.slots[name]);
    return slots[name]?.entity === 'address' && floor !== undefined && !room;
  });

/** "501" lies on the fifth floor, "1203" on the twelfth. */
const isOnFloor = (room: string | undefined, floor: unknown): boolean =>
  room !== undefined && room.slice(0, -2) === /\d+/.exec(String(floor))?.[0];

/** Digits alone are the room when an address lacks one and is asked for, or after its floor was said. */
function roomOf(
  frame: Frame,
  slots: Record<string, Slot>,
  text: string,
  asked: string | null,
): Entity | null {
  const name = asked && slots[asked]?.entity === 'address' ? asked : roomlessOf(frame, slots);
  if (!name || !isFilled(frame.slots[name])) return null;
  const match = /^\s*(?:是|就是|在|住|it'?s )?\s*(\d{3,4})\s*(?:室|号|房)?(?=$|[\s,，。.!！])/u.exec(text);
  const room = match?.[1];
  if (name !== asked && !isOnFloor(room, asRecord(frame.slots[name]).floor)) return null;
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

/** "28号" is a house and a day: what the open question asks for counts, else the first. */
function readings(entities: Entity[], wanted: string | undefined): Entity[] {
  const clashes = (one: Entity, other: Entity) =>
    one !== other && one.start < other.end && other.start < one.end;
  return entities.filter((one, i) => {
    const others = entities.filter((other) => clashes(one, other));
    if (others.length === 0 || fits(one, wanted)) return true;
    return !others.some((other) => fits(other, wanted) || entities.indexOf(other) < i);
  });
}

/** What a slot says of a value: taken, passed over in silence, or refused with a reason. */
function judge(
  turn: Turn,
  slot: Slot | undefined,
  value: unknown,
  isAsked: boolean,
): LocalizedText | 'taken' | 'passed-over' {
  const rule = slot?.refuse.find(({ when }) => evaluateIn(turn, when, { value }) === true);
  if (rule) return rule.message;
  // In answer to its own question a value is meant, whatever it may mean elsewhere.
  if (isAsked && slot && slot.refuse.length > 0) return 'taken';
  return slot?.accept && evaluateIn(turn, slot.accept, { value }) !== true ? 'passed-over' : 'taken';
}

/** All that the words may fill, the customer's own corrections included. */
function factsOf(
  frame: Frame,
  slots: Record<string, Slot>,
  said: Understanding,
  asked: string | null,
): Entity[] {
  const { text } = said;
  const room = roomOf(frame, slots, text, asked);
  const patched = patchedNumber(text, frame.slots, slots);
  const entities = readings(said.entities, slots[asked ?? '']?.entity);
  const kept = entities.filter((entity) => !denied(text, entity, entities));
  return [...kept, ...(room ? [room] : []), ...(patched ? [patched] : [])];
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
  const isTakenBack = isCorrection(understanding.text);
  const result: Filling = { filled: [], corrected: [], refused: [] };
  for (const entity of factsOf(frame, slots, understanding, asked)) {
    const place = placeOf(frame, slots, entity, {
      asked,
      isCorrection: isTakenBack,
      text: understanding.text,
    });
    if (!place) continue;
    const { name, value } = place;
    const judged = judge(turn, slots[name], value, name === asked);
    if (judged === 'passed-over') continue;
    if (judged !== 'taken') {
      result.refused.push({ name, message: judged });
      continue;
    }
    const isChange = isFilled(frame.slots[name]) && !isAddition(frame.slots[name], value);
    setSlot(turn, frame, name, value);
    (isChange ? result.corrected : result.filled).push(name);
  }
  fillMentions(turn, frame, understanding.text, isTakenBack, result);
  for (const name of result.corrected) redo(turn, frame, name);
  return result;
}

/** Who and where were said before anybody asked: nobody says them twice. */
export function rememberFacts(turn: Turn, { entities }: Understanding): void {
  for (const { slots } of turn.set.dialogs.values()) {
    for (const [name, slot] of Object.entries(slots)) {
      const entity = entities.find(({ type }) => slot.isShared && type === slot.entity);
      if (entity) turn.state.shared[name] = entity.value;
    }
  }
}
