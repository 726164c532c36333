import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContentProblem } from '../contract/problem';
import type { Calendar } from '../contract/sla';
import { parseFile } from '../dialogs/parse-file';
import { patternNames } from '../dialogs/pattern-names';
import { checkCalendar, checkPolicy, checkTogether, type FoundPolicy } from '../sla/policy/check-policies';
import type { PolicySet } from '../sla/policy/policies';
import { type CalendarsFile, calendarsFileSchema, policySchema } from '../sla/policy/policy-schema';
import { minutesOf, readCalendar } from '../sla/policy/read-calendar';
import { contentToMend } from './content-to-mend';
import { CALENDARS, isPromiseFile, POLICY_FOLDER } from './policy-names';

const SHAPES = 'src/sla/policy/policy-schema.ts';

/** Text of each file of promises by its name; null where the folder is missing. */
export function readPolicyFiles(root: string): Record<string, string> | null {
  const path = join(root, POLICY_FOLDER);
  if (!existsSync(path)) return null;
  const names = readdirSync(path).filter(isPromiseFile);
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(path, name), 'utf8')]));
}

/** Reads all policies; every problem of every file at once. The set is null when there is any. */
export function parsePolicies(
  files: Record<string, string>,
  timeZone: string,
): { set: PolicySet | null; problems: ContentProblem[] } {
  const problems: ContentProblem[] = [];
  const { [CALENDARS]: calendarsText = '', ...policyFiles } = files;
  const calendars = parseCalendars(calendarsText, timeZone, problems);
  const patterns = new Set<string>(patternNames);
  const found = Object.entries(policyFiles).flatMap(([file, text]): FoundPolicy[] => {
    const { value, report } = parseFile(file, text, policySchema, problems, { shapes: SHAPES });
    return value ? [{ file, policy: value, report }] : [];
  });
  for (const each of found) checkPolicy(each, { calendars: new Set(calendars.all.keys()), patterns });
  const set = {
    hash: createHash('sha256').update(JSON.stringify(files)).update(timeZone).digest('hex').slice(0, 32),
    timeZone,
    quietHours: calendars.quietHours,
    calendars: calendars.all,
    policies: found.map(({ policy }) => policy),
  };
  if (problems.length === 0) checkTogether(set, found);
  const inFolder = problems.map((problem) => ({ ...problem, file: `${POLICY_FOLDER}/${problem.file}` }));
  return { set: problems.length > 0 ? null : set, problems: inFolder };
}

function parseCalendars(
  text: string,
  timeZone: string,
  problems: ContentProblem[],
): { all: Map<string, Calendar>; quietHours: PolicySet['quietHours'] } {
  const { value, report } = parseFile(CALENDARS, text, calendarsFileSchema, problems, { shapes: SHAPES });
  const all = new Map<string, Calendar>();
  for (const [i, file] of (value?.calendars ?? []).entries()) {
    const calendar = readCalendar(file, timeZone);
    checkCalendar(calendar, (message, remedy) => report(['calendars', i], message, remedy));
    if (all.has(file.id))
      report(['calendars', i, 'id'], `"${file.id}" stands twice`, 'give each a name of its own');
    all.set(file.id, calendar);
  }
  return { all, quietHours: quietHoursOf(value) };
}

const quietHoursOf = (file: CalendarsFile | null): PolicySet['quietHours'] =>
  file?.quietHours ? { from: minutesOf(file.quietHours.from), to: minutesOf(file.quietHours.to) } : null;

/** Policies of files that were checked before. Throws `bad-content` with every problem of theirs. */
export function readPolicies(files: Record<string, string>, timeZone: string): PolicySet {
  const { set, problems } = parsePolicies(files, timeZone);
  if (set) return set;
  throw contentToMend('Policies', problems);
}

/**
 * The policies below `root`, or those that ship where it has none (content that was written before there were any).
 * Throws `bad-content` with every problem of the files.
 */
export function loadPolicies(root: string, shipped: string, timeZone: string): PolicySet {
  return readPolicies(readPolicyFiles(root) ?? readPolicyFiles(shipped) ?? {}, timeZone);
}

/** The calendars alone, for what is open by them and is no promise. Throws `bad-content` with every problem of theirs. */
export function loadCalendars(
  root: string,
  shipped: string,
  timeZone: string,
): ReadonlyMap<string, Calendar> {
  const problems: ContentProblem[] = [];
  const path = (folder: string) => join(folder, POLICY_FOLDER, CALENDARS);
  const text = readFileSync(path(existsSync(path(root)) ? root : shipped), 'utf8');
  const { all } = parseCalendars(text, timeZone, problems);
  if (problems.length === 0) return all;
  throw contentToMend('Calendars', problems);
}
