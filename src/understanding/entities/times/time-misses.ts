import { readNumber } from '../numbers/read-number';
import { nearMisses, type Verdict } from '../patterns';
import { isDayOfYear } from './days';

const NUM = '\\d{1,2}|[一二两三四五六七八九十]{1,3}';

/** 29 February is in some year. */
const LEAP_YEAR = 2028;

function judge(groups: Record<string, string | undefined>): Verdict<'datetime'> | null {
  const numberOf = (name: string): number => readNumber(groups[name] ?? '') ?? 0;
  if (groups.weekday || groups.month)
    return groups.month && isDayOfYear(LEAP_YEAR, numberOf('month'), numberOf('day'))
      ? null
      : { reason: 'no-such-day' };
  if (groups.alone) return numberOf('alone') > 31 ? { reason: 'no-such-day' } : null;
  return numberOf('hour') > 24 ? { reason: 'no-such-hour' } : null;
}

/** Days and hours that no calendar and no clock has: 2月30号, 周八, 25点. */
export const findTimeMisses = nearMisses(
  'datetime',
  new RegExp(
    [
      `(?<!\\d)(?<month>${NUM})\\s*月\\s*(?<day>${NUM})\\s*(?:号|日)?`,
      '(?<![一两每])(?:周|星期|礼拜)(?<weekday>[八九十0])(?![次遍台])',
      `(?<![\\d路街道弄村])(?<hour>\\d{2})\\s*点(?!\\d)`,
      `(?<=^\\s*)(?<alone>\\d{2})\\s*[号日](?=\\s*(?:$|[上下早晚中]))`,
    ].join('|'),
    'gu',
  ),
  ({ groups }) => judge(groups ?? {}),
);
