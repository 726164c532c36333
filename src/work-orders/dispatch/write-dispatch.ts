import { sql } from 'kysely';
import { type DispatchEvent, type OrderMessage, orderMessageSchema } from '../../contract/operator-orders';
import type { Database } from '../../records/database';
import { jsonText } from '../../records/write-records';
import type { OrderRecord } from '../order-record';
import type { Step } from '../step';

/**
 * Orders on their way to the operator's systems: a row is written in the transaction of the change, and `send-orders.ts`
 * carries it out. Off unless the operator has an address: the switch is a row, which each writing transaction looks at.
 */

/** Keys of changes that the operator's systems made themselves: they are not told of them. */
export const OPERATOR_KEY = 'operator:';

/** What moves nothing that a customer sees, and is told all the same. */
const TOLD: ReadonlySet<string> = new Set(['field:given', 'field:identity-verified']);

/** What the operator's systems are told of a change; null when it is none of their business. */
export function dispatchEventOf(
  { version, status }: Pick<OrderRecord, 'version' | 'status'>,
  { key, change = 'status', reason, lapse }: Omit<Step, 'nextAt' | 'by'>,
): DispatchEvent | null {
  if (key?.startsWith(OPERATOR_KEY)) return null;
  if (version === 1) return 'created';
  switch (change) {
    case 'status':
      return status === 'cancelled' || status === 'closed' ? status : 'updated';
    case 'reopened':
      return 'reopened';
    case 'remark':
      return 'note';
    case 'appointed':
      return 'rescheduled';
    case 'clock': {
      const isRaised = lapse?.actions.some(({ type }) => type === 'raise-priority') ?? false;
      return isRaised || TOLD.has(reason ?? '') ? 'updated' : null;
    }
    case 'paused':
    case 'resumed':
    case 'disputed':
    case 'reassigned':
    case 'arrived':
    case 'revisit':
      return 'updated';
  }
}

function messageOf(event: DispatchEvent, order: OrderRecord, step: Step): OrderMessage {
  const { number, version, updatedAt, field, pause = null } = order;
  return orderMessageSchema.parse({
    event,
    number,
    version,
    at: updatedAt,
    by: step.by.split(':')[0] ?? step.by,
    reason: step.reason ?? null,
    note: step.note ?? null,
    order: { ...order, pause, technician: field.technician },
  });
}

/** Owes the operator's systems a message of the change, in its transaction. */
export async function writeDispatch(tx: Database, order: OrderRecord, step: Step): Promise<void> {
  const event = dispatchEventOf(order, step);
  if (event === null) return;
  const message = jsonText(messageOf(event, order, step));
  await sql`
    INSERT INTO dispatch_out (number, version, at, next_at, message)
    SELECT ${order.number}, ${order.version}, ${String(order.updatedAt)}, 0, ${message}::jsonb
    WHERE EXISTS (SELECT 1 FROM dispatch_switch)`.execute(tx);
}

/** Turns dispatch on or off for every node; what waits is kept. */
export async function switchDispatch(db: Database, isOn: boolean): Promise<void> {
  if (!isOn) {
    await db.deleteFrom('dispatch_switch').execute();
    return;
  }
  await db
    .insertInto('dispatch_switch')
    .values({ is_on: true })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
