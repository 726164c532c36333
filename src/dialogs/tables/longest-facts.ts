import type { Locale } from '../../contract/activity';
import type { FactTables } from '../../contract/tables';

type Sample = Record<string, Record<string, Record<string, string>>>;

/** Every fact with the longest that it comes to anywhere at any time, as texts name it: for whoever judges their length. */
export function longestFacts({ tables }: FactTables, locale: Locale): Sample {
  return Object.fromEntries(
    [...tables.values()].map(({ name, rows }) => {
      const byKey = new Map<string, Map<string, string>>();
      for (const { key, values } of rows) {
        const row = byKey.get(key) ?? new Map<string, string>();
        byKey.set(key, row);
        for (const [column, value] of Object.entries(values))
          if (value[locale].length >= (row.get(column)?.length ?? 0)) row.set(column, value[locale]);
      }
      return [name, Object.fromEntries([...byKey].map(([key, row]) => [key, Object.fromEntries(row)]))];
    }),
  );
}
