import type { Locale } from '../contract/activity';
import type { AppliedPolicy, Measure, PauseReason } from '../contract/sla';
import { zoneOf } from '../zone';

/** What an explanation of a deadline is put in: words that an agent can read out. */
export type Spoken = Record<Locale, string>;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3600_000;

/** `2026-11-24 10:00` by the wall clock. */
export const timeWords = (at: number, timeZone: string): string =>
  new Date(at + zoneOf(timeZone).offsetAt(at)).toISOString().slice(0, 16).replace('T', ' ');

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** A duration as its measure counts it: hours and minutes, or days. */
export function durationWords(ms: number, measure: Measure): Spoken {
  if (measure === 'days' || measure === 'working-days') {
    const days = rounded(ms / DAY_MS);
    const isWorking = measure === 'working-days';
    const unit = `${isWorking ? 'working ' : ''}day${days === 1 ? '' : 's'}`;
    return { zh: `${days} 个${isWorking ? '工作日' : '自然日'}`, en: `${days} ${unit}` };
  }
  const minutes = Math.round(ms / MINUTE_MS);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return ms < MINUTE_MS ? seconds(ms) : { zh: `${rest} 分钟`, en: `${rest} min` };
  const more = rest === 0 ? { zh: '', en: '' } : { zh: ` ${rest} 分`, en: ` ${rest} min` };
  return { zh: `${hours} 小时${more.zh}`, en: `${hours} h${more.en}` };
}

function seconds(ms: number): Spoken {
  const count = Math.round(ms / 1000);
  return { zh: `${count} 秒`, en: `${count} s` };
}

export const reasonWords: Record<PauseReason, Spoken> = {
  'customer-unreachable': { zh: '联系不上客户', en: 'the customer could not be reached' },
  'customer-postponed': { zh: '客户要求改期', en: 'the customer asked for another time' },
  'customer-documents': {
    zh: '证件没带或和登记的不符',
    en: 'the document was missing or does not match',
  },
  'third-party': { zh: '等第三方处理', en: 'waiting for a third party' },
  weather: { zh: '恶劣天气', en: 'the weather' },
  parts: { zh: '等备件', en: 'waiting for parts' },
};

export const clockWords: Record<AppliedPolicy['clock'], Spoken> = {
  internal: { zh: '内部目标', en: 'internal target' },
  promise: { zh: '对客户的承诺', en: 'promise to the customer' },
  legal: { zh: '法定时限', en: 'legal limit' },
};

/** "4 小时" and how it is counted. */
export function targetWords({ measure, targetMs, calendar }: AppliedPolicy): Spoken {
  const long = durationWords(targetMs, measure);
  if (measure !== 'open') return long;
  return {
    zh: `${long.zh}（按日历“${calendar.id}”）`,
    en: `${long.en} (by the calendar "${calendar.id}")`,
  };
}
