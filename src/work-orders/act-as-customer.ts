import type { Database } from '../records/database';
import type { OrderRecord, OrderStep } from './order-record';
import { readOrder, readVisibleOrder, type Viewer } from './read-orders';

/** An order with its history, as it stood when it was read. */
export interface ReadOrder {
  order: OrderRecord;
  history: OrderStep[];
}

/** Somebody else may move the order on at the same moment: it is looked at again. */
const TRIES = 5;

/**
 * Does with an order what its customer asks for. Null for who may not see it, and for what is no order: nothing is
 * done then. `act` answers null when somebody else has changed the order since it was read, and is called again.
 */
export async function actAsCustomer<Result>(
  db: Database,
  number: string,
  viewer: Viewer,
  clock: () => number,
  act: (found: ReadOrder) => Promise<Result | null>,
): Promise<Result | null> {
  const visible = await readVisibleOrder(db, number, viewer, clock());
  if (!visible) return null;
  for (let n = 0; n < TRIES; n += 1) {
    const found = await readOrder(db, visible.number);
    const done = found ? await act(found) : null;
    if (done) return done;
  }
  throw new Error('The order is changed faster than it can be read.');
}
