import { z } from 'zod';

/**
 * Tables of facts, `dialogs/tables/*.csv`: prices, hours and outlets by place and time, which texts name instead of saying
 * them themselves. Days are those of the operator's calendar, as 2026-11-29.
 */
export const columnTypeSchema = z.enum(['yuan', 'number', 'hours', 'day', 'text', 'zh', 'en']);
/** `zh` and `en` are two columns of one id; `text` is said alike in both languages. */
export type ColumnType = z.infer<typeof columnTypeSchema>;

/** A cell as it is said in each language. */
export interface FactValue {
  zh: string;
  en: string;
}

export interface FactRow {
  key: string;
  /** A city or a province by its name; null where the row holds everywhere. */
  place: string | null;
  /** First and last day; null where it has always held, or has no end. */
  from: string | null;
  until: string | null;
  /** By the id of the column; empty cells are left out. */
  values: Record<string, FactValue>;
  /** Where it stands in its file. */
  line: number;
}

export interface FactTable {
  name: string;
  /** Ids of the columns that can be said, in the order of the file. */
  columns: string[];
  rows: FactRow[];
}

/** All tables of a version, and the province that each city lies in. */
export interface FactTables {
  tables: Map<string, FactTable>;
  provinceOf: Map<string, string>;
}

/** `{{ facts.fees.visit.price }}`: the table, the key of the row and the column. */
export interface FactName {
  table: string;
  key: string;
  column: string;
}

/** Why a fact cannot be said; `missing`: it holds and its cell is empty, or there is no such row, here or at all. */
export type UnspokenReason = 'expired' | 'later' | 'missing';

/** `until`: the last day of what holds; null where it has no end. */
export type ResolvedFact =
  | { status: 'holds'; value: FactValue; until: string | null }
  | { status: UnspokenReason };
