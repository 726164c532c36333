import { type ColumnType, columnTypeSchema } from '../../contract/tables';

/** What every table has beside its facts: which row it is, where and when it holds. */
export const FIXED = ['key', 'place', 'from', 'until'] as const;
export type FixedColumn = (typeof FIXED)[number];

export interface Column {
  id: string;
  type: ColumnType | 'fixed';
  /** What people call it; its id where nobody has said. */
  label: string;
  /** Its place in a row, from 0. */
  at: number;
}

export interface Head {
  columns: Column[];
  fixed: Partial<Record<FixedColumn, Column>>;
  /** How many cells a row has. */
  width: number;
}

/** `key`, `price:yuan`, `上门费 price:yuan`. */
const CELL = /^(?:(\S.{0,39}?)\s+)?([a-z][a-z0-9-]{0,39})(?::([a-z]+))?$/u;
const TYPES = columnTypeSchema.options.join(', ');

type ReportHead = (path: string, message: string, remedy: string) => void;

export const isFixed = (id: string): id is FixedColumn => FIXED.some((each) => each === id);

function readColumn(text: string, at: number, report: ReportHead): Column | null {
  const [, label, id, kind] = CELL.exec(text.trim()) ?? [];
  if (id === undefined) {
    report('', `"${text.slice(0, 40)}" is no column`, 'write an id and its type, such as price:yuan');
    return null;
  }
  if (isFixed(id) && kind === undefined) return { id, type: 'fixed', label: label ?? id, at };
  const type = columnTypeSchema.safeParse(kind).data;
  if (!isFixed(id) && type) return { id, type, label: label ?? id, at };
  if (isFixed(id)) report(id, `"${id}" has no type`, `write ${id} alone`);
  else report(id, `the type of "${id}" is not known`, `write ${id}: and one of ${TYPES}`);
  return null;
}

/** Two columns may share an id only as the two languages of a text. */
const isTwice = (columns: Column[], { id, type }: Column): boolean => {
  const others = columns.filter((each) => each.id === id).map((each) => each.type);
  const isLanguage = type === 'zh' || type === 'en';
  return (
    others.length > 0 &&
    !(isLanguage && others.every((other) => other !== type && (other === 'zh' || other === 'en')))
  );
};

/** Reads the first line of a table; null when a row could not be read by it. */
export function readHead(cells: string[], report: ReportHead): Head | null {
  const columns: Column[] = [];
  let isWell = true;
  for (const [at, text] of cells.entries()) {
    if (text.trim() === '') continue;
    const column = readColumn(text, at, report);
    if (!column) isWell = false;
    else if (isTwice(columns, column)) {
      isWell = false;
      report(column.id, `"${column.id}" stands twice`, 'keep one of them');
    } else columns.push(column);
  }
  const fixed = Object.fromEntries(
    columns.filter(({ type }) => type === 'fixed').map((one) => [one.id, one]),
  );
  if (isWell && !fixed.key) {
    report('key', 'the column "key" is missing', 'begin the first line with key, place, from, until');
    return null;
  }
  return isWell ? { columns, fixed, width: cells.length } : null;
}
