import { openStatuses } from '../../contract/orders';
import type { AppliedClock, ClockEvent } from '../../contract/sla';
import type { Database } from '../../records/database';
import { deadlineOf, openThresholds } from '../../sla/deadline';
import { pickPolicies } from '../../sla/policy/pick-policy';
import { applyPolicy, type PolicySet } from '../../sla/policy/policies';
import { replay } from '../../sla/replay';
import { appendStep } from '../append-step';
import type { OrderRecord } from '../order-record';
import { holdOrder, type OrderBooks } from './change-order';
import { fireDue } from './fire-due';
import { clockOf, factsOf, nextAtOf, promiseDueAt, startClocks } from './order-clocks';
import { writeOrder } from './write-order';

/**
 * Brings the clocks of all open orders under the policies of today: what has elapsed is carried over, what was due
 * before is done first. Orders of releases without clocks get theirs. To be called at start; nodes that start together
 * do it once. Answers how many orders changed.
 */
export async function applyPolicies(books: OrderBooks, now: number): Promise<number> {
  const numbers = await ordersUnderOthers(books.db, books.policies.hash);
  let changed = 0;
  for (const number of numbers) if (await applyTo(books, number, now)) changed += 1;
  return changed;
}

async function ordersUnderOthers(db: Database, hash: string): Promise<string[]> {
  const rows = await db
    .selectFrom('work_orders as o')
    .select('o.number')
    .where('o.status', 'in', [...openStatuses])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('order_clocks as c')
            .select('c.number')
            .whereRef('c.number', '=', 'o.number')
            .where('c.policies_hash', '=', hash),
        ),
      ),
    )
    .orderBy('o.created_at')
    .execute();
  return rows.map(({ number }) => number);
}

function applyTo({ db, policies }: OrderBooks, number: string, now: number): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const found = await holdOrder(tx, number);
    if (!found) return false;
    const held = await fireDue(tx, policies, found, { now, visitEndAt: null });
    const clocks = clocksUnder(policies, held.order, held.clocks, now);
    const isChanged = JSON.stringify(clocks) !== JSON.stringify(held.clocks);
    const promiseAt = promiseDueAt(clocks, now) ?? held.order.promiseAt;
    const order = isChanged
      ? { ...held.order, version: held.order.version + 1, updatedAt: now, promiseAt }
      : held.order;
    await writeOrder(tx, policies, { order, clocks });
    if (isChanged)
      await appendStep(tx, order, {
        by: 'bot',
        reason: 'policy-changed',
        change: 'clock',
        nextAt: nextAtOf(clocks),
      });
    return isChanged;
  });
}

/** The clocks that an order has under a set of policies: changed, dropped, or begun late. */
function clocksUnder(
  set: PolicySet,
  order: OrderRecord,
  clocks: AppliedClock[],
  now: number,
): AppliedClock[] {
  const wanted = pickPolicies(set, factsOf(order));
  const kept = clocks.map((clock) => {
    const policy = wanted.find((each) => each.clock === clockOf(clock));
    const read = replay(clock.log);
    if (!policy) return withEvent(clock, { type: 'cancelled', at: now });
    const applied = applyPolicy(set, policy, read.beganAt);
    // A new promise that replaced a broken one was told to the customer: no policy takes it back.
    if (read.renewals > 0 || JSON.stringify(read.policy) === JSON.stringify(applied)) return clock;
    return withEvent(clock, { type: 'policy-changed', at: now, policy: applied });
  });
  const known = new Set(clocks.map(clockOf));
  const late = startClocks(set, order, order.promiseAt).filter((clock) => !known.has(clockOf(clock)));
  return [...kept, ...late.map((clock) => withoutPast(clock, now))];
}

const withEvent = (clock: AppliedClock, event: ClockEvent): AppliedClock =>
  deadlineOf(clock.log, event.at).status === 'cancelled' ? clock : { ...clock, log: [...clock.log, event] };

/** What was passed before there was a clock was told by the rules of then, or by nobody: it is not told now. */
function withoutPast(clock: AppliedClock, now: number): AppliedClock {
  const passed = openThresholds(clock).filter(({ dueAt }) => dueAt <= now);
  return { ...clock, fired: passed.map(({ key }) => key) };
}
