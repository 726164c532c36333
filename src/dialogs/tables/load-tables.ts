import type { FactTable, FactTables } from '../../contract/tables';
import { parseTable, type TableReports } from './parse-table';

/** The provinces that the operator serves, each with its cities, by their full names. */
export type ServedPlaces = { province: string; cities: string[] }[];

const MOST_TABLES = 50;

/** Reads all tables (file name to text); every problem and warning of every file is added. */
export function loadTables(
  files: Record<string, string>,
  served: ServedPlaces,
  reports: TableReports,
): FactTables {
  const names = new Set(served.flatMap(({ province, cities }) => [province, ...cities]));
  const texts = Object.entries(files).filter(([name]) => name.endsWith('.csv'));
  const extra = texts[MOST_TABLES]?.[0];
  if (extra !== undefined)
    reports.problems.push({
      file: `tables/${extra}`,
      line: 1,
      path: '',
      message: `more than ${MOST_TABLES} tables`,
      remedy: 'join tables that have the same columns',
    });
  const tables = texts
    .slice(0, MOST_TABLES)
    .flatMap(
      ([name, text]): FactTable | FactTable[] =>
        parseTable(`tables/${name}`, text, reports, names.size > 0 ? names : null) ?? [],
    );
  return {
    tables: new Map(tables.map((table) => [table.name, table])),
    provinceOf: new Map(served.flatMap(({ province, cities }) => cities.map((city) => [city, province]))),
  };
}
