import { type AppliedClock, appliedClockSchema, type ClockEvent, type SlaClock } from '../../contract/sla';
import type { Database } from '../../records/database';
import { jsonText } from '../../records/write-records';
import { deadlineOf, openThresholds } from '../../sla/deadline';
import { type Facts, pickPolicies } from '../../sla/policy/pick-policy';
import { applyPolicy, type PolicySet } from '../../sla/policy/policies';
import type { OrderRecord } from '../order-record';

/** The clocks of a work order: up to three, in Postgres with it. Whoever holds the order's row may read and write them. */
export const clockOf = ({ log }: AppliedClock): SlaClock | null =>
  log[0]?.type === 'started' ? log[0].policy.clock : null;

const textOf = (details: Record<string, unknown>, name: string): string | null => {
  const value = details[name];
  return typeof value === 'string' ? value : null;
};

/** What policies may ask of an order. Product, customer level, severity, province and settlement are details of it. */
export const factsOf = (order: OrderRecord): Facts => ({
  subject: order.kind === 'complaint' ? 'complaint-answer' : 'work-order',
  startAt: order.createdAt,
  channel: order.channel,
  kind: order.kind,
  priority: order.priority,
  area: order.area,
  severity: order.regulator ? 'regulator' : textOf(order.details, 'severity'),
  product: textOf(order.details, 'product'),
  customerLevel: textOf(order.details, 'customerLevel'),
  province: textOf(order.details, 'province'),
  settlement: textOf(order.details, 'settlement'),
});

/** The clocks that begin with an order; the one of the promise is not before the end of its visit. */
export function startClocks(set: PolicySet, order: OrderRecord, visitEndAt: number | null): AppliedClock[] {
  const facts = factsOf(order);
  return pickPolicies(set, facts).map((policy): AppliedClock => {
    const started: ClockEvent = {
      type: 'started',
      at: facts.startAt,
      policy: applyPolicy(set, policy, facts.startAt),
    };
    const visit: ClockEvent[] =
      policy.clock === 'promise' && visitEndAt !== null
        ? [{ type: 'visit', at: facts.startAt, endAt: visitEndAt }]
        : [];
    return { subject: facts.subject, log: [started, ...visit], fired: [] };
  });
}

/** When the promise is due; null while it stands still, is over, or there is none. */
export function promiseDueAt(clocks: AppliedClock[], now: number): number | null {
  const promise = clocks.find((clock) => clockOf(clock) === 'promise');
  if (!promise) return null;
  const { status, dueAt } = deadlineOf(promise.log, now);
  return status === 'running' && dueAt !== null ? Math.round(dueAt) : null;
}

/** When the next threshold of any of them is reached; null for none. */
export function nextAtOf(clocks: AppliedClock[]): number | null {
  const moments = clocks.flatMap((clock) => openThresholds(clock).map(({ dueAt }) => dueAt));
  return moments.length === 0 ? null : Math.min(...moments);
}

export async function readClocks(tx: Database, number: string): Promise<AppliedClock[]> {
  const rows = await tx
    .selectFrom('order_clocks')
    .select('state')
    .where('number', '=', number)
    .orderBy('clock')
    .execute();
  return rows.map(({ state }) => appliedClockSchema.parse(state));
}

export async function writeClocks(
  tx: Database,
  set: PolicySet,
  number: string,
  clocks: AppliedClock[],
): Promise<void> {
  for (const clock of clocks) {
    const next = nextAtOf([clock]);
    const values = {
      policies_hash: set.hash,
      state: jsonText(clock),
      next_at: next === null ? null : String(Math.round(next)),
    };
    await tx
      .insertInto('order_clocks')
      .values({ number, clock: clockOf(clock) ?? '', ...values })
      .onConflict((conflict) => conflict.columns(['number', 'clock']).doUpdateSet(values))
      .execute();
  }
}
