import type { Locale } from '../contract/activity';
import type { NearMiss } from '../contract/refusals';
import type { Entity, Recognizer, Understanding } from '../contract/understanding';
import { findDanger, isUpset } from './danger';
import { createFindEntities, type EntityNames } from './entities/find-entities';
import { findGrievance } from './grievance';
import { isNegated } from './negation';
import { splitPinyin } from './pinyin';
import { brokenPart } from './working-part';

export interface UnderstandOptions extends EntityNames {
  recognizer: Recognizer;
  /** IANA zone in which customers speak of times. */
  timeZone: string;
}

export type Understand = (text: string, at: { now: number; localeHint: Locale | null }) => Understanding;

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

/** Names of companies, whose words are those of services. */
const COMPANIES = /\bchina (?:mobile|telecom|unicom|broadnet)\b/giu;

/** The words that tell what is meant: without marks of what was masked, places and numbers. */
function meaningfulText(text: string, entities: Entity[], nearMisses: NearMiss[]): string {
  let said = text;
  // A number with a slip in it still stands for the word.
  const wrongNumbers = nearMisses.filter(
    ({ type, reason }) => type === 'order-number' && reason !== 'no-kind',
  );
  const silent = [...entities, ...wrongNumbers].sort((a, b) => b.start - a.start);
  for (const { type, start, end } of silent) {
    const word = SILENT.get(type);
    if (word) said = `${said.slice(0, start)}${word}${said.slice(end)}`;
  }
  const isPlaced = entities.some(({ type }) => type === 'address' || type === 'address-part');
  if (isPlaced) said = said.replace(/(?:地址|位置|住址)(?:是|在|为|[:：])?/gu, ' ');
  const left = said
    .replace(/\[\p{Script=Han}{2,4}\]/gu, ' ')
    .replace(COMPANIES, ' ')
    .trim();
  // A lone "在" or "是" beside a place is no message of its own.
  return left !== text.trim() && (left.match(/\p{L}/gu)?.length ?? 0) < 2 ? '' : left;
}

/** Joins all that can be known of an utterance. Pure; microseconds, and milliseconds when a time is named in English. */
export function createUnderstand({ recognizer, timeZone, ...names }: UnderstandOptions): Understand {
  const findEntities = createFindEntities(names, timeZone);
  return (text, { now, localeHint }) => {
    const read = text.slice(0, TEXT_LIMIT);
    const { entities, nearMisses } = findEntities(read, now);
    const grievance = findGrievance(read);
    return {
      text,
      locale: localeOf(text, localeHint),
      danger: findDanger(read),
      ...recognizer.recognize(brokenPart(meaningfulText(text, entities, nearMisses))),
      entities,
      nearMisses,
      isUpset: isUpset(read) || grievance?.isAngry === true,
      ...(grievance ? { grievance } : {}),
      isNegated: isNegated(read),
    };
  };
}
