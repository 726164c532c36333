import { zoneOf } from '../../../zone';

/** A moment as a field of date and time shows it, on the operator's clock. */
export const wallClockOf = (at: number, timeZone: string): string =>
  new Date(at + zoneOf(timeZone).offsetAt(at)).toISOString().slice(0, 16);

/** The moment at which the operator's clock shows what the field says; null while it is empty. */
export function momentOf(field: string, timeZone: string): number | null {
  const wall = Date.parse(`${field}Z`);
  return Number.isNaN(wall) ? null : zoneOf(timeZone).momentOf(wall);
}
