import type { NearMiss } from '../../contract/refusals';
import type { Entity } from '../../contract/understanding';
import { EMPTY_LEXICON, type Lexicon } from '../lexicon';
import { addressFinder } from './address/find-addresses';
import { createGazetteer } from './address/gazetteer';
import { NO_AREAS, type ServiceAreas } from './address/service-areas';
import { findCounts, findDurations } from './amounts-of';
import { findLights } from './lights';
import { findPersons, planFinder } from './names';
import { findAccountMisses, findAccounts } from './numbers/accounts';
import { findIdCardMisses, idCardFinder } from './numbers/id-cards';
import { findCodeMisses } from './numbers/one-time-codes';
import { findOrderNumberMisses, findOrderNumbers } from './numbers/order-numbers';
import { findPhoneMisses, findPhones } from './numbers/phones';
import { findAmounts, findSpeeds } from './numbers/speeds-and-amounts';
import { findSsids } from './ssids';
import { findChineseTimes } from './times/find-chinese';
import { findTimes } from './times/find-times';
import { findTimeMisses } from './times/time-misses';

/** What the operator's content says of names; without it none of these are known. */
export interface EntityNames {
  lexicon?: Lexicon | undefined;
  areas?: ServiceAreas | undefined;
}

export interface FoundEntities {
  /** In the order of the text; none overlaps another but a day that may be a house number ("28号"). */
  entities: Entity[];
  /** What looks like an entity and is none, where no entity stands. */
  nearMisses: NearMiss[];
}

export type FindEntities = (text: string, now: number) => FoundEntities;

type Span = Pick<Entity, 'start' | 'end'>;
const overlaps = (one: Span, others: Span[]): boolean =>
  others.some((other) => one.start < other.end && other.start < one.end);

const NEVER_TIMES = new Set([
  'address',
  'address-part',
  'phone',
  'id-card',
  'order-number',
  'broadband-account',
  'plan',
]);

/** Blanks what is no time though it has its numbers ("18号3栋"). */
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
  for (const entity of byLength) if (!overlaps(entity, kept)) kept.push(entity);
  return kept.sort((a, b) => a.start - b.start);
}

/** What others did not claim: "三天" within a time is no duration. */
const addElsewhere = (entities: Entity[], more: Entity[]): Entity[] =>
  withoutOverlaps([...entities, ...withoutOverlaps(more.filter((one) => !overlaps(one, entities)))]);

const LONE_DAY = /^(?:[12]?\d|3[01])\s*号$/u;
const isLoneHouse = ({ type, text }: Entity): boolean => type === 'address-part' && LONE_DAY.test(text);

/** "28号下午" is a day, though "28号" alone may be a house. */
function withoutDays(text: string, named: Entity[], now: number, timeZone: string): Entity[] {
  if (!named.some(isLoneHouse)) return named;
  const others = named.filter((entity) => !isLoneHouse(entity));
  const times = findChineseTimes(withoutNumbers(text, others), now, timeZone);
  const isDay = (house: Entity) => times.some(({ start, end }) => start === house.start && end > house.end);
  return named.filter((entity) => !isLoneHouse(entity) || !isDay(entity));
}

/** "28号" may be a house or a day: it is both, and the question that it answers decides. */
function addDay(text: string, entities: Entity[], now: number, timeZone: string): Entity[] {
  const [only] = entities;
  if (entities.length !== 1 || !only || !isLoneHouse(only)) return entities;
  return [only, ...findChineseTimes(text, now, timeZone).filter(({ start }) => start === only.start)];
}

/** Joins all finders of a content version. Pure; some tens of microseconds, milliseconds where an English time is named. */
export function createFindEntities({ lexicon, areas }: EntityNames, timeZone: string): FindEntities {
  const first = [
    findPhones,
    findOrderNumbers,
    findAccounts,
    planFinder(lexicon ?? EMPTY_LEXICON),
    findSpeeds,
    findAmounts,
    findLights,
    addressFinder(createGazetteer(areas ?? NO_AREAS)),
  ];
  const others = [findDurations, findCounts, findPersons, findSsids];
  const misses = [
    findPhoneMisses,
    findOrderNumberMisses,
    findAccountMisses,
    findIdCardMisses,
    findTimeMisses,
    findCodeMisses,
  ];
  return (text, now) => {
    const nearMisses = misses.flatMap((find) => find(text, now));
    const all = withoutOverlaps([...first, idCardFinder(now)].flatMap((find) => find(text)));
    const named = withoutDays(text, all, now, timeZone);
    // 2月30号 is no 30号.
    const wrong = nearMisses.filter(({ type }) => type === 'datetime');
    const times = findTimes(withoutNumbers(text, named), now, timeZone).filter(
      (one) => !overlaps(one, wrong),
    );
    const certain = withoutOverlaps([...named, ...times]);
    const more = others.flatMap((find) => find(text));
    const entities = addDay(text, addElsewhere(certain, more), now, timeZone);
    // 32号 may still be a house.
    const isLeft = (one: NearMiss) => one.type === 'datetime' || !overlaps(one, entities);
    return { entities, nearMisses: nearMisses.filter(isLeft) };
  };
}
