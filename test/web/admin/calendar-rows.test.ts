import {
  CALENDARS_PATH,
  calendarOptions,
  calendarRows,
  periodsIn,
  setOwnDay,
} from '../../../src/web/admin/state/calendar-rows';

const text = `# Kept.
calendars:
  - id: always
    week: { every-day: ["00:00-24:00"] } # all day
  - id: office
    name: { zh: 办公时间, en: Office hours }
    week: { workdays: ["08:30-12:00"] }
    days: {}
`;
const rowsOf = (of: string) => calendarRows({ [CALENDARS_PATH]: of });

describe('calendars', () => {
  it('are chosen by their names with the id beside it; one without a name by its id', () => {
    expect(calendarOptions(rowsOf(text), 'zh')).toEqual([
      { value: 'always', label: 'always' },
      { value: 'office', label: '办公时间 · office' },
    ]);
    expect(calendarOptions(rowsOf(text), 'en')[1]?.label).toBe('Office hours · office');
    expect(rowsOf('calendars: 1')).toEqual([]);
  });

  it('get a day of their own, and go by the rule again, with everything else as it was', () => {
    const day = { calendar: 'office', date: '2026-12-31' };
    const closed = setOwnDay(text, rowsOf(text), { ...day, periods: [] });
    expect(rowsOf(closed)[1]?.days).toEqual({ '2026-12-31': [] });
    expect(closed).toContain('# Kept.');
    const open = setOwnDay(closed, rowsOf(closed), { ...day, periods: ['09:00-10:00'] });
    expect(rowsOf(open)[1]?.days).toEqual({ '2026-12-31': ['09:00-10:00'] });
    const two = setOwnDay(open, rowsOf(open), { ...day, date: '2027-01-04', periods: [] });
    const one = setOwnDay(two, rowsOf(two), { ...day, periods: null });
    expect(rowsOf(one)[1]?.days).toEqual({ '2027-01-04': [] });
    const none = setOwnDay(one, rowsOf(one), { ...day, date: '2027-01-04', periods: null });
    expect(rowsOf(none)[1]?.days).toEqual({});
    expect(setOwnDay(text, rowsOf(text), { ...day, periods: null })).toBe(text);
    const first = setOwnDay(text, rowsOf(text), { ...day, calendar: 'always', periods: [] });
    expect(rowsOf(first)[0]?.days).toEqual({ '2026-12-31': [] });
    expect(first).toContain('# all day');
  });

  it.each([
    ['08:30-12:00', ['08:30-12:00']],
    ['13:30-17:30，8:30–12:00', ['08:30-12:00', '13:30-17:30']],
    ['8：30到12：00 20:00至24:00', ['08:30-12:00', '20:00-24:00']],
    ['', null],
    ['上午', null],
    ['12:00-08:30', null],
    ['08:30-12:00, 11:00-13:00', null],
    ['08:30-25:00', null],
  ])('take periods as people type them: %s', (typed, periods) => {
    expect(periodsIn(typed)).toEqual(periods);
  });
});
