/** A time zone, with its formatter kept: making one costs more than a thousand uses. Moments are ms since 1970 UTC. */
export interface Zone {
  /** Milliseconds by which the wall clock is ahead of UTC at a moment. */
  offsetAt(at: number): number;
  /** The moment at which the wall clock (as if it were UTC) shows this, also on days when clocks are changed. */
  momentOf(wall: number): number;
}

const zones = new Map<string, Zone>();

/** The zone of an IANA name; throws a RangeError for an unknown one. */
export function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known) return known;
  const made = createZone(timeZone);
  zones.set(timeZone, made);
  return made;
}

/** Clocks are changed at whole quarters of an hour, in every zone of our days. */
const QUARTER_MS = 15 * 60_000;
const KNOWN_LIMIT = 2000;

function createZone(timeZone: string): Zone {
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const readOffset = (at: number): number => {
    const parts = Object.fromEntries(
      formatter.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / 60_000) * 60_000;
  };
  const known = new Map<number, number>();
  const offsetAt = (at: number): number => {
    const quarter = Math.floor(at / QUARTER_MS);
    const found = known.get(quarter);
    if (found !== undefined) return found;
    if (known.size >= KNOWN_LIMIT) known.clear();
    const offset = readOffset(at);
    known.set(quarter, offset);
    return offset;
  };
  return { offsetAt, momentOf: (wall) => wall - offsetAt(wall - offsetAt(wall)) };
}
