import type { Foretell, Foretold } from '../../contract/content-promises';
import { type ClockEvent, type SlaClock, slaClocks } from '../../contract/sla';
import { AppError } from '../../errors';
import { deadlineOf, momentOf } from '../../sla/deadline';
import { explainDeadline } from '../../sla/explain-deadline';
import { type Facts, pickPolicy } from '../../sla/policy/pick-policy';
import { actionsAt, applyPolicy, type PolicySet } from '../../sla/policy/policies';
import type { Policy } from '../../sla/policy/policy-schema';
import { timeWords } from '../../sla/words';
import { createAreaFacts, parseAreas } from '../../understanding/entities/address/service-areas';
import { zoneOf } from '../../zone';
import { below, type ContentFiles } from '../content';
import { readPolicies } from '../load-policies';
import { POLICY_FOLDER } from '../policy-names';

/** The moment of a wall clock's `2026-11-29T10:30`. */
const momentAt = (wall: string, timeZone: string): number =>
  zoneOf(timeZone).momentOf(Date.parse(`${wall}:00Z`));

/**
 * What would be due when, under the promises of a draft: by the code that runs for customers. Throws `bad-content` for
 * promises that have problems.
 */
export function foretell(files: ContentFiles, asked: Foretell, timeZone: string): Foretold {
  const set = readPolicies(below(files, POLICY_FOLDER), timeZone);
  const { areas } = parseAreas(below(files, 'intents/entities'));
  const place = asked.area === null ? null : createAreaFacts(areas)(asked.area);
  const facts: Facts = {
    ...asked,
    startAt: momentAt(asked.startAt, timeZone),
    province: place?.province ?? null,
    settlement: place?.settlement ?? null,
  };
  const found = slaClocks.map((clock): [SlaClock, Policy | null] => [clock, pickPolicy(set, clock, facts)]);
  return {
    clocks: found.flatMap(([, policy]) => (policy ? [foretoldOf(set, policy, facts.startAt)] : [])),
    without: found.flatMap(([clock, policy]) => (policy ? [] : [clock])),
  };
}

function foretoldOf(set: PolicySet, policy: Policy, startAt: number): Foretold['clocks'][number] {
  const log: ClockEvent[] = [{ type: 'started', at: startAt, policy: applyPolicy(set, policy, startAt) }];
  const { dueAt } = deadlineOf(log, startAt);
  if (dueAt === null) throw new AppError('internal', `the promise ${policy.id} is never due`);
  return {
    clock: policy.clock,
    policy: policy.id,
    name: policy.name,
    dueAt: timeWords(dueAt, set.timeZone),
    fits: Object.entries(policy.match).map(([key, values]) => ({ key, values: [values].flat() })),
    // A moment before it is due: then everything that counts has been counted, and it is not late yet.
    lines: explainDeadline(log, dueAt - 1, set.timeZone).map(({ zh, en }) => ({ zh, en })),
    thresholds: policy.thresholds
      .map(({ percent }) => ({
        percent,
        at: timeWords(momentOf(log, percent) ?? dueAt, set.timeZone),
        actions: actionsAt(set, policy.id, percent).map(({ type }) => type),
      }))
      .sort((a, b) => a.percent - b.percent),
  };
}
