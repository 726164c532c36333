import type { Appointment, OrderKind } from '../contract/orders';
import type { Operator } from './operator';

/** Free visits for an order that stands already: the field team's calendar, by what the order is about. */
export const createListVisits =
  (operator: Pick<Operator, 'listSlots'>) =>
  (wanted: { kind: OrderKind; address: string; wishAt: number | null }): Promise<Appointment[]> =>
    operator.listSlots({ ...wanted, kind: wanted.kind === 'installation' ? 'install' : 'repair' });
