import { Liquid, type Template } from 'liquidjs';
import type { Locale } from '../contract/activity';
import type { LocalizedText } from './schema';

/** Templates see own properties only, and no file of ours: every tag that loads another template is off. */
const engine = new Liquid({
  ownPropertyOnly: true,
  strictFilters: true,
  templates: {},
  memoryLimit: 1e6,
  renderLimit: 500,
});
const parsed = new Map<string, Template[]>();

export interface TextContext {
  locale: Locale;
  timeZone: string;
  now: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function partsOf(at: number, timeZone: string): Record<string, string> {
  const known = formatters.get(timeZone);
  const formatter =
    known ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    });
  formatters.set(timeZone, formatter);
  return Object.fromEntries(formatter.formatToParts(at).map(({ type, value }) => [type, value]));
}

const DAY_MS = 24 * 3600 * 1000;

/** "今天 18:40", "明天 09:00", "11月28日 09:00": a moment as a promise names it. */
export function speakTime(at: number, { locale, timeZone, now }: TextContext): string {
  const { year, month, day, hour, minute } = partsOf(at, timeZone);
  const isDayOf = (moment: number) => {
    const other = partsOf(moment, timeZone);
    return other.year === year && other.month === month && other.day === day;
  };
  const clock = `${hour}:${minute}`;
  if (isDayOf(now)) return locale === 'zh' ? `今天 ${clock}` : `today ${clock}`;
  if (isDayOf(now + DAY_MS)) return locale === 'zh' ? `明天 ${clock}` : `tomorrow ${clock}`;
  return locale === 'zh' ? `${month}月${day}日 ${clock}` : `${month}/${day} ${clock}`;
}

const maskPhone = (value: unknown): string => String(value ?? '').replace(/^(\d{3})\d+(\d{4})$/, '$1****$2');

const contexts = new WeakMap<object, TextContext>();

engine.registerFilter('phone', maskPhone);
engine.registerFilter('clock', function (at: unknown) {
  const context = contexts.get(this.context.environments);
  const { hour, minute } = partsOf(Number(at), context?.timeZone ?? 'UTC');
  return `${hour}:${minute}`;
});
engine.registerFilter('moment', function (at: unknown) {
  const context = contexts.get(this.context.environments);
  return context ? speakTime(Number(at), context) : '';
});

/** Throws with Liquid's message when the text is no template. */
export function parseText(text: string): Template[] {
  const found = parsed.get(text);
  if (found) return found;
  const template = engine.parse(text);
  parsed.set(text, template);
  return template;
}

export function renderText(text: string, variables: Record<string, unknown>, context: TextContext): string {
  const environments = { ...variables };
  contexts.set(environments, context);
  return String(engine.renderSync(parseText(text), environments)).trim();
}

/** The words for a language and a channel. */
export function wordsOf(text: LocalizedText, locale: Locale, channel: string): string {
  const variants: Partial<Record<string, { zh: string; en: string }>> = text.channels ?? {};
  return (variants[channel] ?? text)[locale];
}
