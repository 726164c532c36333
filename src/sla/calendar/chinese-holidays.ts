import { getDayDetail } from 'chinese-days';

export type NationalDay = 'holiday' | 'make-up' | 'ordinary';

const known = new Map<string, NationalDay>();

/**
 * What the State Council of China has made of a date (`2026-02-14`): a holiday, a weekend day that is worked in
 * exchange, or nothing. Of years that are not announced yet nothing is known: a calendar's own `days` can say it.
 * `weekday` is 0 on Monday.
 */
export function nationalDayOf(date: string, weekday: number): NationalDay {
  const cached = known.get(date);
  if (cached) return cached;
  const found = read(date, weekday);
  known.set(date, found);
  return found;
}

function read(date: string, weekday: number): NationalDay {
  const { work, name } = getDayDetail(date);
  // Without an entry of its own the package names the day of the week; with one, the feast in two languages.
  if (!name.includes(',')) return 'ordinary';
  if (!work) return 'holiday';
  return weekday >= 5 ? 'make-up' : 'ordinary';
}
