import type { ClockEvent } from '../../src/contract/sla';
import { explainDeadline } from '../../src/sla/explain-deadline';
import { HOUR, officeOf, pauseOf, policyOf, shanghai, started } from './build';

const TEN = shanghai('2026-11-24 10:00');
const ZONE = 'Asia/Shanghai';
const told = (log: ClockEvent[], now: number, locale: 'zh' | 'en' = 'zh') =>
  explainDeadline(log, now, ZONE).map((line) => `${line.cause} ${line[locale]}`);

describe('the explanation of a deadline', () => {
  it('names every event with its cause, every stretch with what it counts, and the result', () => {
    const log: ClockEvent[] = [
      started(TEN),
      ...pauseOf(TEN + HOUR, TEN + 2 * HOUR, 'customer-unreachable'),
      { type: 'visit', at: TEN + 2 * HOUR, endAt: TEN + 6 * HOUR },
    ];
    expect(told(log, TEN + 3 * HOUR)).toEqual([
      'started 2026-11-24 10:00 开始计时：故障修复承诺，对客户的承诺 4 小时（按日历“always”）',
      'counted 2026-11-24 10:00 – 2026-11-24 11:00：计时 1 小时，累计 1 小时',
      'paused 2026-11-24 11:00 登记暂停：联系不上客户',
      'not-counted 2026-11-24 11:00 – 2026-11-24 12:00：不计时',
      'resumed 2026-11-24 12:00 恢复计时',
      'visit 2026-11-24 12:00 最早能上门到 2026-11-24 16:00 结束，不早于它',
      'counted 2026-11-24 12:00 – 2026-11-24 13:00：计时 1 小时，累计 2 小时',
      'due 最晚 2026-11-24 16:00',
    ]);
    expect(told(log, TEN + 7 * HOUR, 'en').at(-1)).toBe('due was due at 2026-11-24 16:00 and is late');
  });

  it('says why a pause counts all the same', () => {
    const log: ClockEvent[] = [
      started(TEN),
      ...pauseOf(TEN + HOUR, TEN + 2 * HOUR, 'customer-unreachable'),
      { type: 'disputed', at: TEN + 1.5 * HOUR, by: 'customer' },
    ];
    expect(told(log, TEN + 2 * HOUR, 'en')).toContain(
      'counted 2026-11-24 11:00 – 2026-11-24 12:00: 1 h counted, 2 h in all; the pause is disputed and counts until it is ruled on',
    );
  });

  it('says that the calendar was closed, and what is left in a pause', () => {
    const office = started(TEN, policyOf({ calendar: officeOf() }));
    expect(told([office], shanghai('2026-11-24 14:00')).at(-2)).toMatch(/计时 2 小时 30 分.*不在日历时段内/);
    const paused: ClockEvent[] = [office, { type: 'paused', at: TEN + HOUR, by: 'a', reason: 'third-party' }];
    expect(told(paused, TEN + 2 * HOUR).at(-1)).toBe('due 暂停中，恢复后还剩 3 小时');
  });

  it('keeps the story before a relapse', () => {
    const log: ClockEvent[] = [
      started(TEN),
      { type: 'met', at: TEN + HOUR },
      { type: 'reopened', at: TEN + 5 * HOUR },
    ];
    expect(told(log, TEN + 6 * HOUR, 'en').map((line) => line.split(' ')[0])).toEqual([
      'started',
      'counted',
      'met',
      'reopened',
      'counted',
      'due',
    ]);
  });
});
