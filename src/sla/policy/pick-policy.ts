import type { ChannelId } from '../../contract/activity';
import type { Priority } from '../../contract/conversation';
import type { OrderKind } from '../../contract/orders';
import { type SlaClock, type SlaSubject, slaClocks } from '../../contract/sla';
import { zoneOf } from '../../zone';
import { DAY_MS } from '../calendar/calendar-days';
import { type PolicySet, policiesOf } from './policies';
import type { Match, Policy } from './policy-schema';
import { minutesOf } from './read-calendar';

/** What is known of the matter that a clock is about; what is not known fits only policies that do not ask for it. */
export interface Facts {
  subject: SlaSubject;
  startAt: number;
  channel: ChannelId | null;
  kind?: OrderKind | null;
  priority?: Priority | null;
  severity?: string | null;
  product?: string | null;
  customerLevel?: string | null;
  /** Id of the service area. */
  area?: string | null;
  province?: string | null;
  settlement?: string | null;
}

/**
 * Which policy holds: of those that fit, the one with the more special condition, compared in this order: area,
 * province, settlement, customer level, product, severity, priority, kind, channel, cut-off hour. The first of these
 * that one of two policies asks for and the other does not decides for the one that asks. Two policies that ask for the
 * same and can both fit are refused when they are loaded. Null when none fits: then there is no clock.
 */
export function pickPolicy(set: PolicySet, clock: SlaClock, facts: Facts): Policy | null {
  const fitting = policiesOf(set, facts.subject, clock).filter(({ match }) =>
    fits(match, facts, set.timeZone),
  );
  return fitting.reduce<Policy | null>(
    (best, policy) => (best && rankOf(best.match) >= rankOf(policy.match) ? best : policy),
    null,
  );
}

/** The policies of the three clocks, as far as there are any. */
export const pickPolicies = (set: PolicySet, facts: Facts): Policy[] =>
  slaClocks.flatMap((clock) => pickPolicy(set, clock, facts) ?? []);

const listed: [keyof Match, keyof Facts][] = [
  ['areas', 'area'],
  ['provinces', 'province'],
  ['settlements', 'settlement'],
  ['customerLevels', 'customerLevel'],
  ['products', 'product'],
  ['severities', 'severity'],
  ['priorities', 'priority'],
  ['kinds', 'kind'],
  ['channels', 'channel'],
];

function fits(match: Match, facts: Facts, timeZone: string): boolean {
  return (
    listed.every(([asked, fact]) => {
      const values: readonly unknown[] | undefined = match[asked] as readonly unknown[] | undefined;
      return values === undefined || values.includes(facts[fact]);
    }) && isAccepted(match, facts.startAt, timeZone)
  );
}

function isAccepted({ acceptedFrom, acceptedBefore }: Match, at: number, timeZone: string): boolean {
  if (acceptedFrom === undefined && acceptedBefore === undefined) return true;
  const wall = at + zoneOf(timeZone).offsetAt(at);
  const minute = Math.floor((((wall % DAY_MS) + DAY_MS) % DAY_MS) / 60_000);
  return minute >= minutesOf(acceptedFrom ?? '00:00') && minute < minutesOf(acceptedBefore ?? '24:00');
}

/** A number whose digits, in base two, are the conditions in their order. */
export function rankOf(match: Match): number {
  const asked = listed.map(([key]) => match[key] !== undefined);
  const hasCutOff = match.acceptedFrom !== undefined || match.acceptedBefore !== undefined;
  return [...asked, hasCutOff].reduce((rank, isAsked) => rank * 2 + (isAsked ? 1 : 0), 0);
}

/** Whether something can fit two policies at once. */
export function canBothFit(a: Match, b: Match): boolean {
  const meet = (left: readonly unknown[] | undefined, right: readonly unknown[] | undefined) =>
    left === undefined || right === undefined || left.some((value) => right.includes(value));
  const isListed = listed.every(([key]) =>
    meet(a[key] as readonly unknown[] | undefined, b[key] as readonly unknown[] | undefined),
  );
  const from = (match: Match) => minutesOf(match.acceptedFrom ?? '00:00');
  const before = (match: Match) => minutesOf(match.acceptedBefore ?? '24:00');
  return isListed && from(a) < before(b) && from(b) < before(a);
}
