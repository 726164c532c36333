import { speakDay, speakTime, speakWindow } from '../src/speak-time';
import { TEN } from './support/dialogs';

const HOUR = 3600_000;
const context = { locale: 'zh', timeZone: 'Asia/Shanghai', now: TEN } as const;

describe('a time as a promise names it', () => {
  it.each([
    [TEN + 13 * HOUR, '今天 23:00', 'today 23:00'],
    [TEN + 14 * HOUR, '今天 24:00', 'today 24:00'],
    [TEN + 38 * HOUR, '明天 24:00', 'tomorrow 24:00'],
    [TEN + 254 * HOUR, '12月4日（周五）24:00', 'Fri 12/4 24:00'],
    [TEN + 14 * HOUR + 60_000, '明天 00:01', 'tomorrow 00:01'],
    [TEN + 96 * HOUR, '11月28日 10:00', '11/28 10:00'],
    [TEN - 24 * HOUR, '11月23日 10:00', '11/23 10:00'],
  ])('calls %d what people call it', (at, zh, en) => {
    expect(speakTime(at, context)).toBe(zh);
    expect(speakTime(at, { ...context, locale: 'en' })).toBe(en);
  });

  it('goes by the zone of the operator, not by that of the machine', () => {
    expect(speakTime(TEN + 13 * HOUR, { ...context, timeZone: 'Asia/Tokyo' })).toBe('今天 24:00');
  });

  it('names a day without its hour, and another year by its number', () => {
    const next = Date.UTC(2027, 2, 30, 17);
    expect([speakDay(TEN, context), speakDay(next, context)]).toEqual(['11月24日', '2027年3月31日']);
    const en = { ...context, locale: 'en' } as const;
    expect([speakDay(TEN, en), speakDay(next, en)]).toEqual(['11/24', '3/31/2027']);
  });

  it('names a visit by its beginning and its end', () => {
    const visit = { startAt: TEN + 24 * HOUR, endAt: TEN + 26 * HOUR };
    expect(speakWindow(visit, context)).toBe('明天 10:00–12:00');
  });
});
