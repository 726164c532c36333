import type { Calendar } from '../../../src/contract/sla';
import { isOpenAt, nextOpening } from '../../../src/sla/calendar/opening';
import { shippedPolicies } from '../../support/policies';

/** In Shanghai, where the wall clock is eight hours ahead. */
const at = (text: string) => Date.parse(`${text}:00+08:00`);
const calendar = (id: string): Calendar => {
  const found = shippedPolicies.calendars.get(id);
  if (!found) throw new Error(`no calendar ${id}`);
  return found;
};

describe('when a calendar is open', () => {
  it.each([
    ['round-the-clock', '2026-11-24T03:00', '2026-11-24T03:00'],
    ['desk-hours', '2026-11-24T08:00', '2026-11-24T08:00'],
    ['desk-hours', '2026-11-24T07:59', '2026-11-24T08:00'],
    ['desk-hours', '2026-11-24T21:00', '2026-11-25T08:00'],
    ['office-hours', '2026-11-24T12:30', '2026-11-24T13:30'],
    // A Friday evening, and a Spring Festival from its eve on.
    ['office-hours', '2026-11-27T18:00', '2026-11-30T08:30'],
    ['office-hours', '2026-02-14T18:00', '2026-02-24T08:30'],
  ])('%s at %s is open from %s on', (id, now, opens) => {
    expect(nextOpening(calendar(id), at(now))).toBe(at(opens));
    expect(isOpenAt(calendar(id), at(now))).toBe(now === opens);
  });

  it('is never for one without periods', () => {
    const never: Calendar = { ...calendar('desk-hours'), week: Array.from({ length: 7 }, () => []) };
    expect(nextOpening(never, at('2026-11-24T10:00'))).toBeNull();
    expect(isOpenAt(never, at('2026-11-24T10:00'))).toBe(false);
  });
});
