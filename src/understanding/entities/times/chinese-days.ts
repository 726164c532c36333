import { readNumber } from '../numbers/read-number';
import { isDayOfYear } from './days';
import { DAY_MS, type WallNow } from './time-value';

/** One day or several that follow each other, as midnights of the wall clock; the end is not in it. */
export interface Days {
  from: number;
  to: number;
}

const NUM = '\\d{1,2}|[一二两三四五六七八九十]{1,3}';
const WEEK = '(?:周|星期|礼拜)';
const WEEKDAYS = '一二三四五六日';

const one = (from: number): Days => ({ from, to: from + DAY_MS });
const inDays = (count: number, { today }: WallNow): Days => one(today + count * DAY_MS);
const numberOf = (text: string | undefined): number => readNumber(text ?? '') ?? Number.NaN;

/** Monday is 0. */
const weekdayOf = (midnight: number): number => (new Date(midnight).getUTCDay() + 6) % 7;
const mondayOf = (midnight: number): number => midnight - weekdayOf(midnight) * DAY_MS;

const indexOfWeekday = (text: string): number =>
  /[天日7]/.test(text) ? 6 : Math.max(WEEKDAYS.indexOf(text), Number(text) - 1 || 0);

/** Weeks from this one: "下下周" is 2, "这周" 0; null where none is named. */
function weeksOf(word: string | undefined): number | null {
  if (!word) return null;
  if (/[这本]/u.test(word)) return 0;
  const count = (word.match(/[上下]/gu) ?? []).length;
  return word.startsWith('上') ? -count : count;
}

/** "周六" is the next one, today included, unless something past is told. */
function weekday(week: string | undefined, day: string, wall: WallNow): Days {
  const weeks = weeksOf(week);
  const index = indexOfWeekday(day);
  if (weeks !== null) return one(mondayOf(wall.today) + (weeks * 7 + index) * DAY_MS);
  const ahead = (index - weekdayOf(wall.today) + 7) % 7;
  return inDays(wall.isPast && ahead > 0 ? ahead - 7 : ahead, wall);
}

function weekend(week: string | undefined, wall: WallNow): Days {
  const from = mondayOf(wall.today) + ((weeksOf(week) ?? 0) * 7 + 5) * DAY_MS;
  return { from, to: from + 2 * DAY_MS };
}

const midnightOf = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day);

/** The day of the nearest year: "1月5号" in November is ahead, "11月20号" a few days ago. */
function dayOfMonth(month: number, day: number, { today, isPast }: WallNow): Days | null {
  const year = new Date(today).getUTCFullYear();
  const years = [year - 1, year, year + 1].filter((each) => isDayOfYear(each, month, day));
  const found = years.map((each) => midnightOf(each, month, day)).filter((at) => !isPast || at <= today);
  const nearest = found.sort((a, b) => Math.abs(a - today) - Math.abs(b - today))[0];
  return nearest === undefined ? null : one(nearest);
}

/** "28号" of this month or the next (of the last, when something past is told). */
function dayAlone(day: number, wall: WallNow, monthsAhead: number | null = null): Days | null {
  const now = new Date(wall.today);
  const step = wall.isPast ? -1 : 1;
  const months = monthsAhead === null ? [0, step, 2 * step] : [monthsAhead];
  for (const each of months) {
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + each, 1));
    const [year, month] = [first.getUTCFullYear(), first.getUTCMonth() + 1];
    const at = midnightOf(year, month, day);
    const isRight = monthsAhead !== null || (wall.isPast ? at <= wall.today : at >= wall.today);
    if (isDayOfYear(year, month, day) && isRight) return one(at);
  }
  return null;
}

/** A part of a month, by its days; the end of February is the end of February. */
function partOfMonth(which: string, monthsAhead: number, { today }: WallNow): Days {
  const now = new Date(today);
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth() + monthsAhead];
  const last = Date.UTC(year, month + 1, 1);
  const at = (day: number): number => Date.UTC(year, month, day);
  if (which === '初') return { from: at(1), to: at(6) };
  return which === '中' ? { from: at(13), to: at(18) } : { from: last - 4 * DAY_MS, to: last };
}

const monthsOf = (word: string | undefined): number =>
  word?.startsWith('下') ? 1 : word?.startsWith('上') ? -1 : 0;

const RELATIVE: Record<string, number> = {
  大前: -3,
  前: -2,
  昨: -1,
  寻: -1,
  琴: -1,
  今: 0,
  明: 1,
  听: 1,
  后: 2,
  大后: 3,
};

type Reader = [RegExp, (groups: (string | undefined)[], wall: WallNow) => Days | null];
const reader = (source: string, read: Reader[1]): Reader => [new RegExp(source, 'yu'), read];

