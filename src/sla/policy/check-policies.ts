import { orderKindSchema } from '../../contract/orders';
import type { Calendar, Periods, SlaSubject } from '../../contract/sla';
import { canBothFit, type Facts, pickPolicy, rankOf } from './pick-policy';
import type { PolicySet } from './policies';
import type { Policy } from './policy-schema';
import { minutesOf } from './read-calendar';

/** Notes a problem at a path of a file. */
export type Report = (path: PropertyKey[], message: string, remedy: string) => void;

export interface FoundPolicy {
  file: string;
  policy: Policy;
  report: Report;
}

const ORDERS: readonly SlaSubject[] = ['work-order', 'complaint-answer'];

/** What a calendar's own schema cannot see. */
export function checkCalendar(calendar: Calendar, report: (message: string, remedy: string) => void): void {
  const all = [...calendar.week, calendar.onHoliday, calendar.onMakeUpDay, ...Object.values(calendar.days)];
  if (all.some(isBackwards)) report('a period ends before it begins', 'split what goes past midnight in two');
  if (all.some(overlaps)) report('periods of a day overlap', 'join them');
  if (calendar.week.every((periods) => periods.length === 0))
    report('the calendar is never open', 'give some day of the week a period');
}

const isBackwards = (periods: Periods): boolean => periods.some(([from, to]) => from >= to);
const overlaps = (periods: Periods): boolean =>
  periods.some(([from], i) => i > 0 && from < (periods[i - 1]?.[1] ?? 0));

/** What one policy says against itself, and against what it names. `patterns`: texts that a customer may be told. */
export function checkPolicy(
  { file, policy, report }: FoundPolicy,
  known: { calendars: ReadonlySet<string>; patterns: ReadonlySet<string> },
): void {
  if (`${policy.id}.yaml` !== file) report(['id'], `id is "${policy.id}"`, `name the file ${policy.id}.yaml`);
  if (!known.calendars.has(policy.calendar))
    report(['calendar'], `there is no calendar "${policy.calendar}"`, 'name one of calendars.yaml');
  checkFit(policy, report);
  const percents = policy.thresholds.map(({ percent }) => percent);
  if (new Set(percents).size < percents.length)
    report(['thresholds'], 'a percent stands twice', 'give it all its actions in one place');
  for (const [i, { actions }] of policy.thresholds.entries()) {
    for (const [j, action] of actions.entries()) {
      const path = ['thresholds', i, 'actions', j];
      if (action.type === 'tell-customer' && !known.patterns.has(action.pattern))
        report([...path, 'pattern'], `there is no text "${action.pattern}"`, 'name one of patterns.yaml');
      if (action.type === 'offer-order' && ORDERS.includes(policy.subject))
        report([...path, 'type'], 'there is an order already', 'offer one where somebody waits');
    }
  }
}

/** Conditions and options that mean nothing for the subject would be believed to hold. */
function checkFit({ subject, match, turns, pauses, clock }: Policy, report: Report): void {
  const isOrder = ORDERS.includes(subject);
  if (turns !== undefined && subject !== 'bot-progress')
    report(['turns'], `turns are counted for bot-progress, not for ${subject}`, 'remove them');
  if (pauses.length > 0 && !isOrder) report(['pauses'], `nobody pauses a clock of ${subject}`, 'remove them');
  if (match.kinds && subject === 'complaint-answer')
    report(['match', 'kinds'], 'a complaint has no other kind', 'remove it');
  if (match.kinds?.includes('complaint') && subject === 'work-order')
    report(['match', 'kinds'], 'complaints are the subject complaint-answer', 'remove "complaint"');
  const { acceptedFrom, acceptedBefore } = match;
  if (acceptedFrom && acceptedBefore && minutesOf(acceptedFrom) >= minutesOf(acceptedBefore))
    report(['match', 'acceptedFrom'], 'no time of day is between the two', 'split what goes past midnight');
  if (!isOrder && clock === 'legal')
    report(['clock'], 'the law speaks of orders and complaints', 'use internal or promise');
}

/** Nobody could tell which of two holds; and every order needs a promise. */
export function checkTogether(set: PolicySet, found: FoundPolicy[]): void {
  for (const [i, one] of found.entries()) {
    const other = found.slice(0, i).find(({ policy }) => isAmbiguous(policy, one.policy));
    if (other)
      one.report(
        ['match'],
        `"${other.policy.id}" asks for the same and may fit too`,
        'let their conditions exclude each other, or ask for more in one',
      );
  }
  const [first] = found;
  for (const kind of orderKindSchema.options) {
    const subject = kind === 'complaint' ? 'complaint-answer' : 'work-order';
    const hasPromise = (hour: number): boolean =>
      pickPolicy(set, 'promise', { ...ORDINARY, subject, kind, startAt: hour * 3600_000 }) !== null;
    if (first && !Array.from({ length: 24 }, (_, hour) => hour).every(hasPromise))
      first.report(
        [],
        `an order of kind ${kind} may have no promise`,
        `add a policy of ${subject} that asks for no more than the kind`,
      );
  }
}
/** An order of which nothing special is known. */
const ORDINARY: Omit<Facts, 'subject' | 'startAt'> = { channel: null, priority: null };

const isAmbiguous = (a: Policy, b: Policy): boolean =>
  a.subject === b.subject &&
  a.clock === b.clock &&
  rankOf(a.match) === rankOf(b.match) &&
  canBothFit(a.match, b.match);
