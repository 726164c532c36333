import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRouting, parseRouting } from '../../src/content/load-routing';
import { shippedPolicies } from '../support/policies';

const ROOT = join(__dirname, '../..');
const shipped = readFileSync(join(ROOT, 'dialogs/policies/routing.yaml'), 'utf8');
const problemsOf = (text: string) =>
  parseRouting(text, shippedPolicies.calendars).problems.map(
    ({ file, line, path, message, remedy }) => `${file}:${line} ${path}: ${message} (${remedy})`,
  );

describe('the routing policy', () => {
  it('that ships holds together, and serves content that has none of its own', () => {
    expect(problemsOf(shipped)).toEqual([]);
    const empty = mkdtempSync(join(tmpdir(), 'no routing '));
    expect(loadRouting(empty, ROOT, 'Asia/Shanghai').defaultGroup).toBe('general');
    rmSync(empty, { recursive: true });
  });

  it('names every problem at once, with its line and remedy', () => {
    const broken = shipped
      .replace('defaultGroup: general', 'defaultGroup: nobody')
      .replace('id: installation', 'id: fault')
      .replace(
        'overflow: { to: general, afterSeconds: 60 }',
        'overflow: { to: complaint, afterSeconds: 60 }\n    hours: night',
      )
      .replace('{ to: care, when', '{ to: carers, when');
    expect(problemsOf(broken)).toEqual([
      expect.stringMatching(
        /routing\.yaml:2 defaultGroup: there is no group "nobody" \(one of: general, fault/,
      ),
      expect.stringMatching(/groups\.2\.id: "fault" stands twice/),
      expect.stringMatching(/hours: there is no calendar "night" \(one of: round-the-clock/),
      expect.stringMatching(/overflow\.to: a group does not overflow to itself/),
      expect.stringMatching(/rules\.2\.to: there is no group "carers"/),
      expect.stringMatching(/rules\.6\.to: there is no group "installation"/),
    ]);
  });

  it.each([
    ['an unknown field', shipped.replace('wantedSeconds', 'wantedMinutes'), /wantedMinutes: unknown key/],
    [
      'a wait that is none',
      shipped.replace('reservationSeconds: 10', 'reservationSeconds: 0'),
      /reservationSeconds/,
    ],
    ['a pattern that is code', shipped.replace('complaint-*]', '"(a+)+$"]'), /the beginning of names/],
    ['no groups', 'defaultGroup: x', /groups/],
  ])('refuses %s', (_what, text, problem) => {
    expect(problemsOf(text).join('\n')).toMatch(problem);
  });
});