/** "三天后", "两周以后", "这周六", "周一到周五", "12月3日", "28号", "月底"; also Cantonese 听日 and 琴日. */
export const DAY_READERS: Reader[] = [
  reader(`(大前|前|昨|今|明|后|大后)(?:天|日|儿个?)|(寻|琴|今|听)日`, ([a, b], wall) =>
    inDays(RELATIVE[a ?? b ?? ''] ?? 0, wall),
  ),
  // 今晚, 明早, 昨夜: the part of the day stays to be read.
  reader('(昨|今|明|听|琴)(?=晚|早|夜|朝)', ([a], wall) => inDays(RELATIVE[a ?? ''] ?? 0, wall)),
  reader(`(${NUM}|\\d{3})\\s*天(?:之|以)?后`, ([count], wall) => inDays(numberOf(count), wall)),
  reader(`(${NUM})\\s*个?${WEEK}(?:之|以)?后`, ([count], wall) => inDays(7 * numberOf(count), wall)),
  reader(`${WEEK}([一二三四五六日天])(?:到|至|-|~)(?:${WEEK})?([一二三四五六日天])`, ([from, to], wall) => {
    const first = weekday(undefined, from ?? '', wall).from;
    const length = (indexOfWeekday(to ?? '') - indexOfWeekday(from ?? '') + 7) % 7;
    return { from: first, to: first + (length + 1) * DAY_MS };
  }),
  reader(`(上{1,2}|下{1,2}|这|本)?个?(?:${WEEK}末|双休日)`, ([week], wall) => weekend(week, wall)),
  reader(`(上{1,2}|下{1,2}|这|本)?个?${WEEK}([一二三四五六日天1-7])(?!\\d)`, ([week, day], wall) =>
    weekday(week, day ?? '', wall),
  ),
  reader(`(上{1,2}|下{1,2}|这|本)个?${WEEK}`, ([week], wall) => {
    const from = mondayOf(wall.today) + (weeksOf(week) ?? 0) * 7 * DAY_MS;
    return { from, to: from + 7 * DAY_MS };
  }),
  reader(`工作日`, (_, wall) => {
    const ahead = weekdayOf(wall.today);
    return inDays(ahead > 4 ? 7 - ahead : 0, wall);
  }),
  reader(
    `(?:(\\d{4}|今|明|去)年)?(?<!\\d)(${NUM})\\s*月\\s*(${NUM})(?:号|日|(?![\\d个]))`,
    ([year, month, day], wall) => {
      const [m, d] = [numberOf(month), numberOf(day)];
      if (year === undefined) return dayOfMonth(m, d, wall);
      const y =
        YEARS[year] === undefined ? Number(year) : new Date(wall.today).getUTCFullYear() + YEARS[year];
      return isDayOfYear(y, m, d) ? one(midnightOf(y, m, d)) : null;
    },
  ),
  reader(`(?<![\\d.])(\\d{1,2})/(\\d{1,2})(?![\\d/]|兆|M)`, ([month, day], wall) =>
    dayOfMonth(Number(month), Number(day), wall),
  ),
  reader(`(本|这个|下个?|上个?)月(?:的)?(${NUM})(?:号|日)`, ([word, day], wall) =>
    dayAlone(numberOf(day), wall, monthsOf(word)),
  ),
  reader(`(本|这个|下个?|上个?)?月(底|末|初|中)(?!断)`, ([word, which], wall) =>
    partOfMonth(which ?? '', monthsOf(word), wall),
  ),
  reader(`(下|上)个?月(?![号\\d])`, ([word], { today }) => {
    const now = new Date(today);
    const at = (months: number) => Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1);
    const ahead = monthsOf(word);
    return { from: at(ahead), to: at(ahead + 1) };
  }),
  reader(`(?:元旦)`, (_, wall) => dayOfMonth(1, 1, wall)),
  reader(`(?:五一|劳动节)(?!\\d)`, (_, wall) => dayOfMonth(5, 1, wall)),
  reader(`(?:国庆节?|十一(?=放假|假期|期间))`, (_, wall) => dayOfMonth(10, 1, wall)),
  // "3号楼", "5号线" and "18号3栋" are none; a house number is left to the addresses.
  reader(
    `(?<![\\d月路街道弄巷村楼栋元室])(${NUM})\\s*(?:号|日)(?!楼|院|线|卡|码|店|门|附|之|[\\dA-Za-z]*(?:栋|幢|座|单元|室))`,
    ([day], wall) => dayAlone(numberOf(day), wall),
  ),
];
const YEARS: Record<string, number> = { 今: 0, 明: 1, 去: -1 };

/** The days that are named at a place of the text, and where their name ends; null when there are none. */
export function daysAt(text: string, at: number, wall: WallNow): (Days & { end: number }) | null {
  for (const [pattern, read] of DAY_READERS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const days = match ? read(match.slice(1), wall) : null;
    if (match && days && Number.isFinite(days.from)) return { ...days, end: at + match[0].length };
  }
  return null;
}
