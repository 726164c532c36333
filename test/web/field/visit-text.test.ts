import { nextHour, readVisit } from '../../../src/web/field/visit-text';

const zone = 'Asia/Shanghai';

describe('a visit as it is typed', () => {
  it('is read in the zone of the operator', () => {
    expect(readVisit({ day: '2026-11-24', from: '15:00', to: '16:30' }, zone)).toEqual({
      startAt: Date.UTC(2026, 10, 24, 7),
      endAt: Date.UTC(2026, 10, 24, 8, 30),
    });
  });

  it.each([
    ['', '', ''],
    ['2026-11-24', '', '16:00'],
    ['', '15:00', '16:00'],
    ['24/11', '15:00', '16:00'],
    ['2026-13-45', '15:00', '16:00'],
  ])('is none of "%s" "%s" "%s"', (day, from, to) => expect(readVisit({ day, from, to }, zone)).toBeNull());

  it('begins as the next full hour, also over midnight', () => {
    expect(nextHour(Date.UTC(2026, 10, 24, 15, 20), zone)).toEqual({
      day: '2026-11-25',
      from: '00:00',
      to: '01:00',
    });
    expect(nextHour(Date.UTC(2026, 10, 24, 6), zone)).toEqual({
      day: '2026-11-24',
      from: '14:00',
      to: '15:00',
    });
  });
});
