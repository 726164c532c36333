import type { AppliedClock } from '../../contract/sla';
import type { Database } from '../../records/database';
import { jsonText } from '../../records/write-records';
import type { PolicySet } from '../../sla/policy/policies';
import type { OrderRecord } from '../order-record';
import { writeClocks } from './order-clocks';

/** Writes what may change of an order, and its clocks; the row must be held. */
export async function writeOrder(
  tx: Database,
  set: PolicySet,
  { order, clocks }: { order: OrderRecord; clocks: AppliedClock[] },
): Promise<void> {
  await tx
    .updateTable('work_orders')
    .set({
      status: order.status,
      version: order.version,
      priority: order.priority,
      promise_at: String(Math.round(order.promiseAt)),
      pause: order.pause ? jsonText(order.pause) : null,
      repeats: order.repeats,
      appointment: order.appointment ? jsonText(order.appointment) : null,
      field: jsonText(order.field),
      incident: order.incident,
      regulator: order.regulator ? jsonText(order.regulator) : null,
      updated_at: String(order.updatedAt),
    })
    .where('number', '=', order.number)
    .execute();
  await writeClocks(tx, set, order.number, clocks);
}
