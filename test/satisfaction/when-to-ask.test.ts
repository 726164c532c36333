import { csatOf, mayAsk, nextMoment } from '../../src/satisfaction/when-to-ask';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 21:00 to 08:00 by UTC. */
const night = (at: number): number | null => {
  const hour = Math.floor(at / HOUR) % 24;
  const day = Math.floor(at / DAY) * DAY;
  if (hour >= 21) return day + 32 * HOUR;
  return hour < 8 ? day + 8 * HOUR : null;
};
const at = (hour: number, minute = 0) => 100 * DAY + hour * HOUR + minute * MINUTE;

describe('the moment to ask how it was', () => {
  it('is half an hour after it was solved', () => {
    expect(nextMoment(at(10), at(10), night)).toBe(at(10, 30));
  });

  it('is the morning when it would be night', () => {
    expect(nextMoment(at(20, 45), at(20, 45), night)).toBe(at(32));
    expect(nextMoment(at(3), at(3), night)).toBe(at(8));
  });

  it('is later when the customer is in the middle of something, for a day', () => {
    expect(nextMoment(at(10), at(15), night)).toBe(at(15));
    expect(nextMoment(at(10), at(33), night)).toBe(at(33));
    expect(nextMoment(at(10), at(34, 1), night)).toBeNull();
  });

  it('does not come when the day is over by the end of the night', () => {
    expect(nextMoment(at(7), at(22), night)).toBeNull();
  });
});

describe('a customer', () => {
  const never = { askedAt: null, dangerAt: null };
  it.each([
    ['has never been asked', never, false, true],
    ['was asked eight days ago', { ...never, askedAt: at(0) - 8 * DAY }, false, true],
    ['was asked six days ago', { ...never, askedAt: at(0) - 6 * DAY }, false, false],
    ['has another order open', never, true, false],
    ['was in danger yesterday', { ...never, dangerAt: at(0) - DAY }, false, false],
  ])('who %s', (_who, asked, hasOpenOrder, expected) => {
    expect(mayAsk(asked, hasOpenOrder, at(0))).toBe(expected);
  });
});

it('counts as satisfied who gave 4 or 5, of all who gave anything', () => {
  expect(csatOf([5, 4, 3, 1])).toBe(0.5);
  expect(csatOf([])).toBeNull();
});
