import type { Locale } from '../contract/activity';
import type { Entity, Recognizer, Understanding } from '../contract/understanding';
import { findDanger, isUpset } from './danger';
import { findAddresses } from './entities/address';
import { findCounts, findDurations } from './entities/amounts-of';
import { findTimes } from './entities/datetime';
import { findLights } from './entities/lights';
import { findPersons, findSsids, planFinder } from './entities/names';
import {
  findAccounts,
  findAmounts,
  findIdCards,
  findOrderNumbers,
  findPhones,
  findSpeeds,
} from './entities/numbers';
import { EMPTY_LEXICON, type Lexicon } from './lexicon';
import { isNegated } from './negation';
import { splitPinyin } from './pinyin';

export interface UnderstandOptions {
  recognizer: Recognizer;
  /** IANA zone in which customers speak of times. */
  timeZone: string;
  /** Names of plans; without it none are found. */
  lexicon?: Lexicon;
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

/** Marks of what was masked, numbers of orders, units: they are written alike in every language. */
const NEUTRAL =
  /\[\p{Script=Han}{2,4}\]|[a-z]*\d[a-z0-9]*|\b(?:ok|wi-?fi|iptv|itv|app|los|pon|lan|pc|tv|vip|tmd|ppt|5g|4g|mbps|dbm|hdmi|power|router)\b/giu;
/** English words that would also read as syllables of pinyin. */
const ENGLISH = new Set([
  'human',
  'change',
  'hang',
  'same',
  'fine',
  'phone',
  'line',
  'time',
  'use',
  'home',
  'one',
]);

const isPinyinWord = (word: string): boolean => !ENGLISH.has(word) && splitPinyin(word.slice(0, 24)) !== null;

/**
 * Chinese as soon as there is a Chinese character or pinyin; English with two words of it, or one that is no
 * abbreviation. Digits, emoji and technical words say nothing: then it is the language spoken so far.
 */
export function localeOf(text: string, hint: Locale | null): Locale {
  const said = text.toLowerCase().replace(NEUTRAL, ' ');
  if (/\p{Script=Han}/u.test(said)) return 'zh';
  const words = said.match(/[a-z]+(?:'[a-z]+)?/g) ?? [];
  if (words.length === 0) return hint ?? 'zh';
  const isPinyin = words.every(isPinyinWord) && words.join('').length >= 4;
  if (isPinyin) return hint === 'en' ? 'en' : 'zh';
  const isEnglish = words.length >= 2 || words.some((word) => word.length >= 4);
  return isEnglish ? 'en' : (hint ?? 'en');
}

/**
 * Places and numbers say who and where, not what: without them a concern is seen more clearly. The number of an order
 * stands for the word.
 */
const SILENT = new Map([
  ['address', ' '],
  ['address-part', ' '],
  ['phone', ' '],
  ['id-card', ' '],
  ['order-number', '工单'],
]);

/** The words that tell what is meant: without marks of what was masked, places and numbers. */
function meaningfulText(text: string, entities: Entity[]): string {
  let said = text;
  for (const { type, start, end } of [...entities].reverse()) {
    const word = SILENT.get(type);
    if (word) said = `${said.slice(0, start)}${word}${said.slice(end)}`;
  }
  const isPlaced = entities.some(({ type }) => type === 'address' || type === 'address-part');
  if (isPlaced) said = said.replace(/(?:地址|位置|住址)(?:是|在|为|[:：])?/gu, ' ');
  const left = said.replace(/\[\p{Script=Han}{2,4}\]/gu, ' ').trim();
  // A lone "在" or "是" beside a place is no message of its own.
  return left !== text.trim() && (left.match(/\p{L}/gu)?.length ?? 0) < 2 ? '' : left;
}

const NEVER_TIMES = new Set([
  'address',
  'address-part',
  'phone',
  'id-card',
  'order-number',
  'broadband-account',
  'plan',
]);

/** Blanks what is no time though it has its numbers ("18号3栋"): it would be read as one, and costs milliseconds. */
const withoutNumbers = (text: string, entities: Entity[]): string =>
  entities.reduce(
    (rest, { type, start, end }) =>
      NEVER_TIMES.has(type) ? rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end) : rest,
    text,
  );

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

/** What others did not claim: "三天" within a time is no duration. */
const addElsewhere = (entities: Entity[], more: Entity[]): Entity[] => {
  const isFree = ({ start, end }: Entity) =>
    !entities.some((other) => start < other.end && other.start < end);
  return withoutOverlaps([...entities, ...withoutOverlaps(more.filter(isFree))]);
};

/** Joins all that can be known of an utterance. Pure; microseconds, and milliseconds when a time is named. */
export function createUnderstand({ recognizer, timeZone, lexicon }: UnderstandOptions): Understand {
  const first = [...finders, planFinder(lexicon ?? EMPTY_LEXICON)];
  const others = [findDurations, findCounts, findPersons, findSsids];
  return (text, { now, localeHint }) => {
    const locale = localeOf(text, localeHint);
    const read = text.slice(0, TEXT_LIMIT);
    const named = withoutOverlaps(first.flatMap((find) => find(read)));
    const times = findTimes(withoutNumbers(read, named), locale, now, timeZone);
    const certain = withoutOverlaps([...named, ...times]);
    const entities = addElsewhere(
      certain,
      others.flatMap((find) => find(read)),
    );
    return {
      text,
      locale,
      danger: findDanger(read),
      ...recognizer.recognize(meaningfulText(text, entities)),
      entities,
      isUpset: isUpset(read),
      isNegated: isNegated(read),
    };
  };
}
