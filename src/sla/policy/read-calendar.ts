import type { Calendar, Periods } from '../../contract/sla';
import type { CalendarFile, Week } from './policy-schema';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Minutes of the day of a time such as `08:30`. */
export const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

const readPeriods = (texts: string[]): Periods =>
  texts
    .map((text): [number, number] => {
      const [from = '', to = ''] = text.split('-');
      return [minutesOf(from), minutesOf(to)];
    })
    .sort(([a], [b]) => a - b);

function periodsOn(week: Week, index: number): string[] {
  const name = DAYS[index];
  const own = name ? week[name] : undefined;
  return own ?? (index < 5 ? week.workdays : week.weekends) ?? week['every-day'] ?? [];
}

/** A calendar as deadlines take it. */
export function readCalendar(file: CalendarFile, timeZone: string): Calendar {
  const { id, week, holidays, onHoliday, onMakeUpDay, days } = file;
  const monday = periodsOn(week, 0);
  return {
    id,
    timeZone: file.timeZone ?? timeZone,
    week: DAYS.map((_, index) => readPeriods(periodsOn(week, index))),
    holidays,
    onHoliday: readPeriods(onHoliday),
    onMakeUpDay: readPeriods(onMakeUpDay ?? monday),
    // In their order, in which they come back from a store: the same calendar has the same text.
    days: Object.fromEntries(
      Object.entries(days)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([date, texts]) => [date, readPeriods(texts)]),
    ),
  };
}
