import { readNumber } from '../numbers/read-number';

/** A stretch of a day in minutes after midnight. */
export interface Stretch {
  from: number;
  to: number;
}

const hours = (from: number, to: number): Stretch => ({ from: from * 60, to: to * 60 });

/** When people say so; after work they are home and may still be visited. */
const PARTS: [RegExp, Stretch][] = [
  [/凌晨|半夜|后半夜/uy, hours(0, 6)],
  [
    /(?:大?清早|一大早|一早|早上|早晨|清晨|朝早|朝头早|早)(?!餐|饭|点|就|期|知|安|好|一天|一点|一些|些|出|上)/uy,
    hours(8, 12),
  ],
  [/(?:上午|上昼)(?!好)/uy, hours(8, 12)],
  [/(?:中午|晌午|午休(?:时间|的时候)?|午间)(?!好)/uy, hours(12, 14)],
  [/(?:午饭|午餐)(?:之|以)?后/uy, hours(13, 15)],
  [/(?:下午|下昼|晏昼|后半天|下半天)(?!好)/uy, hours(12, 18)],
  [/(?:傍晚|黄昏)/uy, hours(17, 19)],
  [/(?:晚饭|晚餐)(?:之|以)?后|吃完晚饭/uy, hours(19, 21)],
  // "几点下班" asks for an hour and tells none.
  [
    /(?<!几点钟?|几时|时候|何时|多久|你们|人工|客服|营业厅|师傅|还没)下班(?:之后|以后|后|了)?/uy,
    hours(18, 21),
  ],
  [/(?:放学)(?:之后|以后|后)/uy, hours(17, 20)],
  [/(?:晚上|晚间|夜里|夜晚|晚黑|夜间|(?<!到)晚(?!点|一点|一些|些|餐|饭|了|会|安))(?!好)/uy, hours(18, 22)],
];

/** A part of the day at a place of the text. */
export function partAt(text: string, at: number): (Stretch & { end: number }) | null {
  for (const [pattern, stretch] of PARTS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { ...stretch, end: at + match[0].length };
  }
  return null;
}

const NUM = '\\d{1,2}|[一二两三四五六七八九十]{1,3}';
const CLOCK = new RegExp(
  `(${NUM})\\s*(?:点钟?|时(?!候|间|断|常))(?:(半)|([一三])刻|(${NUM})分?|(?:整|左右)?)|(?<![\\d:.])(\\d{1,2}):([0-5]\\d)(?![\\d:])`,
  'yu',
);
/** "有点卡", "快点", "一点儿": a bit. */
const BIT = /^一点(?!钟|半|[一二三四五六七八九十\d]|左右|多|前|后|之|以|到|来|吧)/u;

/** An hour as it was said: up to 12 it may be either half of the day. */
export interface Clock {
  minute: number;
  end: number;
}

export function clockAt(text: string, at: number, isAfterDay: boolean): Clock | null {
  CLOCK.lastIndex = at;
  const match = CLOCK.exec(text);
  if (!match || (!isAfterDay && BIT.test(text.slice(at)))) return null;
  const [words, hour, half, quarter, minutes, digitalHour, digitalMinutes] = match;
  const h = readNumber(hour ?? digitalHour ?? '');
  const m = half
    ? 30
    : quarter
      ? quarter === '三'
        ? 45
        : 15
      : (readNumber(minutes ?? digitalMinutes ?? '0') ?? 0);
  if (h === null || h > 24 || m > 59) return null;
  return { minute: h * 60 + m, end: at + words.length };
}

const HALF_DAY = 12 * 60;

/** The hour within the part of the day that was named: "晚上八点" is 20:00, "下午十二点" noon. */
export function withinPart(minute: number, part: Stretch | null): number {
  if (!part || minute >= 13 * 60) return minute;
  const isLate = part.from >= HALF_DAY;
  // "晚上十二点" is midnight, "中午十一点半" before noon, "中午一点" after.
  if (minute >= HALF_DAY)
    return part.from >= 18 * 60 ? minute + HALF_DAY : part.from === 0 ? minute - HALF_DAY : minute;
  return isLate && minute < 10 * 60 + (part.from >= 17 * 60 ? 120 : 0) ? minute + HALF_DAY : minute;
}

/** Without a part of the day: visits are made by day, so one to seven (before eight) is the afternoon. */
export const byDay = (minute: number): number =>
  minute >= 60 && minute < 8 * 60 ? minute + HALF_DAY : minute;
