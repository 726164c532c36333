import { Culture, recognizeDateTime } from '@microsoft/recognizers-text-suite';
import { z } from 'zod';
import type { Locale } from '../../contract/activity';
import type { Entity } from '../../contract/understanding';
import { zoneOf } from '../../zone';

/** Milliseconds since 1970 UTC; an open end is null. */
export interface TimeValue {
  startAt: number;
  endAt: number | null;
}

/** The recognizer costs milliseconds: it is asked only when something sounds like a time. */
const CUE =
  /\d\s*(?:点|时|号|日|月|:|am\b|pm\b|o'clock)|[一二两三四五六七八九十]点|[今明后昨前]天|[今明昨]晚|今早|明早|上午|下午|中午|晚上|早上|凌晨|周[一二三四五六日天末]|下班|下个?月|月底|[天时周月年](?:以|之)?后|星期|礼拜|today|tomorrow|yesterday|tonight|morning|afternoon|evening|monday|tuesday|wednesday|thursday|friday|saturday|sunday|noon|next week/i;

const DAY_MS = 24 * 3600 * 1000;

const valueSchema = z.object({
  type: z.string(),
  value: z.string().optional(),
  start: z.string().optional(),
  end: z.string().optional(),
});
const resolutionSchema = z.object({ values: z.array(valueSchema) });

/** `2026-11-25 16:00:00` of the zone as a moment; bare times belong to the day of `now`. */
function momentOf(text: string, now: number, timeZone: string): number | null {
  const match = /^(?:(\d{4})-(\d{2})-(\d{2}))?(?:\s*(?:T)?(\d{2}):(\d{2}):(\d{2}))?$/.exec(text);
  if (!match) return null;
  const local = new Date(now + zoneOf(timeZone).offsetAt(now));
  const [, year, month, day, hour, minute] = match;
  const wall = Date.UTC(
    Number(year ?? local.getUTCFullYear()),
    month ? Number(month) - 1 : local.getUTCMonth(),
    Number(day ?? local.getUTCDate()),
    Number(hour ?? 0),
    Number(minute ?? 0),
  );
  return Number.isNaN(wall) ? null : zoneOf(timeZone).momentOf(wall);
}

function readValue(found: z.infer<typeof valueSchema>, now: number, timeZone: string): TimeValue | null {
  const moment = (text: string | undefined) => (text ? momentOf(text, now, timeZone) : null);
  const single = moment(found.value);
  if (single !== null) return { startAt: single, endAt: found.type === 'date' ? single + DAY_MS : null };
  const startAt = moment(found.start);
  const endAt = moment(found.end);
  if (startAt === null && endAt === null) return null;
  return { startAt: startAt ?? now, endAt };
}

const HOUR_MS = 3600 * 1000;
/** When people are home from work and may still be visited. */
const AFTER_WORK = { fromMs: 18 * HOUR_MS, toMs: 21 * HOUR_MS };

/** The start of the day of a moment, in the zone. */
const dayOf = (at: number, timeZone: string): number => {
  const wall = at + zoneOf(timeZone).offsetAt(at);
  return at - (wall % DAY_MS);
};

/** "下班以后" is an evening: of the day named before it, else of the next evening that is not over. */
function withAfterWork(text: string, times: Entity[], now: number, timeZone: string): Entity[] {
  const match = /下班(?:以后|之后|后)?/u.exec(text);
  if (!match) return times;
  const end = match.index + match[0].length;
  const day = times.find((time) => time.end === match.index);
  // Every value of `times` is made by readValue.
  const named = day ? (day.value as TimeValue).startAt : dayOf(now, timeZone);
  const isOver = !day && now >= named + AFTER_WORK.toMs;
  const from = named + (isOver ? DAY_MS : 0);
  const value: TimeValue = { startAt: from + AFTER_WORK.fromMs, endAt: from + AFTER_WORK.toMs };
  const start = day?.start ?? match.index;
  const others = times.filter((time) => time.end <= start || time.start >= end);
  return [...others, { type: 'datetime', text: text.slice(start, end), start, end, value }];
}

/** Of several readings ("四点" is morning or afternoon) the first that lies ahead, since visits do; else the first. */
export function findTimes(text: string, locale: Locale, now: number, timeZone: string): Entity[] {
  if (!CUE.test(text)) return [];
  return withAfterWork(text, recognizeTimes(text, locale, now, timeZone), now, timeZone);
}

function recognizeTimes(text: string, locale: Locale, now: number, timeZone: string): Entity[] {
  const culture = locale === 'en' ? Culture.English : Culture.Chinese;
  // The library reads the wall clock of the date that it is given, in the zone of the process.
  const wall = new Date(now + zoneOf(timeZone).offsetAt(now));
  const reference = new Date(
    wall.getUTCFullYear(),
    wall.getUTCMonth(),
    wall.getUTCDate(),
    wall.getUTCHours(),
    wall.getUTCMinutes(),
  );
  return recognizeDateTime(text, culture, undefined, reference).flatMap((model): Entity[] => {
    const resolution = resolutionSchema.safeParse(model.resolution);
    if (!resolution.success) return [];
    const values = resolution.data.values.flatMap((found) => readValue(found, now, timeZone) ?? []);
    const value = values.find(({ startAt, endAt }) => (endAt ?? startAt) >= now) ?? values[0];
    if (!value) return [];
    const { start } = model;
    // "一点信号都没有": a bit, not one o'clock.
    if (/^一点儿?$/.test(text.slice(start, model.end + 1))) return [];
    return [{ type: 'datetime', text: text.slice(start, model.end + 1), start, end: model.end + 1, value }];
  });
}
