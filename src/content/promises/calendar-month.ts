import type { CalendarMonth, MonthRequest } from '../../contract/content-promises';
import type { Calendar } from '../../contract/sla';
import { DAY_MS, periodsOf, weekdayOf } from '../../sla/calendar/calendar-days';
import { nationalDayOf } from '../../sla/calendar/chinese-holidays';
import { below, type ContentFiles } from '../content';
import { readPolicies } from '../load-policies';
import { POLICY_FOLDER } from '../policy-names';

type Day = CalendarMonth['days'][number];

const two = (value: number): string => String(value).padStart(2, '0');
const timeOf = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

function causeOf({ days, holidays }: Calendar, date: string, weekday: number): Day['cause'] {
  if (days[date]) return 'own';
  if (holidays === 'none') return 'week';
  const national = nationalDayOf(date, weekday);
  return national === 'ordinary' ? 'week' : national;
}

/**
 * When a calendar of a draft is open in a month, and why; null for a calendar that is not there. Throws `bad-content` for
 * promises that have problems.
 */
export function calendarMonth(
  files: ContentFiles,
  { calendar: id, month }: MonthRequest,
  timeZone: string,
): CalendarMonth | null {
  const calendar = readPolicies(below(files, POLICY_FOLDER), timeZone).calendars.get(id);
  if (!calendar) return null;
  const first = Date.parse(`${month}-01T00:00:00Z`) / DAY_MS;
  const days: Day[] = [];
  for (let day = first; ; day += 1) {
    const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
    if (!date.startsWith(month)) return { days };
    const weekday = weekdayOf(day);
    const periods = periodsOf(calendar, day).map(([from, to]) => `${timeOf(from)}-${timeOf(to)}`);
    days.push({ date, weekday, cause: causeOf(calendar, date, weekday), periods });
  }
}
