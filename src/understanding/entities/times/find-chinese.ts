import type { Entity } from '../../../contract/understanding';
import { zoneOf } from '../../../zone';
import { toReadable } from '../../normalize';
import { readNumber } from '../numbers/read-number';
import { type Days, daysAt } from './chinese-days';
import { byDay, clockAt, partAt, type Stretch, withinPart } from './chinese-hours';
import { DAY_MS, HOUR_MS, MINUTE_MS, type TimeValue, type WallNow } from './time-value';

/** What began or was done is past: "20号开始断的", "周一报的修". */
const PAST = /开始|以来|就断|就没|就不|断的|坏的|掉的|报的|打的|来的|修的|办的|充的|交的|装的|说的|到现在/u;
const TO = /\s*(?:到|至|-|–|—|~|～)\s*/uy;
const BETWEEN = /吧?[\s的,，]{0,2}/uy;
/** "下午都行，周六": a part of the day that suits, and then the day. */
const SUITS = /(?:都?(?:行|可以|有空|方便)|吧)吧?[\s,，]{0,2}/uy;
const AFTER = /\s*(?:之后|以后|后(?!天|面)|往后|起)/uy;
const BEFORE = /\s*(?:之前|以前|前(?!天|面|几)|为止)/uy;
const LATER = /(?:(\d{1,3}|[一二两三四五六七八九十]{1,3}|半)\s*个?(半)?\s*(小时|钟头|分钟))(?:之|以)?后/uy;

const isAt = (pattern: RegExp, text: string, at: number): number | null => {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match ? at + match[0].length : null;
};

/** A time on the wall clock, and where its words end. */
interface Read {
  startAt: number;
  endAt: number | null;
  minute: number | null;
  end: number;
}

/** "半小时后", "两个半小时以后". */
function laterAt(text: string, at: number, { now }: WallNow): Read | null {
  LATER.lastIndex = at;
  const match = LATER.exec(text);
  if (!match) return null;
  const [words, number, half, unit] = match;
  const count = (number === '半' ? 0.5 : (readNumber(number ?? '') ?? 0)) + (half ? 0.5 : 0);
  const startAt = now + count * (unit === '分钟' ? MINUTE_MS : HOUR_MS);
  return { startAt, endAt: null, minute: Math.round((startAt % DAY_MS) / MINUTE_MS), end: at + words.length };
}

/** An hour of a day; without a day the next such hour, without a half of the day the one of daylight. */
function hourOf(minute: number, part: Stretch | null, days: Days | null, wall: WallNow): number {
  const read = part ? withinPart(minute, part) : minute;
  const midnight = days?.from ?? wall.today;
  if (part || minute >= 13 * 60) return midnight + read * MINUTE_MS;
  const daylight = midnight + byDay(minute) * MINUTE_MS;
  // "四点" at ten in the evening is no four in the afternoon that is over.
  if (!days && daylight < wall.now && !wall.isPast) {
    const later = [minute, minute + 12 * 60, minute + 24 * 60].map((each) => midnight + each * MINUTE_MS);
    return later.find((each) => each >= wall.now) ?? daylight;
  }
  return daylight;
}

/** The day of a part that is over already is tomorrow, unless it was named: "早上" in the afternoon. */
function dayOfPart(days: Days | null, part: Stretch, { now, today, isPast }: WallNow): number {
  if (days) return days.from;
  return !isPast && today + part.to * MINUTE_MS <= now ? today + DAY_MS : today;
}

