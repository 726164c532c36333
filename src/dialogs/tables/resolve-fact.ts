import type { AreaParts } from '../../contract/knowledge';
import type { FactName, FactRow, FactTables, ResolvedFact } from '../../contract/tables';
import { beginOf, endOf } from './check-spans';

/** When and where a fact is said; `day` on the operator's calendar, as 2026-11-29. */
export interface SaidAt {
  day: string;
  /** Null where nobody knows. */
  area: AreaParts | null;
}

/** Tables, and when and where they are said. */
export interface SaidFacts {
  facts: FactTables;
  at: SaidAt;
}

/** No tables. */
export const NO_TABLES: FactTables = { tables: new Map(), provinceOf: new Map() };

/** The places that a row may be written for, the nearest first; the last is everywhere. */
function placesOf(area: AreaParts | null, provinceOf: FactTables['provinceOf']): (string | null)[] {
  const said = area?.city;
  // "江苏省南京市" is 南京市.
  const city = said && ([...provinceOf.keys()].find((name) => said.endsWith(name)) ?? said);
  const province = area?.province ?? (city === undefined ? undefined : provinceOf.get(city));
  return [...(city === undefined ? [] : [city]), ...(province === undefined ? [] : [province]), null];
}

/** Of rows of one key and place the one that decides on a day: what holds, else what ran out last. */
function rowOn(rows: FactRow[], day: string): FactRow | undefined {
  const begun = rows.filter((row) => beginOf(row) <= day);
  return begun.reduce<FactRow | undefined>(
    (latest, row) => (latest === undefined || endOf(row) >= endOf(latest) ? row : latest),
    undefined,
  );
}

/**
 * What a table says at a place on a day: the row of the city, else of the province, else the one for everywhere. A place
 * that has begun to have a row of its own is never told what holds elsewhere: when its row has run out, nothing holds
 * there until somebody writes another. Before its first row begins, the wider one holds.
 */
export function resolveFact(
  facts: FactTables,
  { table, key, column }: FactName,
  { day, area }: SaidAt,
): ResolvedFact {
  const rows = (facts.tables.get(table)?.rows ?? []).filter((row) => row.key === key);
  for (const place of placesOf(area, facts.provinceOf)) {
    const row = rowOn(
      rows.filter((each) => each.place === place),
      day,
    );
    if (!row) continue;
    if (endOf(row) < day) return { status: 'expired' };
    const value = Object.hasOwn(row.values, column) ? row.values[column] : undefined;
    return value ? { status: 'holds', value, until: row.until } : { status: 'missing' };
  }
  const places = new Set(placesOf(area, facts.provinceOf));
  return { status: rows.some((row) => places.has(row.place)) ? 'later' : 'missing' };
}

/** The last day on which all of some facts hold; null where none of them ends. */
export function lastDayOf(facts: FactTables, names: readonly FactName[], at: SaidAt): string | null {
  const days = names.flatMap((name): string[] => {
    const found = resolveFact(facts, name, at);
    return found.status === 'holds' && found.until !== null ? [found.until] : [];
  });
  return days.sort()[0] ?? null;
}

export const factKey = ({ table, key, column }: FactName): string => `${table}.${key}.${column}`;
