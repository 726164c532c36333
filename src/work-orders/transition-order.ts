import { type OrderStatus, orderTransitions } from '../contract/operations';
import type { Database } from '../records/database';
import { appendStep } from './append-step';
import { type OrderRecord, recordOf } from './order-record';

export interface Transition {
  number: string;
  /** The version that the change was decided on. */
  version: number;
  to: OrderStatus;
  /** `agent:<account id>`, or `bot`. */
  by: string;
  /** Why, in a word that reports can count; the note is for people. */
  reason?: string | null;
  note?: string | null;
  at: number;
}

export type TransitionResult =
  | { status: 'changed'; order: OrderRecord }
  /** `stale`: somebody else changed it since; read it again. `not-allowed`: no way leads from its status to this. */
  | { status: 'refused'; reason: 'not-found' | 'stale' | 'not-allowed' };

/**
 * Moves an order on: status, history row and event in one transaction, or nothing of it. Of several that were
 * decided on the same version exactly one wins. Tell the events relay to look afterwards.
 */
export function transitionOrder(db: Database, transition: Transition): Promise<TransitionResult> {
  const { number, version, to, at } = transition;
  return db.transaction().execute(async (tx): Promise<TransitionResult> => {
    const row = await tx
      .selectFrom('work_orders')
      .selectAll()
      .where('number', '=', number)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return { status: 'refused', reason: 'not-found' };
    const before = recordOf(row);
    if (before.version !== version) return { status: 'refused', reason: 'stale' };
    if (!orderTransitions[before.status].includes(to)) return { status: 'refused', reason: 'not-allowed' };
    const order: OrderRecord = { ...before, status: to, version: version + 1, updatedAt: at };
    await tx
      .updateTable('work_orders')
      .set({ status: order.status, version: order.version, updated_at: String(at) })
      .where('number', '=', number)
      .execute();
    await appendStep(tx, order, transition);
    return { status: 'changed', order };
  });
}
