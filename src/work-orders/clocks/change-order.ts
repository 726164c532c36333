import type { OrderChange } from '../../contract/orders';
import type { AppliedClock, ClockEvent } from '../../contract/sla';
import { raiseAlarm } from '../../records/alarms';
import type { Database } from '../../records/database';
import { writeOutcomes } from '../../records/sla-outcomes';
import type { PolicySet } from '../../sla/policy/policies';
import { appendStep } from '../append-step';
import { type OrderRecord, recordOf } from '../order-record';
import { checkLegalLimit, fireDue, type Held } from './fire-due';
import { clockOf, nextAtOf, promiseDueAt, readClocks } from './order-clocks';
import { outcomeOf } from './outcomes';
import { owedCompensation } from './owed-compensation';
import { writeOrder } from './write-order';

/** Where orders are kept, and the policies that their clocks run under. */
export interface OrderBooks {
  db: Database;
  policies: PolicySet;
}

/** What is decided about an order that is held. */
export interface Decision {
  /** What of the order changes. */
  order: Partial<
    Pick<
      OrderRecord,
      'status' | 'priority' | 'pause' | 'repeats' | 'appointment' | 'field' | 'incident' | 'regulator'
    >
  >;
  /** What happens to each of its clocks. */
  events: ClockEvent[];
  /** The end of its new visit: the promise is not before it. */
  visitEndAt?: number;
  by: string;
  reason: string | null;
  note: string | null;
  change: OrderChange;
  /** The reason that the customer is told, by its name. */
  told?: string;
  /** What the supervisor is told with it. */
  alarm?: 'pause-disputed' | 'field-returned' | 'appeal-threatened' | 'complaint-repeated' | 'reply-waits';
  /** What the customer is answered with it. */
  answer?: string;
}

/** What only technicians are told: what has to come first, or `reassigned`: the order is somebody else's by now. */
export type FieldRefusal =
  | 'reassigned'
  | 'not-arrived'
  | 'no-call'
  | 'no-identity'
  | 'bad-reading'
  | 'bad-visit';
/** Of a case of the authority: its answer has to be approved first, by somebody else than who wrote it. */
export type ReplyRefusal = 'reply-not-approved' | 'own-reply' | 'no-reply';
export type Refusal = 'not-found' | 'stale' | 'not-allowed' | 'too-late' | FieldRefusal | ReplyRefusal;
export type ChangeResult =
  | { status: 'changed'; order: OrderRecord }
  /** `stale`: somebody else changed it since; read it again. `not-allowed`: not from where it stands. */
  | { status: 'refused'; reason: Refusal };

export interface ChangeRequest {
  number: string;
  /** The version that the change was decided on; null for what does not depend on it. */
  version: number | null;
  at: number;
  /** The same key again changes nothing, and answers the order as it stands. */
  key?: string | null;
}

/** The order and its clocks, the row locked until the transaction ends; null when there is none. */
export async function holdOrder(tx: Database, number: string): Promise<Held | null> {
  const row = await tx
    .selectFrom('work_orders')
    .selectAll()
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirst();
  return row ? { order: recordOf(row), clocks: await readClocks(tx, number) } : null;
}

/**
 * Changes an order: what its clocks owe by then comes first, then the decision, a row of its history and an event for
 * its conversation, in one transaction or not at all. Of several that were decided on the same version one wins.
 */
export const changeOrder = (
  { db, policies }: OrderBooks,
  request: ChangeRequest,
  decide: (held: Held) => Decision | Refusal,
): Promise<ChangeResult> =>
  db.transaction().execute((tx) => changeOrderIn({ db: tx, policies }, request, decide));

/** The same as a part of a transaction, which `db` is. */
export async function changeOrderIn(
  { db: tx, policies }: OrderBooks,
  { number, version, at, key = null }: ChangeRequest,
  decide: (held: Held) => Decision | Refusal,
): Promise<ChangeResult> {
  const found = await holdOrder(tx, number);
  if (!found) return { status: 'refused', reason: 'not-found' };
  if (key !== null && (await isKnown(tx, number, key))) return { status: 'changed', order: found.order };
  if (version !== null && found.order.version !== version) return { status: 'refused', reason: 'stale' };
  const refusal = decide(found);
  if (typeof refusal === 'string') return { status: 'refused', reason: refusal };
  const held = await fireDue(tx, policies, found, { now: at, visitEndAt: null });
  const decision = decide(held);
  if (typeof decision === 'string') return { status: 'refused', reason: decision };
  return { status: 'changed', order: await carryOut(tx, policies, held, { decision, at, key }) };
}

async function isKnown(tx: Database, number: string, key: string): Promise<boolean> {
  const row = await tx
    .selectFrom('work_order_history')
    .select('version')
    .where('number', '=', number)
    .where('key', '=', key)
    .executeTakeFirst();
  return row !== undefined;
}

async function carryOut(
  tx: Database,
  set: PolicySet,
  held: Held,
  { decision, at, key }: { decision: Decision; at: number; key: string | null },
): Promise<OrderRecord> {
  const { visitEndAt } = decision;
  const visitOf = (clock: AppliedClock): ClockEvent[] =>
    visitEndAt !== undefined && clockOf(clock) === 'promise'
      ? [{ type: 'visit', at, endAt: Math.round(visitEndAt) }]
      : [];
  const clocks = held.clocks.map((clock) => withEvents(clock, [...decision.events, ...visitOf(clock)]));
  const isDone = decision.events.some(({ type }) => type === 'met');
  const order: OrderRecord = {
    ...held.order,
    ...decision.order,
    version: held.order.version + 1,
    updatedAt: at,
    promiseAt: promiseDueAt(clocks, at) ?? held.order.promiseAt,
  };
  if (isDone)
    await writeOutcomes(
      tx,
      clocks.map((clock) => outcomeOf(order, clock, { at, isBroken: false })),
    );
  else if (order.promiseAt !== held.order.promiseAt) await checkLegalLimit(tx, order, clocks, at);
  await writeOrder(tx, set, { order, clocks });
  const { by, reason, change, alarm, told, answer } = decision;
  if (alarm) await tellSupervisor(tx, order, { alarm, at });
  const owed = isDone ? owedCompensation(set, clocks, at) : null;
  // Billing is a human's act: somebody sees to it that what the customer is told is credited.
  if (owed) await tellSupervisor(tx, order, { alarm: 'compensation-owed', at, policy: owed.policy });
  const amount = owed && `compensation: ${owed.yuan} yuan`;
  const note = [decision.note, amount].filter(Boolean).join('; ') || null;
  await appendStep(tx, order, {
    by,
    reason,
    note,
    change,
    key,
    told,
    answer,
    compensationYuan: owed?.yuan,
    nextAt: nextAtOf(clocks),
  });
  return order;
}

const withEvents = (clock: AppliedClock, events: ClockEvent[]): AppliedClock => ({
  ...clock,
  log: [...clock.log, ...events],
});

const tellSupervisor = (
  tx: Database,
  { number, version, conversationId }: OrderRecord,
  { alarm, at, policy = null }: { alarm: string; at: number; policy?: string | null },
): Promise<void> =>
  raiseAlarm(tx, {
    id: `${number}:${alarm}:${version}`,
    at,
    reason: alarm,
    conversationId,
    number,
    policy,
    percent: null,
  });
