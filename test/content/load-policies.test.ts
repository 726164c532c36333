import { join } from 'node:path';
import { loadPolicies, parsePolicies, readPolicyFiles } from '../../src/content/load-policies';
import { quietUntil } from '../../src/sla/calendar/quiet-hours';
import { pickPolicies } from '../../src/sla/policy/pick-policy';

const ROOT = join(__dirname, '../..');
const ZONE = 'Asia/Shanghai';
const shipped = readPolicyFiles(ROOT) ?? {};
const problemsOf = (changed: Record<string, string>) =>
  parsePolicies({ ...shipped, ...changed }, ZONE).problems.map(
    ({ file, line, path, message, remedy }) => `${file}:${line} ${path}: ${message} (${remedy})`,
  );
const replaced = (file: string, from: string, to: string) => ({
  [file]: (shipped[file] ?? '').replace(from, to),
});

describe('the policies that ship', () => {
  const { set, problems } = parsePolicies(shipped, ZONE);
  const targets = (changed: object) =>
    pickPolicies(set as NonNullable<typeof set>, {
      subject: 'work-order',
      startAt: Date.UTC(2026, 10, 24, 2),
      channel: 'web',
      priority: 'normal',
      ...changed,
    }).map(({ clock, target }) => [clock, target]);

  it('hold together', () => {
    expect(problems).toEqual([]);
  });

  it('are the numbers of the domain: 4 hours, 24 hours, the limits of the law', () => {
    expect(targets({ kind: 'fault' })).toEqual([
      ['promise', { hours: 4 }],
      ['legal', { hours: 48 }],
    ]);
    expect(targets({ kind: 'fault', settlement: 'rural' })[1]).toEqual(['legal', { hours: 72 }]);
    expect(targets({ kind: 'installation' })).toEqual([['promise', { hours: 24 }]]);
    const complaint = { subject: 'complaint-answer', kind: 'complaint' };
    expect(targets(complaint)).toEqual([
      ['promise', { hours: 24 }],
      ['legal', { days: 15 }],
    ]);
    expect(targets({ ...complaint, province: '河南省' })[1]).toEqual(['legal', { workingDays: 5 }]);
  });

  it('have quiet hours past midnight', () => {
    const at = (hour: number) => Date.UTC(2026, 10, 24, hour - 8);
    const until = (hour: number) => quietUntil(set?.quietHours ?? null, ZONE, at(hour));
    expect([until(20), until(22), until(30), until(32)]).toEqual([null, at(32), at(32), null]);
  });

  it('stand in for a folder that has none', () => {
    expect(loadPolicies('/nowhere', ROOT, ZONE).policies).toHaveLength(Object.keys(shipped).length - 1);
  });
});

describe('a policy that is wrong', () => {
  it.each([
    ['an unknown key', replaced('fault-promise.yaml', 'renewal:', 'renewl:'), /:\d+ renewl: unknown key/],
    [
      'a target that is none',
      replaced('fault-promise.yaml', 'hours: 4', 'weeks: 4'),
      /target: one of minutes/,
    ],
    [
      'a calendar that is not there',
      replaced('fault-promise.yaml', 'round-the-clock', 'nights'),
      /no calendar "nights"/,
    ],
    ['a text that is not there', replaced('bot-progress.yaml', 'bot-stuck', 'bot-sad'), /no text "bot-sad"/],
    [
      'another name than its file',
      replaced('queue-wait.yaml', 'id: queue-wait', 'id: waiting'),
      /name the file waiting.yaml/,
    ],
    [
      'turns where none are counted',
      replaced('queue-wait.yaml', 'subject:', 'turns: 3\nsubject:'),
      /turns are counted for bot-progress/,
    ],
    [
      'a pause that nobody makes',
      replaced('queue-wait.yaml', 'subject:', 'pauses: [weather]\nsubject:'),
      /nobody pauses/,
    ],
    [
      'a period that overlaps',
      replaced('calendars.yaml', '13:30-17:30', '11:30-17:30'),
      /periods of a day overlap/,
    ],
    [
      'a zone that is not there',
      replaced('calendars.yaml', 'holidays: china', 'holidays: china\n    timeZone: Mars'),
      /a zone of the IANA list/,
    ],
    [
      'a twin',
      { 'twin.yaml': (shipped['fault-promise.yaml'] ?? '').replace('id: fault-promise', 'id: twin') },
      /"fault-promise" asks for the same/,
    ],
    [
      'an order without a promise',
      replaced(
        'installation-promise.yaml',
        'kinds: [installation]',
        'kinds: [installation], acceptedBefore: "16:00"',
      ),
      /kind installation may have no promise/,
    ],
    ['no calendars', { 'calendars.yaml': '' }, /calendars.yaml/],
  ])('%s is told with file, line, path and remedy', (_name, changed, told) => {
    const problems = problemsOf(changed);
    expect(problems.join('\n')).toMatch(told);
    expect(problems[0]).toMatch(/^dialogs\/policies\/[a-z-]+\.yaml:\d+ /);
  });
});
