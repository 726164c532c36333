/** What a `Retry-After` header (seconds, or a date) asks for, in ms, at most `longestMs`; 0 when it says nothing. */
export function pauseOf(header: string | null, now: number, longestMs = Number.MAX_SAFE_INTEGER): number {
  if (header === null) return 0;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, 0), longestMs);
}
