import { readContent, readContentFiles } from '../../../src/content/content';
import { calendarMonth } from '../../../src/content/promises/calendar-month';
import { foretell } from '../../../src/content/promises/foretell';
import { type Foretell, foretellSchema } from '../../../src/contract/content-promises';

const ZONE = 'Asia/Shanghai';
const shipped = readContentFiles(`${__dirname}/../../..`);
const ask = (asked: Partial<Foretell>, files = shipped) =>
  foretell(
    files,
    foretellSchema.parse({ subject: 'work-order', startAt: '2026-11-24T10:00', ...asked }),
    ZONE,
  );
const dueOf = ({ clocks }: ReturnType<typeof ask>) =>
  Object.fromEntries(clocks.map(({ clock, policy, dueAt }) => [clock, `${policy} ${dueAt}`]));

describe('what a deadline would be', () => {
  it('is that of the promise that fits best, for each clock', () => {
    const found = ask({ kind: 'fault', product: 'business' });
    expect(dueOf(found).promise).toBe('fault-promise 2026-11-24 14:00');
    expect(found.without).not.toContain('promise');
    expect(dueOf(ask({ subject: 'complaint-answer', kind: 'complaint', severity: 'high' })).promise).toBe(
      'complaint-promise-severe 2026-11-24 22:00',
    );
    expect(dueOf(ask({ subject: 'complaint-answer', kind: 'complaint' })).promise).toMatch(
      /^complaint-promise 2/,
    );
  });

  it('says the cause of each line, and what is done on the way', () => {
    const [clock] = ask({ kind: 'fault' }).clocks.filter(({ clock }) => clock === 'promise');
    expect(clock?.fits).toEqual([{ key: 'kinds', values: ['fault'] }]);
    expect(clock?.lines.map(({ zh }) => zh)).toEqual([
      '2026-11-24 10:00 开始计时：故障修复承诺，对客户的承诺 4 小时（按日历“round-the-clock”）',
      expect.stringContaining('计时 4 小时'),
      '最晚 2026-11-24 14:00',
    ]);
    expect(clock?.thresholds).toEqual([
      { percent: 75, at: '2026-11-24 13:00', actions: ['raise-priority', 'tell-supervisor'] },
      expect.objectContaining({ percent: 100, at: '2026-11-24 14:00' }),
    ]);
  });

  it('takes province and settlement from the area, and passes over what is closed', () => {
    const text =
      shipped['dialogs/policies/fault-promise.yaml']?.replace('round-the-clock', 'office-hours') ?? '';
    const files = { ...shipped, 'dialogs/policies/fault-promise.yaml': text };
    // The eve of the National Day: four hours of work reach over the holidays, which end with a worked Saturday.
    const due = dueOf(ask({ kind: 'fault', startAt: '2026-09-30T16:30' }, files)).promise;
    expect(due).toMatch(/^fault-promise 2026-10-0[89] /);
  });

  it('refuses a time that there is not', () => {
    const times = ['2026-13-01T10:00', '2026-11-24', 'now'];
    for (const startAt of times)
      expect(foretellSchema.safeParse({ subject: 'work-order', startAt }).success).toBe(false);
  });
});

describe('a month of a calendar', () => {
  const october = calendarMonth(shipped, { calendar: 'office-hours', month: '2026-10' }, ZONE)?.days ?? [];
  const on = (date: string) => october.find((day) => day.date === date);

  it('has every day with its periods and why', () => {
    expect(october).toHaveLength(31);
    expect(on('2026-10-01')).toEqual({ date: '2026-10-01', weekday: 3, cause: 'holiday', periods: [] });
    expect(on('2026-10-10')).toMatchObject({ cause: 'make-up', periods: ['08:30-12:00', '13:30-17:30'] });
    expect(on('2026-10-11')).toMatchObject({ cause: 'week', periods: [] });
    expect(on('2026-10-12')).toMatchObject({ cause: 'week', periods: ['08:30-12:00', '13:30-17:30'] });
  });

  it("knows days of the calendar's own, and short months", () => {
    const path = 'dialogs/policies/calendars.yaml';
    const text = shipped[path]?.replace('days: {}', 'days: { "2026-02-28": ["09:00-10:00"] }') ?? '';
    const days = calendarMonth(
      { ...shipped, [path]: text },
      { calendar: 'office-hours', month: '2026-02' },
      ZONE,
    );
    expect(days?.days).toHaveLength(28);
    expect(days?.days.at(-1)).toMatchObject({ cause: 'own', periods: ['09:00-10:00'] });
    expect(calendarMonth(shipped, { calendar: 'gone', month: '2026-02' }, ZONE)).toBeNull();
  });
});

describe('promises in content', () => {
  it('are part of its versions, and checked with it', () => {
    expect(Object.keys(shipped)).toContain('dialogs/policies/calendars.yaml');
    expect(Object.keys(shipped)).not.toContain('dialogs/policies/routing.yaml');
    const path = 'dialogs/policies/fault-promise.yaml';
    const { problems } = readContent({ ...shipped, [path]: `${shipped[path]}calendar: nowhere\n` });
    expect(problems).toContainEqual(expect.objectContaining({ file: path }));
    expect(readContent(shipped).parsed?.policyFiles['fault-promise.yaml']).toBe(shipped[path]);
  });

  it('need not be there in content that was written before', () => {
    const older = Object.fromEntries(
      Object.entries(shipped).filter(([path]) => !path.startsWith('dialogs/policies/')),
    );
    expect(readContent(older).problems).toEqual([]);
  });
});
