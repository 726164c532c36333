import type { Calendar, Periods } from '../../contract/sla';
import { nationalDayOf } from './chinese-holidays';

export const DAY_MS = 24 * 3600_000;

/** Dates are counted from 1970-01-01, which was a Thursday; 0 is Monday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** `2026-02-14` of a counted date. */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** When a calendar is open on a date, in the wall clock's minutes: its own days, then national ones, then the week. */
export function periodsOf(calendar: Calendar, day: number): Periods {
  const weekday = weekdayOf(day);
  const usual = calendar.week[weekday] ?? [];
  const hasNothingSpecial = calendar.holidays === 'none' && Object.keys(calendar.days).length === 0;
  if (hasNothingSpecial) return usual;
  const date = dateOf(day);
  const own = calendar.days[date];
  if (own) return own;
  if (calendar.holidays === 'none') return usual;
  switch (nationalDayOf(date, weekday)) {
    case 'holiday':
      return calendar.onHoliday;
    case 'make-up':
      return calendar.onMakeUpDay;
    case 'ordinary':
      return usual;
  }
}

const isWholeDay = ([period, ...others]: Periods): boolean =>
  others.length === 0 && period !== undefined && period[0] === 0 && period[1] === 1440;

/** Open day and night, every day. */
export const isAlwaysOpen = (calendar: Calendar): boolean =>
  calendar.holidays === 'none' &&
  calendar.week.every(isWholeDay) &&
  Object.values(calendar.days).every(isWholeDay);
