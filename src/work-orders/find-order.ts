import { readOrderNumber } from '../contract/order-number';
import type { OrderView } from '../contract/orders';
import type { Database } from '../records/database';
import { readVisibleOrder, type Viewer } from './read-orders';

export interface FindDependencies {
  db: Database;
  clock: () => number;
  pause: (ms: number) => Promise<unknown>;
  /** How long an order that is not seen is looked for (10 s): it may still be on its way into the database. */
  waitMs: number;
  intervalMs: number;
}

/**
 * Finds an order for a customer. One that may be seen is answered at once; everything else (no such order, another's,
 * no number at all) takes the same way, the same queries and the same time to the same answer: null.
 */
export async function findOrder(
  deps: FindDependencies,
  text: string,
  viewer: Viewer,
): Promise<OrderView | null> {
  const { clock } = deps;
  const number = readOrderNumber(text) ?? '';
  const until = clock() + deps.waitMs;
  for (;;) {
    const order = await readVisibleOrder(deps.db, number, viewer, clock());
    if (order) return order;
    const left = until - clock();
    if (left <= 0) return null;
    await deps.pause(Math.min(deps.intervalMs, left));
  }
}
