import type { OrderLapse } from '../../contract/orders';
import type { AppliedClock, SlaAction } from '../../contract/sla';
import { higherPriority } from '../../handoff/ownership';
import { raiseAlarm } from '../../records/alarms';
import type { Database } from '../../records/database';
import { writeOutcomes } from '../../records/sla-outcomes';
import { deadlineOf, openThresholds, type Threshold } from '../../sla/deadline';
import { actionsAt, type PolicySet, renewedUntil } from '../../sla/policy/policies';
import { replay } from '../../sla/replay';
import { appendStep } from '../append-step';
import type { OrderRecord } from '../order-record';
import { clockOf, nextAtOf, promiseDueAt } from './order-clocks';
import { outcomeOf } from './outcomes';
import { writeOrder } from './write-order';

/** An order and its clocks in the hand of whoever holds its row. */
export interface Held {
  order: OrderRecord;
  clocks: AppliedClock[];
}

export interface FireOptions {
  now: number;
  /** The end of the earliest free visit, when it is known: a new promise is not before it. */
  visitEndAt: number | null;
}

/** More than any order can have at once; a policy that renews without end must not hold the row for ever. */
const FIRE_LIMIT = 50;

/**
 * Does what is due by now, each threshold once and in order of time, however late: marks it, tells the supervisor,
 * raises the priority, gives a new promise for a broken one, and writes for each a row of the history and an event for
 * the conversation, which does the rest.
 */
export async function fireDue(tx: Database, set: PolicySet, held: Held, options: FireOptions): Promise<Held> {
  let current = held;
  for (let n = 0; n < FIRE_LIMIT; n += 1) {
    const due = firstDue(current.clocks, options.now);
    if (!due) return current;
    current = await fire(tx, set, current, { ...due, ...options });
  }
  return current;
}

interface Due {
  clock: AppliedClock;
  threshold: Threshold;
}

function firstDue(clocks: AppliedClock[], now: number): Due | null {
  const all = clocks.flatMap((clock) =>
    openThresholds(clock).map((threshold): Due => ({ clock, threshold })),
  );
  const due = all.filter(({ threshold }) => threshold.dueAt <= now);
  return due.sort((a, b) => a.threshold.dueAt - b.threshold.dueAt)[0] ?? null;
}

const has = (actions: SlaAction[], type: SlaAction['type']): boolean =>
  actions.some((action) => action.type === type);

async function fire(
  tx: Database,
  set: PolicySet,
  { order: before, clocks }: Held,
  { clock, threshold, now, visitEndAt }: Due & FireOptions,
): Promise<Held> {
  const { policy } = replay(clock.log);
  const actions = actionsFor(before, actionsAt(set, policy.id, threshold.percent));
  const { dueAt } = deadlineOf(clock.log, now);
  if (threshold.percent === 100)
    await writeOutcomes(tx, [outcomeOf(before, clock, { at: now, isBroken: true })]);
  if (has(actions, 'tell-supervisor'))
    await raiseAlarm(tx, {
      id: `${before.number}:${policy.clock}:${threshold.key}`,
      at: now,
      reason: 'sla-threshold',
      conversationId: before.conversationId,
      number: before.number,
      policy: policy.id,
      percent: threshold.percent,
    });
  const newAt = renewalOf(set, before, { clock, threshold, actions, now, visitEndAt });
  const fired: AppliedClock = {
    ...clock,
    fired: [...clock.fired, threshold.key],
    log: newAt === null ? clock.log : [...clock.log, { type: 'renewed', at: now, until: newAt }],
  };
  const after = clocks.map((each) => (each === clock ? fired : each));
  if (newAt !== null) await checkLegalLimit(tx, before, after, now);
  const order: OrderRecord = {
    ...before,
    version: before.version + 1,
    updatedAt: now,
    priority: raised(before.priority, actions),
    promiseAt: newAt ?? before.promiseAt,
  };
  const lapse: OrderLapse = {
    policy: policy.id,
    clock: policy.clock,
    percent: threshold.percent,
    wasDueAt: policy.clock === 'promise' ? before.promiseAt : dueAt,
    newAt,
    actions,
  };
  await writeOrder(tx, set, { order, clocks: after });
  const reason = `${policy.id}:${threshold.percent}%`;
  await appendStep(tx, order, { by: 'bot', reason, change: 'clock', nextAt: nextAtOf(after), lapse });
  return { order, clocks: after };
}

/** Nobody at a desk can hasten the repair of a mass outage; the customer hears the truth and the supervisor too. */
const actionsFor = ({ incident }: OrderRecord, actions: SlaAction[]): SlaAction[] =>
  incident === null ? actions : actions.filter(({ type }) => type !== 'hand-off');

function raised(priority: OrderRecord['priority'], actions: SlaAction[]): OrderRecord['priority'] {
  const to = actions.flatMap((action) => (action.type === 'raise-priority' ? [action.to] : []));
  return to.reduce(higherPriority, priority);
}

/** A promise that is broken while somebody still waits is given anew, if the customer is told of it. */
function renewalOf(
  set: PolicySet,
  { status }: OrderRecord,
  { clock, threshold, actions, now, visitEndAt }: Due & FireOptions & { actions: SlaAction[] },
): number | null {
  const isBroken = threshold.percent >= 100 && clockOf(clock) === 'promise';
  const isOpen = deadlineOf(clock.log, now).status !== 'met' && status !== 'resolved';
  const policy = set.policies.find(({ id }) => id === replay(clock.log).policy.id);
  if (!isBroken || !isOpen || !policy || !has(actions, 'tell-customer')) return null;
  return Math.max(renewedUntil(set, policy, now), visitEndAt ?? 0);
}

/** The supervisor hears first when no visit keeps the limit of the law: before the customer is told anything. */
export async function checkLegalLimit(
  tx: Database,
  order: OrderRecord,
  clocks: AppliedClock[],
  now: number,
): Promise<void> {
  const legal = clocks.find((clock) => clockOf(clock) === 'legal');
  const promisedAt = promiseDueAt(clocks, now);
  const limitAt = legal ? deadlineOf(legal.log, now).dueAt : null;
  if (!legal || promisedAt === null || limitAt === null || promisedAt <= limitAt) return;
  await raiseAlarm(tx, {
    id: `${order.number}:legal-limit:${promisedAt}`,
    at: now,
    reason: 'legal-limit',
    conversationId: order.conversationId,
    number: order.number,
    policy: replay(legal.log).policy.id,
    percent: null,
  });
}
