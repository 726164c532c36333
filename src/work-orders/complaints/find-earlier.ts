import type { Command } from '../../contract/conversation';
import type { OperationArgs, OperationValue } from '../../contract/operations';
import type { Database } from '../../records/database';
import { type OrderRecord, viewOf } from '../order-record';
import { readHistory, readOwnOrders } from '../read-orders';

/**
 * The first case and who has it go on for so long (首问负责): what is complained about again within it, by the same
 * customer and with the same cause, is the same complaint.
 */
export const SAME_CASE_MS = 30 * 24 * 3600_000;

/** In the history of a complaint: the customer came back with it. */
export const AGAIN = 'complained-again';

/** The newest complaint of the customer that a new one belongs to, and how often it was made. */
export async function findEarlier(
  db: Database,
  { cause }: OperationArgs<'complaint.earlier'>,
  { conversationId, at }: Command,
): Promise<OperationValue<'complaint.earlier'>> {
  const orders = await readOwnOrders(db, conversationId, { kind: 'complaint', since: at - SAME_CASE_MS });
  const order = orders.find((each) => isSameCase(each, cause ?? null));
  if (!order) return { order: null, times: 0, since: null };
  return { order: viewOf(order), times: await countTimes(db, order.number), since: order.createdAt };
}

/** Call-backs are kept as complaints too, and have no cause. */
const isSameCase = ({ status, details }: OrderRecord, cause: string | null): boolean =>
  status !== 'cancelled' && typeof details.cause === 'string' && (cause === null || details.cause === cause);

/** How often a complaint was made: once, and each time that the customer came back with it. */
export async function countTimes(db: Database, number: string): Promise<number> {
  const history = await readHistory(db, number);
  return 1 + history.filter(({ reason }) => reason === AGAIN).length;
}