function clockRead(
  text: string,
  at: number,
  head: { days: Days | null; part: Stretch | null },
  wall: WallNow,
): Read | null {
  const clock = clockAt(text, at, head.days !== null || head.part !== null);
  if (!clock) return null;
  const startAt = hourOf(clock.minute, head.part, head.days, wall);
  const minute = Math.round(((startAt % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS;
  const to = isAt(TO, text, clock.end);
  const secondPart = to === null ? null : partAt(text, to);
  const second = to === null ? null : clockAt(text, secondPart?.end ?? to, true);
  if (second) {
    const midnight = startAt - minute * MINUTE_MS;
    const until = secondPart
      ? withinPart(second.minute, secondPart)
      : second.minute <= minute
        ? second.minute + 12 * 60
        : second.minute;
    return { startAt, endAt: midnight + until * MINUTE_MS, minute, end: second.end };
  }
  return { startAt, endAt: null, minute, end: clock.end };
}

/** "周一到周五晚上": the part counts for the first of the days. */
function partRead(part: Stretch & { end: number }, days: Days | null, wall: WallNow): Read {
  const midnight = dayOfPart(days, part, wall);
  return {
    startAt: midnight + part.from * MINUTE_MS,
    endAt: midnight + part.to * MINUTE_MS,
    minute: part.from,
    end: part.end,
  };
}

/** "之后" leaves the end open, "之前" begins now. */
function bounded(text: string, read: Read, { now }: WallNow): Read {
  const after = isAt(AFTER, text, read.end);
  // "下午以后" begins when the afternoon does; "下班以后" was read as one.
  if (after !== null) return { ...read, endAt: null, end: after };
  const before = isAt(BEFORE, text, read.end);
  if (before === null) return read;
  const endAt = read.minute === null || read.endAt === null ? read.startAt : read.endAt;
  const until = read.minute === null ? (read.endAt ?? read.startAt) : endAt;
  return { startAt: Math.min(now, until), endAt: until, minute: null, end: before };
}

/** The day of a part that was said before it; null when that day has a part or an hour of its own. */
function dayThatSuits(text: string, at: number, wall: WallNow): (Days & { end: number }) | null {
  const from = isAt(SUITS, text, at);
  const days = from === null ? null : daysAt(text, from, wall);
  if (!days) return null;
  const next = isAt(BETWEEN, text, days.end) ?? days.end;
  return partAt(text, next) || clockAt(text, next, true) ? null : days;
}

function timeAt(text: string, at: number, wall: WallNow): Read | null {
  const later = laterAt(text, at, wall);
  if (later) return later;
  const days = daysAt(text, at, wall);
  const gap = days ? (isAt(BETWEEN, text, days.end) ?? days.end) : at;
  const part = partAt(text, gap);
  // "等了一下午": how long, not when.
  if (!days && part && /[一整]个?$/u.test(text.slice(0, at))) return null;
  const clock = clockRead(text, part?.end ?? gap, { days, part }, wall);
  if (clock) return bounded(text, clock, wall);
  if (part) {
    const suiting = days ? null : dayThatSuits(text, part.end, wall);
    const end = suiting?.end ?? part.end;
    return bounded(text, partRead({ ...part, end }, days ?? suiting, wall), wall);
  }
  return days
    ? bounded(text, { startAt: days.from, endAt: days.to, minute: null, end: days.end }, wall)
    : null;
}

/** "除了周三" rules a time out. */
const isExcluded = (text: string, at: number): boolean =>
  /(?:除了?|除开|不要|别在?|不能)\s*$/u.test(text.slice(0, at));

/**
 * Times as they are said in Chinese: a day, a part of it, an hour, or a stretch ("周六下午三点到五点", "下班以后", "28号上午",
 * "三天后"). What lies ahead is meant unless something past is told. Offsets are those of the text.
 */
export function findChineseTimes(raw: string, now: number, timeZone: string): Entity[] {
  const text = toReadable(raw);
  const zone = zoneOf(timeZone);
  const wallNow = now + zone.offsetAt(now);
  const wall: WallNow = { now: wallNow, today: wallNow - (wallNow % DAY_MS), isPast: PAST.test(text) };
  const found: Entity[] = [];
  for (let at = 0; at < text.length; ) {
    const read = timeAt(text, at, wall);
    if (!read) {
      at += 1;
      continue;
    }
    const { startAt, endAt, minute, end } = read;
    const value: TimeValue = {
      startAt: zone.momentOf(startAt),
      endAt: endAt === null ? null : zone.momentOf(endAt),
      minute,
    };
    if (!isExcluded(text, at))
      found.push({ type: 'datetime', text: raw.slice(at, end), start: at, end, value });
    at = end;
  }
  return found;
}
