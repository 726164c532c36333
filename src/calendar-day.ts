const days = new Map<string, Intl.DateTimeFormat>();

/** The day of a moment (milliseconds since 1970 UTC) on a calendar, as 2026-11-24. */
export function dayOf(now: number, timeZone: string): string {
  const known = days.get(timeZone);
  // Swedish dates are written year first.
  const format = known ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  days.set(timeZone, format);
  return format.format(now);
}
