import { dayOf } from '../../calendar-day';
import type { DialogContext, Reply } from '../../contract/dialog';
import type { AreaParts } from '../../contract/knowledge';
import type { FactTables } from '../../contract/tables';
import { areaOf } from '../knowledge/area-of';
import type { LocalizedText } from '../schema';
import { wordsOf } from '../texts';
import { say, sayPattern, type Turn } from '../turn';
import { namesIn } from './check-facts';
import { factVariables, type UnspokenFact, unspokenFact } from './fact-texts';
import { factKey, lastDayOf, type SaidAt } from './resolve-fact';

/** The city that a line of an address names, of those that are known. */
export function cityIn(address: string | null, { provinceOf }: FactTables): AreaParts | null {
  if (address === null) return null;
  const city = [...provinceOf.keys()].find((name) => address.includes(name));
  return city === undefined ? null : { city };
}

/** When and where a turn's facts are said: what the session has learned of the place, else where somebody was sent last. */
export function saidAt({ set, state, context }: Turn): SaidAt {
  const { now, timeZone, customer } = context;
  const area = areaOf(state) ?? cityIn(customer?.record?.address ?? null, set.facts);
  return { day: dayOf(now, timeZone), area };
}

/** Whoever keeps the tables hears that a text could not be said. */
export function noteUnspoken(turn: Turn, { fact, reason }: UnspokenFact): void {
  turn.effects.push({ type: 'unspoken-fact', fact: factKey(fact), reason });
}

/**
 * Says a text of a dialog. When a fact that it names does not hold now and here, it is not said at all: the customer is
 * told that we do not know, and how to reach somebody who does.
 */
export function sayWithFacts(turn: Turn, text: LocalizedText): void {
  const { locale } = turn.state;
  const names = namesIn(wordsOf(text, locale, turn.context.channel)).filter((name) => name !== null);
  if (names.length === 0) return say(turn, text);
  const { facts } = turn.set;
  const at = saidAt(turn);
  const unspoken = unspokenFact(facts, names, at);
  if (unspoken) {
    noteUnspoken(turn, unspoken);
    return sayPattern(turn, 'fact-unknown');
  }
  say(turn, text, [], { facts: factVariables(facts, names, { ...at, locale }) });
  keepUntil(turn, lastDayOf(facts, names, at));
}

/** What was said last is not said again after this day. */
export function keepUntil(turn: Turn, day: string | null): void {
  const said = turn.replies.at(-1);
  if (said && day !== null) said.holdsUntil = day;
}

/** Whether what was said once may be said again. */
export const stillHolds = (
  { holdsUntil }: Pick<Reply, 'holdsUntil'>,
  { now, timeZone }: Pick<DialogContext, 'now' | 'timeZone'>,
): boolean => holdsUntil === undefined || dayOf(now, timeZone) <= holdsUntil;
