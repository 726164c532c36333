import type { Locale } from '../../../contract/activity';
import { removeIn, setIn } from '../../../dialogs/edit/edit-yaml';
import { parseFile } from '../../../dialogs/parse-file';
import {
  type CalendarFile,
  type CalendarsFile,
  calendarsFileSchema,
} from '../../../sla/policy/policy-schema';

export const CALENDARS_PATH = 'dialogs/policies/calendars.yaml';

/** The calendars of a draft; none while their file has problems. */
export function calendarRows(files: Readonly<Record<string, string>>): CalendarFile[] {
  const text = files[CALENDARS_PATH] ?? '';
  const parsed: CalendarsFile | null = parseFile(CALENDARS_PATH, text, calendarsFileSchema, []).value;
  return parsed?.calendars ?? [];
}

/** Calendars to choose from: by name, with the id beside it. */
export const calendarOptions = (
  calendars: readonly CalendarFile[],
  locale: Locale,
): { value: string; label: string }[] =>
  calendars.map(({ id, name }) => ({ value: id, label: name ? `${name[locale]} · ${id}` : id }));

const PERIOD = /^(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

/**
 * Periods as people type them ("8:30-12:00，13:30-17:30"), in order; null for what are none, overlap, or end before they
 * begin.
 */
export function periodsIn(text: string): string[] | null {
  const parts = text
    .replace(/[：]/g, ':')
    .replace(/\s*[-–—~～至到]\s*/g, '-')
    .split(/[\s,，、;；]+/)
    .filter(Boolean)
    .map((part) => part.replace(/(^|-)(\d:)/g, '$10$2'));
  const periods = parts.sort();
  const isWrong = (period: string, i: number): boolean => {
    const [from = '', to = ''] = period.split('-');
    return !PERIOD.test(period) || to <= from || (i > 0 && from < (periods[i - 1]?.split('-')[1] ?? ''));
  };
  return periods.length === 0 || periods.some(isWrong) ? null : periods;
}

/** The calendars' file with a day of its own in one of them: its periods, `[]` for closed, null to go by the rule again. */
export function setOwnDay(
  text: string,
  calendars: readonly CalendarFile[],
  { calendar, date, periods }: { calendar: string; date: string; periods: string[] | null },
): string {
  const index = calendars.findIndex(({ id }) => id === calendar);
  const own = calendars[index]?.days ?? {};
  const path = ['calendars', index, 'days'];
  if (periods !== null) return setIn(text, [...path, date], periods);
  if (!Object.hasOwn(own, date)) return text;
  return Object.keys(own).length === 1 ? removeIn(text, path) : removeIn(text, [...path, date]);
}
