import type { AppliedPolicy, Calendar, ClockEvent, Periods } from '../../src/contract/sla';

/** Builders of what deadlines are computed from, each with the least that a test must say. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const ALL_DAY: Periods = [[0, 1440]];

export const calendarOf = (changed: Partial<Calendar> = {}): Calendar => ({
  id: 'always',
  timeZone: 'Asia/Shanghai',
  week: Array.from({ length: 7 }, () => ALL_DAY),
  holidays: 'none',
  onHoliday: [],
  onMakeUpDay: [],
  days: {},
  ...changed,
});

export const OFFICE: Periods = [
  [510, 720],
  [810, 1050],
];

/** 08:30–12:00 and 13:30–17:30 on workdays of China. */
export const officeOf = (changed: Partial<Calendar> = {}): Calendar =>
  calendarOf({
    id: 'office',
    week: [OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, [], []],
    holidays: 'china',
    onMakeUpDay: OFFICE,
    ...changed,
  });

export const policyOf = (changed: Partial<AppliedPolicy> = {}): AppliedPolicy => ({
  id: 'repair',
  name: { zh: '故障修复承诺', en: 'repair promise' },
  clock: 'promise',
  measure: 'open',
  targetMs: 4 * HOUR,
  calendar: calendarOf(),
  pauses: ['customer-unreachable', 'customer-postponed', 'third-party'],
  onReopen: 'restart',
  thresholds: [75, 100],
  ...changed,
});

/** A moment by the wall clock of Shanghai: `2026-11-24 10:00`. */
export const shanghai = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);

export const started = (at: number, policy: AppliedPolicy = policyOf()): ClockEvent => ({
  type: 'started',
  at,
  policy,
});

/** A pause that ends. */
export const pauseOf = (
  from: number,
  to: number,
  reason: 'customer-unreachable' | 'third-party' | 'parts' = 'third-party',
): ClockEvent[] => [
  { type: 'paused', at: from, by: 'agent:a', reason },
  { type: 'resumed', at: to, by: 'agent:a' },
];
