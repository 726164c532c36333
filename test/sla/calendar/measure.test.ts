import type { Measure } from '../../../src/contract/sla';
import { elapsedBetween, momentAfter } from '../../../src/sla/calendar/measure';
import { calendarOf, DAY, HOUR, OFFICE, officeOf, shanghai } from '../build';

const office = { calendar: officeOf(), measure: 'open' as Measure };
const zoned = (timeZone: string, measure: Measure, from = 0, to = 1440) => ({
  calendar: calendarOf({
    timeZone,
    week: Array.from({ length: 7 }, (): [number, number][] => [[from, to]]),
  }),
  measure,
});

describe('a duration on a calendar', () => {
  it('counts the periods of a day and leaves the lunch out', () => {
    expect(momentAfter(office, shanghai('2026-11-24 11:00'), 2 * HOUR)).toBe(shanghai('2026-11-24 14:30'));
    expect(elapsedBetween(office, shanghai('2026-11-24 11:00'), shanghai('2026-11-24 14:30'))).toBe(2 * HOUR);
  });

  it('goes over a weekend', () => {
    expect(momentAfter(office, shanghai('2026-11-27 17:00'), HOUR)).toBe(shanghai('2026-11-30 09:00'));
  });

  it('leaves national holidays out, and works the days that are worked in exchange', () => {
    // Spring Festival 2026: off from 15 to 23 February; Saturday 14 February and 28 February are worked.
    expect(momentAfter(office, shanghai('2026-02-13 17:00'), HOUR)).toBe(shanghai('2026-02-14 09:00'));
    expect(momentAfter(office, shanghai('2026-02-14 17:00'), HOUR)).toBe(shanghai('2026-02-24 09:00'));
  });

  it('takes days of its own before national ones', () => {
    const days = { '2026-11-24': [], '2026-11-28': OFFICE };
    const own = { ...office, calendar: officeOf({ days }) };
    expect(momentAfter(own, shanghai('2026-11-24 09:00'), HOUR)).toBe(shanghai('2026-11-25 09:30'));
    expect(momentAfter(own, shanghai('2026-11-27 17:00'), HOUR)).toBe(shanghai('2026-11-28 09:00'));
  });

  it('counts working days as dates on which the calendar is open', () => {
    const working = { ...office, measure: 'working-days' as Measure };
    expect(momentAfter(working, shanghai('2026-11-24 10:00'), 5 * DAY)).toBe(shanghai('2026-12-01 10:00'));
    expect(momentAfter(working, shanghai('2026-11-28 10:00'), DAY)).toBe(shanghai('2026-12-01 00:00'));
  });

  it('goes over the end of a year', () => {
    expect(momentAfter(office, shanghai('2025-12-31 17:00'), HOUR)).toBe(shanghai('2026-01-04 09:00'));
    const days = { ...office, measure: 'days' as Measure };
    expect(momentAfter(days, shanghai('2026-12-30 23:30'), 2 * DAY)).toBe(shanghai('2027-01-01 23:30'));
  });

  it('is over at once when it is nothing', () => {
    expect(momentAfter(office, 5, 0)).toBe(5);
    expect(elapsedBetween(office, 10, 5)).toBe(0);
  });

  it('of a calendar that is never open is a mistake that says so', () => {
    const closed = {
      calendar: calendarOf({ id: 'shut', week: Array.from({ length: 7 }, () => []) }),
      measure: 'open' as Measure,
    };
    expect(() => momentAfter(closed, 0, HOUR)).toThrow(/"shut" is closed for years/);
  });
});

describe('where clocks are changed', () => {
  // New York: 8 March 2026 02:00 → 03:00; 1 November 2026 02:00 → 01:00.
  const newYork = (utc: string) => Date.parse(`${utc}:00Z`);

  it('an hour that is skipped is not worked', () => {
    const nights = zoned('America/New_York', 'open', 60, 240);
    expect(elapsedBetween(nights, newYork('2026-03-08T05:00'), newYork('2026-03-08T12:00'))).toBe(2 * HOUR);
  });

  it('an hour that comes twice is worked twice', () => {
    const nights = zoned('America/New_York', 'open', 90, 120);
    expect(elapsedBetween(nights, newYork('2026-11-01T04:00'), newYork('2026-11-01T12:00'))).toBe(HOUR);
  });

  it('a day is a date, however long it is', () => {
    const days = zoned('America/New_York', 'days');
    // Saturday noon → Sunday noon, which is 23 hours later, and 25 in autumn.
    expect(momentAfter(days, newYork('2026-03-07T17:00'), DAY)).toBe(
      newYork('2026-03-07T17:00') + 12 * HOUR + 11.5 * HOUR,
    );
    expect(momentAfter(days, newYork('2026-03-07T05:00'), 2 * DAY)).toBe(newYork('2026-03-09T04:00'));
    expect(momentAfter(days, newYork('2026-10-31T04:00'), 2 * DAY)).toBe(newYork('2026-11-02T05:00'));
  });

  it('dates begin when midnight does not exist', () => {
    // Cairo: Friday 24 April 2026 00:00 → 01:00.
    const days = zoned('Africa/Cairo', 'days');
    const before = Date.parse('2026-04-22T22:00:00Z');
    expect(momentAfter(days, before, DAY)).toBe(Date.parse('2026-04-23T22:00:00Z'));
    expect(momentAfter(days, before, 2 * DAY)).toBe(Date.parse('2026-04-24T21:00:00Z'));
  });
});
