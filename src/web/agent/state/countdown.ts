/** How near a promise is: `late` when it is broken, `soon` within two minutes, or a fifth of what was left. */
export type Urgency = 'calm' | 'soon' | 'late';

const SOON_MS = 2 * 60_000;

export const urgencyOf = (dueAt: number, now: number): Urgency =>
  dueAt <= now ? 'late' : dueAt - now <= SOON_MS ? 'soon' : 'calm';

/** `4:05` within the hour, `3h12` within two days, `5d` beyond; `-` before what is over. */
export function shortSpan(ms: number): string {
  const sign = ms < 0 ? '-' : '';
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const two = (n: number) => String(n).padStart(2, '0');
  if (hours >= 48) return `${sign}${Math.floor(hours / 24)}d`;
  if (hours >= 1) return `${sign}${hours}h${two(minutes % 60)}`;
  return `${sign}${minutes}:${two(seconds % 60)}`;
}
