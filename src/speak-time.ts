import type { Locale } from './contract/activity';
import { zoneOf } from './zone';

/** In whose words and whose time a moment is spoken of. Times are milliseconds since 1970 UTC. */
export interface TimeContext {
  locale: Locale;
  timeZone: string;
  now: number;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Year, month, day, hour and minute of a moment, as the wall clock of the zone shows them. */
export function wallParts(
  at: number,
  timeZone: string,
): Record<'year' | 'month' | 'day' | 'hour' | 'minute', string> {
  const wall = new Date(at + zoneOf(timeZone).offsetAt(at));
  return {
    year: String(wall.getUTCFullYear()),
    month: String(wall.getUTCMonth() + 1),
    day: String(wall.getUTCDate()),
    hour: twoDigits(wall.getUTCHours()),
    minute: twoDigits(wall.getUTCMinutes()),
  };
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3600 * 1000;

/**
 * "今天 18:40", "明天 09:00", "11月28日 09:00": a moment as a promise names it. Midnight is the end of the day before,
 * "12月4日（周五）24:00": who hears "by 12/5 00:00" counts on the whole of that day.
 */
export function speakTime(at: number, context: TimeContext): string {
  const { hour, minute } = wallParts(at, context.timeZone);
  if (hour !== '00' || minute !== '00') return `${speakDate(at, context)} ${hour}:${minute}`;
  const dayBefore = at - MINUTE_MS;
  const day = speakDate(dayBefore, context);
  const isNamed = !/^\d/.test(day);
  if (context.locale === 'en')
    return isNamed ? `${day} 24:00` : `${weekdayOf(dayBefore, context)} ${day} 24:00`;
  return isNamed ? `${day} 24:00` : `${day}（${weekdayOf(dayBefore, context)}）24:00`;
}

/** "今天", "明天", "11月28日". */
function speakDate(at: number, { locale, timeZone, now }: TimeContext): string {
  const { year, month, day } = wallParts(at, timeZone);
  const isDayOf = (moment: number) => {
    const other = wallParts(moment, timeZone);
    return other.year === year && other.month === month && other.day === day;
  };
  if (isDayOf(now)) return locale === 'zh' ? '今天' : 'today';
  if (isDayOf(now + DAY_MS)) return locale === 'zh' ? '明天' : 'tomorrow';
  return locale === 'zh' ? `${month}月${day}日` : `${month}/${day}`;
}

const weekdayOf = (at: number, { locale, timeZone }: TimeContext): string =>
  new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-US', { timeZone, weekday: 'short' }).format(at);

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
