import type { Locale } from './contract/activity';

/** In whose words and whose time a moment is spoken of. Times are milliseconds since 1970 UTC. */
export interface TimeContext {
  locale: Locale;
  timeZone: string;
  now: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Year, month, day, hour and minute of a moment, as the wall clock of the zone shows them. */
export function wallParts(at: number, timeZone: string): Record<string, string> {
  const known = formatters.get(timeZone);
  const formatter =
    known ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    });
  formatters.set(timeZone, formatter);
  return Object.fromEntries(formatter.formatToParts(at).map(({ type, value }) => [type, value]));
}

const DAY_MS = 24 * 3600 * 1000;

/** "今天 18:40", "明天 09:00", "11月28日 09:00": a moment as a promise names it. */
export function speakTime(at: number, { locale, timeZone, now }: TimeContext): string {
  const { year, month, day, hour, minute } = wallParts(at, timeZone);
  const isDayOf = (moment: number) => {
    const other = wallParts(moment, timeZone);
    return other.year === year && other.month === month && other.day === day;
  };
  const clock = `${hour}:${minute}`;
  if (isDayOf(now)) return locale === 'zh' ? `今天 ${clock}` : `today ${clock}`;
  if (isDayOf(now + DAY_MS)) return locale === 'zh' ? `明天 ${clock}` : `tomorrow ${clock}`;
  return locale === 'zh' ? `${month}月${day}日 ${clock}` : `${month}/${day} ${clock}`;
}

/** A visit as it is spoken of: "今天 14:00–16:00". */
export function speakWindow(visit: { startAt: number; endAt: number }, context: TimeContext): string {
  const { hour, minute } = wallParts(visit.endAt, context.timeZone);
  return `${speakTime(visit.startAt, context)}–${hour}:${minute}`;
}

/** "12月31日", "2027年3月31日": a day without an hour; the year is named where it is another one. */
export function speakDay(at: number, { locale, timeZone, now }: TimeContext): string {
  const { year, month, day } = wallParts(at, timeZone);
  const isThisYear = year === wallParts(now, timeZone).year;
  if (locale === 'zh') return `${isThisYear ? '' : `${year}年`}${month}月${day}日`;
  return `${month}/${day}${isThisYear ? '' : `/${year}`}`;
}
