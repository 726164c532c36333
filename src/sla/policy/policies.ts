import type { AppliedPolicy, Calendar, SlaAction, SlaClock, SlaSubject } from '../../contract/sla';
import { zoneOf } from '../../zone';
import { DAY_MS } from '../calendar/calendar-days';
import { momentAfter } from '../calendar/measure';
import type { Policy, Target } from './policy-schema';
import { minutesOf } from './read-calendar';

/** The policies of a node, checked. They are not pinned: whatever runs is under those of today. */
export interface PolicySet {
  /** Changes with every word of them. */
  hash: string;
  timeZone: string;
  /** Minutes of the day; null when there are none. */
  quietHours: { from: number; to: number } | null;
  calendars: ReadonlyMap<string, Calendar>;
  policies: readonly Policy[];
}

const MINUTE_MS = 60_000;

/** Of a policy what a deadline needs, for a clock that begins at a moment. */
export function applyPolicy(set: PolicySet, policy: Policy, startAt: number): AppliedPolicy {
  const { id, name, clock, pauses, onReopen, thresholds } = policy;
  const calendar = calendarOf(set, policy);
  return {
    id,
    name,
    clock,
    ...measured(policy.target, calendar, startAt),
    calendar,
    pauses,
    onReopen,
    thresholds: thresholds.map(({ percent }) => percent).sort((a, b) => a - b),
  };
}

const calendarOf = ({ calendars }: PolicySet, policy: Policy): Calendar => {
  const calendar = calendars.get(policy.calendar);
  if (!calendar) throw new TypeError(`the policies were not checked: no calendar "${policy.calendar}"`);
  return calendar;
};

function measured(
  target: Target,
  calendar: Calendar,
  startAt: number,
): Pick<AppliedPolicy, 'measure' | 'targetMs'> {
  if ('minutes' in target) return { measure: 'open', targetMs: target.minutes * MINUTE_MS };
  if ('hours' in target) return { measure: 'open', targetMs: target.hours * 60 * MINUTE_MS };
  if ('days' in target) return { measure: 'days', targetMs: target.days * DAY_MS };
  if ('workingDays' in target) return { measure: 'working-days', targetMs: target.workingDays * DAY_MS };
  return { measure: 'plain', targetMs: nextTime(target.until, calendar.timeZone, startAt) - startAt };
}

/** The next moment after `from` at which the wall clock shows a time. */
function nextTime(time: string, timeZone: string, from: number): number {
  const zone = zoneOf(timeZone);
  const wall = from + zone.offsetAt(from);
  const today = Math.floor(wall / DAY_MS) * DAY_MS + minutesOf(time) * MINUTE_MS;
  return [0, 1, 2]
    .map((days) => zone.momentOf(today + days * DAY_MS))
    .reduce((found, moment) => (found > from ? found : moment), Number.NEGATIVE_INFINITY);
}

/** The new time that a customer is told when a promise was broken. */
export function renewedUntil(set: PolicySet, policy: Policy, now: number): number {
  const calendar = calendarOf(set, policy);
  const { measure, targetMs } = measured(policy.renewal ?? policy.target, calendar, now);
  return momentAfter({ calendar, measure }, now, targetMs);
}

/** What is done at a threshold; nothing for a policy that is gone, or has no such threshold any more. */
export function actionsAt({ policies }: PolicySet, id: string, percent: number): SlaAction[] {
  const policy = policies.find((each) => each.id === id);
  return policy?.thresholds.find((each) => each.percent === percent)?.actions ?? [];
}

export const policiesOf = ({ policies }: PolicySet, subject: SlaSubject, clock: SlaClock): Policy[] =>
  policies.filter((policy) => policy.subject === subject && policy.clock === clock);
