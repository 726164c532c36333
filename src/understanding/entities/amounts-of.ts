import { readNumber } from './numbers/read-number';
import { byPattern } from './patterns';

const NUMBER = '\\d{1,4}(?:\\.\\d)?|半|几|[一二两三四五六七八九十百]{1,4}';

/** Minutes of each unit; a month has 30 days. */
const MINUTES: [RegExp, number][] = [
  [/分钟?|minutes?|mins?/i, 1],
  [/小时|钟头|hours?|hrs?/i, 60],
  [/天|日|晚上?|days?|nights?/i, 24 * 60],
  [/周|星期|礼拜|weeks?/i, 7 * 24 * 60],
  [/月|months?/i, 30 * 24 * 60],
  [/年|years?/i, 365 * 24 * 60],
];

const ENGLISH_NUMBERS = 'one two three four five six seven eight nine ten'.split(' ');

/** A number in digits, Chinese or an English word; "半" is a half; null for "几". */
function readCount(text: string): number | null {
  if (text === '半') return 0.5;
  const english = ENGLISH_NUMBERS.indexOf(text.toLowerCase());
  if (english >= 0) return english + 1;
  return /^an?$/i.test(text) ? 1 : readNumber(text);
}

/** "三四天" is at least three, "十几次" more than ten: the lowest counts. */
const lowestOf = (text: string): string =>
  text.replace(/^([一二两三四五六七八九])[一二三四五六七八九]$/u, '$1').replace(/[几多]$/u, '');

/** How long something has lasted, in minutes: "断了三天", "半个小时", "for two hours". Not "三天后", which is a time, nor "三天内", a limit. */
export const findDurations = byPattern(
  'duration',
  new RegExp(
    `(?<![\\d.第]|[元块]\\s*)(${NUMBER}|十几|好几|个把)\\s*(?:多)?个?(半|多)?\\s*(分钟|小时|钟头|天|周|星期|礼拜|(?<=个[多半]?\\s*)月|年)(半)?(?!后|以后|之后|内|以内|之内|前|[一二三四五六日末])|\\b(\\d{1,3}|an?|${ENGLISH_NUMBERS.join('|')})\\s+(minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)\\b(?!\\s+ago)`,
    'giu',
  ),
  ([, number, half, unit, halfAfter, englishNumber, englishUnit]) => {
    const count = /^(?:好几|个把)$/u.test(number ?? '')
      ? 1
      : readCount(lowestOf(number ?? englishNumber ?? ''));
    const minutes = MINUTES.find(([pattern]) => pattern.test(unit ?? englishUnit ?? ''))?.[1];
    if (count === null || minutes === undefined) return undefined;
    return { minutes: (count + (half === '半' || halfAfter ? 0.5 : 0)) * minutes };
  },
);

/** How often or how many: "打了三次", "两台电视", "3 times"; of "四五遍" and "十几次" the lowest. The unit is as it was said. */
export const findCounts = byPattern(
  'count',
  new RegExp(
    `(?<![\\d.第])(\\d{1,3}|十几|[一二两三四五六七八九十]{1,3})\\s*(次|回|遍|趟|台|部|张|条|个人|口人|户|家人|个(?=房间|电视|人|手机|路由器|卧室|插座|设备))(?!线)|\\b(\\d{1,3}|${ENGLISH_NUMBERS.join('|')})\\s+(times|people|devices|phones|computers|tvs)\\b|\\b(once|twice)\\b`,
    'giu',
  ),
  ([, number, unit, englishNumber, englishUnit, adverb]) => {
    if (adverb) return { count: /^once$/i.test(adverb) ? 1 : 2, unit: 'times' };
    const count = readCount(lowestOf(number ?? englishNumber ?? ''));
    return count === null || !Number.isInteger(count) ? undefined : { count, unit: unit ?? englishUnit };
  },
);
