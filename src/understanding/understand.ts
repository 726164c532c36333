import type { Locale } from '../contract/activity';
import type { Entity, Recognizer, Understanding } from '../contract/understanding';
import { findDanger, isUpset } from './danger';
import { findAddresses } from './entities/address';
import { findTimes } from './entities/datetime';
import { findLights } from './entities/lights';
import {
  findAccounts,
  findAmounts,
  findIdCards,
  findOrderNumbers,
  findPhones,
  findSpeeds,
} from './entities/numbers';
import { splitPinyin } from './pinyin';

export interface UnderstandOptions {
  recognizer: Recognizer;
  /** IANA zone in which customers speak of times. */
  timeZone: string;
}

export type Understand = (text: string, at: { now: number; localeHint: Locale | null }) => Understanding;

const finders = [
  findPhones,
  findOrderNumbers,
  findAccounts,
  findIdCards,
  findSpeeds,
  findAmounts,
  findLights,
  findAddresses,
];
/** Bounds the work on hostile text; the rest of a very long message is not read for entities. */
const TEXT_LIMIT = 1000;

/** Chinese as soon as there is a Chinese character or a word of pinyin; digits and emoji say nothing. */
export function localeOf(text: string, hint: Locale | null): Locale {
  if (/\p{Script=Han}/u.test(text)) return 'zh';
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  if (words.length === 0) return hint ?? 'zh';
  const isPinyin =
    words.every((word) => splitPinyin(word.slice(0, 24)) !== null) && words.join('').length >= 4;
  return isPinyin && hint !== 'en' ? 'zh' : 'en';
}

/** The longer of two entities that overlap counts: a phone inside an order number is none. */
function withoutOverlaps(entities: Entity[]): Entity[] {
  const byLength = [...entities].sort((a, b) => b.end - b.start - (a.end - a.start));
  const kept: Entity[] = [];
  for (const entity of byLength) {
    const overlaps = kept.some((other) => entity.start < other.end && other.start < entity.end);
    if (!overlaps) kept.push(entity);
  }
  return kept.sort((a, b) => a.start - b.start);
}

/** Joins all that can be known of an utterance. Pure; microseconds, and milliseconds when a time is named. */
export function createUnderstand({ recognizer, timeZone }: UnderstandOptions): Understand {
  return (text, { now, localeHint }) => {
    const locale = localeOf(text, localeHint);
    const read = text.slice(0, TEXT_LIMIT);
    const entities = [...finders.flatMap((find) => find(read)), ...findTimes(read, locale, now, timeZone)];
    return {
      text,
      locale,
      danger: findDanger(read),
      ...recognizer.recognize(text),
      entities: withoutOverlaps(entities),
      isUpset: isUpset(read),
    };
  };
}
