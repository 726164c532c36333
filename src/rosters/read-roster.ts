import { foldLogin } from '../accounts/account';
import type { RosterProblem, Shift } from '../contract/rosters';
import { type Zone, zoneOf } from '../zone';
import { type CsvRow, decodeText, readCsv } from './read-csv';

const DAY_MS = 24 * 3600_000;
const MINUTE_MS = 60_000;
const MOST_ROWS = 5000;
const LONGEST_MS = 16 * 3600_000;
const FURTHEST_DAYS = 92;

/** The columns, by any of their names. */
const COLUMNS = {
  login: ['login', '工号', '账号', '登录名'],
  date: ['date', '日期'],
  from: ['from', '上班', 'start', '开始'],
  to: ['to', '下班', 'end', '结束'],
} as const;
type Column = keyof typeof COLUMNS;

export interface RosterRules {
  /** Who can have a shift, by folded login. */
  accounts: ReadonlyMap<string, { id: string; login: string; name: string }>;
  timeZone: string;
  now: number;
}

interface Found {
  shifts: (Shift & { line: number })[];
  problems: RosterProblem[];
}

const problem = (line: number, zh: string, en: string): RosterProblem => ({ line, zh, en });

/** Where each column stands; a problem for each that is missing. */
function findColumns({ cells, line }: CsvRow): { at: Record<Column, number>; problems: RosterProblem[] } {
  const heads = cells.map((cell) => cell.toLowerCase());
  const place = (names: readonly string[]) => heads.findIndex((head) => names.includes(head));
  const at = {
    login: place(COLUMNS.login),
    date: place(COLUMNS.date),
    from: place(COLUMNS.from),
    to: place(COLUMNS.to),
  };
  const problems = (Object.keys(at) as Column[]).flatMap((column) => {
    const [en, zh] = COLUMNS[column];
    return at[column] < 0 ? [problem(line, `缺少“${zh}”一列`, `the column "${en}" is missing`)] : [];
  });
  return { at, problems };
}

/** The midnight of a date, as the wall clock has it; null for what is no date. */
function readDate(text: string): number | null {
  const found = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/.exec(text);
  if (!found) return null;
  const [year = 0, month = 0, day = 0] = [found[1], found[2] ?? found[4], found[3] ?? found[5]].map(Number);
  const wall = Date.UTC(year, month - 1, day);
  const date = new Date(wall);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? wall : null;
}

/** Minutes of the day; null for what is no time. */
function readTime(text: string): number | null {
  const found = /^(\d{1,2})[:：](\d{2})(?:[:：]00)?$/.exec(text);
  const [hours, minutes] = [Number(found?.[1] ?? 99), Number(found?.[2] ?? 99)];
  return hours * 60 + minutes <= 1440 && minutes < 60 ? hours * 60 + minutes : null;
}

function readRow(
  { line, cells }: CsvRow,
  at: Record<Column, number>,
  { accounts, now }: RosterRules,
  zone: Zone,
): Shift | RosterProblem {
  const cell = (column: Column) => cells[at[column]] ?? '';
  const account = accounts.get(foldLogin(cell('login')));
  if (!account) return problem(line, '没有这个工号，或已停用', 'there is no such account, or it is disabled');
  const midnight = readDate(cell('date'));
  if (midnight === null) return problem(line, '日期要写成 2026-11-28', 'write the date as 2026-11-28');
  const [from, to] = [readTime(cell('from')), readTime(cell('to'))];
  if (from === null || to === null || from === to)
    return problem(line, '上下班时间要写成 08:30', 'write the times as 08:30');
  const fromAt = zone.momentOf(midnight + from * MINUTE_MS);
  // An end that is not later is that of the next day.
  const toAt = zone.momentOf(midnight + (to > from ? 0 : DAY_MS) + to * MINUTE_MS);
  if (toAt - fromAt > LONGEST_MS) return problem(line, '一班不超过 16 小时', 'a shift has 16 hours at most');
  if (toAt <= now) return problem(line, '这一班已经过去', 'this shift is over');
  if (fromAt > now + FURTHEST_DAYS * DAY_MS)
    return problem(line, '最多排到 92 天以后', 'at most 92 days ahead');
  const date = new Date(midnight).toISOString().slice(0, 10);
  return { accountId: account.id, login: account.login, name: account.name, date, fromAt, toAt };
}

/** Shifts of one person that lie over each other; the second of them is told. */
export function findOverlaps(shifts: (Shift & { line: number })[]): RosterProblem[] {
  const inOrder = [...shifts].sort((a, b) => a.accountId.localeCompare(b.accountId) || a.fromAt - b.fromAt);
  return inOrder.flatMap((shift, i) => {
    const before = inOrder[i - 1];
    if (before?.accountId !== shift.accountId || before.toAt <= shift.fromAt) return [];
    const line = Math.max(before.line, shift.line);
    return [problem(line, `${shift.name} 的班次重叠`, `shifts of ${shift.name} overlap`)];
  });
}

/** The shifts of a file, or what is wrong in it: every row is checked, and all is told. Pure. */
export function readRoster(file: Uint8Array, rules: RosterRules): Found {
  const text = decodeText(file);
  const nothing = (found: RosterProblem): Found => ({ shifts: [], problems: [found] });
  if (text === null)
    return nothing(
      problem(1, '读不出文字，请另存为 CSV（UTF-8 或 GBK）', 'not text: save as CSV (UTF-8 or GBK)'),
    );
  const [head, ...rows] = readCsv(text.replace(/^\ufeff/, ''));
  if (!head || rows.length === 0)
    return nothing(problem(1, '文件里没有班次', 'there is no shift in the file'));
  if (rows.length > MOST_ROWS)
    return nothing(problem(1, `最多 ${MOST_ROWS} 行`, `at most ${MOST_ROWS} lines`));
  const { at, problems } = findColumns(head);
  if (problems.length > 0) return { shifts: [], problems };
  const zone = zoneOf(rules.timeZone);
  const shifts: Found['shifts'] = [];
  for (const row of rows) {
    const read = readRow(row, at, rules, zone);
    if ('line' in read) problems.push(read);
    else shifts.push({ ...read, line: row.line });
  }
  return { shifts, problems: [...problems, ...findOverlaps(shifts)] };
}
