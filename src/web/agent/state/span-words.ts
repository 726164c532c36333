import type { Locale } from '../../../contract/activity';

const units = {
  zh: { s: '秒', m: '分', h: '小时', d: '天' },
  en: { s: ' s', m: ' min', h: ' h', d: ' d' },
} as const;

/** How long something took, in its largest whole unit; below a minute in seconds. */
export function spanWords(ms: number, locale: Locale): string {
  const { s, m, h, d } = units[locale];
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds}${s}`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}${m}`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}${h}`;
  return `${Math.floor(seconds / 86_400)}${d}`;
}
