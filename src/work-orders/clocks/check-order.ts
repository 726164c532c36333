import type { Appointment } from '../../contract/orders';
import { openThresholds } from '../../sla/deadline';
import { recordOf } from '../order-record';
import { holdOrder, type OrderBooks } from './change-order';
import { fireDue } from './fire-due';
import { clockOf, readClocks } from './order-clocks';

export interface CheckDependencies extends OrderBooks {
  /** The earliest free visit for an order; null when there is none to be known in time. */
  earliestVisit?: (order: {
    kind: 'fault' | 'installation' | 'complaint';
    address?: string | null;
  }) => Promise<Appointment | null>;
}

/**
 * Does what the clocks of an order owe by `now`, each threshold once, however often and by whomever it is asked.
 * Answers whether anything was due.
 */
export async function checkOrder(deps: CheckDependencies, number: string, now: number): Promise<boolean> {
  const visitEndAt = await visitEndOf(deps, number, now);
  return deps.db.transaction().execute(async (tx) => {
    const held = await holdOrder(tx, number);
    if (!held) return false;
    const after = await fireDue(tx, deps.policies, held, { now, visitEndAt });
    return after !== held;
  });
}

/** Asked for before the row is held, and only where a new promise will be given: the operator may be slow. */
async function visitEndOf(
  { db, earliestVisit }: CheckDependencies,
  number: string,
  now: number,
): Promise<number | null> {
  if (!earliestVisit) return null;
  const promise = (await readClocks(db, number)).find((clock) => clockOf(clock) === 'promise');
  const isBroken =
    promise && openThresholds(promise).some(({ percent, dueAt }) => percent >= 100 && dueAt <= now);
  if (!isBroken) return null;
  const row = await db.selectFrom('work_orders').selectAll().where('number', '=', number).executeTakeFirst();
  const visit = row ? await earliestVisit(recordOf(row)) : null;
  return visit ? Math.round(visit.endAt) : null;
}

/**
 * Orders that are overdue for so long were forgotten by their conversations, or have none that runs: they are checked
 * all the same. Answers how many.
 */
export async function sweepOrders(deps: CheckDependencies, dueBefore: number, now: number): Promise<number> {
  const rows = await deps.db
    .selectFrom('order_clocks')
    .select('number')
    .distinct()
    .where('next_at', '<=', String(dueBefore))
    .limit(200)
    .execute();
  for (const { number } of rows) await checkOrder(deps, number, now);
  return rows.length;
}
