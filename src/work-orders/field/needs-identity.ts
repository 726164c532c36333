import type { OrderRecord } from '../order-record';

/**
 * True for an order that is not done before the holder's document was seen to match: a new line. Whoever moves a line is
 * its holder already; what an order is about, its dialog says in its detail `cause`.
 */
export const needsIdentity = ({ kind, details }: Pick<OrderRecord, 'kind' | 'details'>): boolean =>
  kind === 'installation' && details.cause !== 'relocation';

/** True while that check is missing, or came to a mismatch. */
export const lacksIdentity = (order: Pick<OrderRecord, 'kind' | 'details' | 'field'>): boolean =>
  needsIdentity(order) && order.field.identity?.isVerified !== true;
