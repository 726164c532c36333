import { Culture, recognizeDateTime } from '@microsoft/recognizers-text-suite';
import { z } from 'zod';
import type { Entity } from '../../../contract/understanding';
import { zoneOf } from '../../../zone';
import { DAY_MS, MINUTE_MS, type TimeValue } from './time-value';

/** The recognizer costs milliseconds: it is asked only when something sounds like a time. */
const CUE =
  /\d\s*(?::\d\d|am\b|pm\b|o'clock)|\b(?:today|tomorrow|yesterday|tonight|mornings?|afternoons?|evenings?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b|noon|weekend|next (?:week|month)|ago|january|february|march|april|june|july|august|september|october|november|december|after work)/i;

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

/** Minutes after midnight; null for whole days. */
const minuteOf = (startAt: number, timeZone: string): number =>
  ((startAt + zoneOf(timeZone).offsetAt(startAt)) % DAY_MS) / MINUTE_MS;

function readValue(found: z.infer<typeof valueSchema>, now: number, timeZone: string): TimeValue | null {
  const moment = (text: string | undefined) => (text ? momentOf(text, now, timeZone) : null);
  const isWhole = found.type === 'date' || found.type === 'daterange';
  const minute = (at: number) => (isWhole ? null : minuteOf(at, timeZone));
  const single = moment(found.value);
  if (single !== null)
    return { startAt: single, endAt: found.type === 'date' ? single + DAY_MS : null, minute: minute(single) };
  const startAt = moment(found.start);
  const endAt = moment(found.end);
  if (startAt === null && endAt === null) return null;
  return { startAt: startAt ?? now, endAt, minute: startAt === null ? null : minute(startAt) };
}

/** Of several readings ("four" is morning or afternoon) the first that lies ahead, since visits do; else the first. */
export function findEnglishTimes(text: string, now: number, timeZone: string): Entity[] {
  if (!CUE.test(text)) return [];
  // The library reads the wall clock of the date that it is given, in the zone of the process.
  const wall = new Date(now + zoneOf(timeZone).offsetAt(now));
  const reference = new Date(
    wall.getUTCFullYear(),
    wall.getUTCMonth(),
    wall.getUTCDate(),
    wall.getUTCHours(),
    wall.getUTCMinutes(),
  );
  return recognizeDateTime(text, Culture.English, undefined, reference).flatMap((model): Entity[] => {
    const resolution = resolutionSchema.safeParse(model.resolution);
    if (!resolution.success) return [];
    const values = resolution.data.values.flatMap((found) => readValue(found, now, timeZone) ?? []);
    const value = values.find(({ startAt, endAt }) => (endAt ?? startAt) >= now) ?? values[0];
    if (!value) return [];
    const { start } = model;
    return [{ type: 'datetime', text: text.slice(start, model.end + 1), start, end: model.end + 1, value }];
  });
}
