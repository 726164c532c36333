import { dayOf } from '../../calendar-day';
import type { Locale } from '../../contract/activity';
import type { AskedAt } from '../../contract/knowledge';
import type { FactName, FactTables, UnspokenReason } from '../../contract/tables';
import { factKey, resolveFact, type SaidAt } from './resolve-fact';

/**
 * Texts that name facts. An answer of the knowledge is plain text but for `{{ facts.fees.visit.price }}`; a dialog's text
 * is a template that sees `facts` beside its other variables.
 */
const NAMED =
  /\{\{ {0,8}facts\.([a-z][a-z0-9-]{0,79})\.([a-z][a-z0-9-]{0,39})\.([a-z][a-z0-9-]{0,39}) {0,8}\}\}/gu;

const asName = ([, table = '', key = '', column = '']: RegExpMatchArray): FactName => ({
  table,
  key,
  column,
});

/** The facts that an answer names, in their order. */
export const factsNamed = (text: string): FactName[] =>
  text.includes('{{') ? [...text.matchAll(NAMED)].map(asName) : [];

/** An answer with something in place of each fact that it names. */
export const replaceFacts = (text: string, put: (name: FactName) => string): string =>
  text.includes('{{')
    ? text.replace(NAMED, (...match) => put(asName(match.slice(0, 4) as RegExpMatchArray)))
    : text;

/** How a fact is named in a text. */
export const factMark = (name: FactName): string => `{{ facts.${factKey(name)} }}`;

/** A fact that cannot be said now and here, and why. */
export interface UnspokenFact {
  fact: FactName;
  reason: UnspokenReason;
}

/** The first of some facts that cannot be said; null when all hold. */
export function unspokenFact(facts: FactTables, names: FactName[], at: SaidAt): UnspokenFact | null {
  for (const fact of names) {
    const { status } = resolveFact(facts, fact, at);
    if (status !== 'holds') return { fact, reason: status };
  }
  return null;
}

/** An answer with its facts filled in, or the first of them that cannot be said. */
export function sayFacts(
  facts: FactTables,
  text: string,
  { locale, ...at }: SaidAt & { locale: Locale },
): { text: string } | UnspokenFact {
  const unspoken = unspokenFact(facts, factsNamed(text), at);
  if (unspoken) return unspoken;
  return {
    text: replaceFacts(text, (name) => {
      const found = resolveFact(facts, name, at);
      return found.status === 'holds' ? found.value[locale] : '';
    }),
  };
}

/** The facts that a template names as the variable `facts`: `facts.fees.visit.price` reads what holds. */
export function factVariables(
  facts: FactTables,
  names: FactName[],
  { locale, ...at }: SaidAt & { locale: Locale },
): Record<string, Record<string, Record<string, string>>> {
  const variables = new Map<string, Map<string, Map<string, string>>>();
  for (const name of names) {
    const found = resolveFact(facts, name, at);
    if (found.status !== 'holds') continue;
    const table = variables.get(name.table) ?? new Map<string, Map<string, string>>();
    const row = table.get(name.key) ?? new Map<string, string>();
    variables.set(name.table, table.set(name.key, row.set(name.column, found.value[locale])));
  }
  return Object.fromEntries(
    [...variables].map(([table, rows]) => [
      table,
      Object.fromEntries([...rows].map(([key, row]) => [key, Object.fromEntries(row)])),
    ]),
  );
}

/** An answer as it is said at a moment and a place; null when a fact that it names does not hold. */
export const createSayAnswer =
  (facts: FactTables, timeZone: string) =>
  (text: string, { now, area, locale }: AskedAt & { locale: Locale }): string | null => {
    const said = sayFacts(facts, text, { day: dayOf(now, timeZone), area, locale });
    return 'text' in said ? said.text : null;
  };
